import { defineStatement, executeRawSql, type Reader } from "@scrapersky/db";
import { domains } from "@scrapersky/db/schema";

const known = defineStatement(
  "select domain from domains where tenant_id = :tenantId::uuid and domain = any(:names::text[])",
  { domain: domains.domain },
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
