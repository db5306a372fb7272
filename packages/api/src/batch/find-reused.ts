import { defineStatement, executeRawSql, type Reader } from "@scrapersky/db";
import { IS_NAMED } from "../domain/named-domains.ts";

const known = defineStatement(
  `select lower(d.domain) as domain from domains d
   where d.tenant_id = :tenantId::uuid and ${IS_NAMED}`,
  { domain: "text" },
);

/** Those of the domains whose last scan can be used: what nobody scanned is to be scanned. */
export async function findReused(
  reader: Reader,
  tenantId: string,
  names: readonly string[] = [],
): Promise<Set<string>> {
  if (names.length === 0) return new Set();
  const rows = await executeRawSql(reader, known, { tenantId, names: [...names] });
  return new Set(rows.map(({ domain }) => domain));
}
