import { defineStatement, executeRawSql, type Reader } from "@scrapersky/db";
import { IS_NAMED } from "../domain/named-domains.ts";
import { isoTime } from "../time.ts";

/** What was scanned within these hours is told before it is scanned again. */
const RECENT_HOURS = 24;

const scanned = defineStatement(
  `select lower(d.domain) as domain, max(d.last_scan) as last_scan from domains d
   where d.tenant_id = :tenantId::uuid and ${IS_NAMED}
     and d.last_scan > now() - interval '${RECENT_HOURS} hours'
   group by lower(d.domain)`,
  { domain: "text", last_scan: "timestamptz" },
);

/** When the tenant scanned these domains in the last day, by domain; those that it did not are missing. One index read. */
export async function findScanned(
  reader: Reader,
  tenantId: string,
  names: readonly string[],
): Promise<Map<string, string>> {
  if (names.length === 0) return new Map();
  const rows = await executeRawSql(reader, scanned, { tenantId, names: [...names] });
  return new Map(rows.map(({ domain, last_scan }) => [domain, isoTime(last_scan)]));
}
