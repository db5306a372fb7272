import { defineStatement, executeRawSql, type Reader } from "@scrapersky/db";
import { suppressions, tenants } from "@scrapersky/db/schema";
import { suppressionKeys } from "./suppression-keys.ts";

/** Addresses and hosts that a tenant asks its list about. */
export interface Asked {
  tenantId: string;
  subjects: Iterable<string>;
}

const withList = defineStatement(
  `select t.id as tenant_id from tenants t
   where t.id = any(:tenantIds::uuid[]) and exists (select from app.suppressions s where s.tenant_id = t.id)`,
  { tenant_id: tenants.id },
);

// A few exact words of the index each, however long the list is.
const onList = defineStatement(
  `select s.tenant_id, s.entry from unnest(:tenantIds::uuid[], :keys::text[]) as asked (tenant_id, key)
   join app.suppressions s on s.tenant_id = asked.tenant_id and s.entry = asked.key`,
  { tenant_id: suppressions.tenantId, entry: suppressions.entry },
);

/** Those of the tenants that suppress anything at all. */
export async function findSuppressing(
  reader: Reader,
  tenantIds: readonly string[],
): Promise<Set<string>> {
  const rows = await executeRawSql(reader, withList, { tenantIds: [...new Set(tenantIds)] });
  return new Set(rows.map((row) => row.tenant_id));
}

/** Tells of each tenant and subject that was asked about whether it is suppressed. */
export async function findSuppressed(
  reader: Reader,
  asked: readonly Asked[],
): Promise<(tenantId: string, subject: string) => boolean> {
  const keysOf = new Map<string, string[]>();
  const wanted = new Set<string>();
  for (const { tenantId, subjects } of asked) {
    for (const subject of subjects) {
      let keys = keysOf.get(subject);
      if (keys === undefined) keysOf.set(subject, (keys = suppressionKeys(subject)));
      for (const key of keys) wanted.add(`${tenantId} ${key}`);
    }
  }
  if (wanted.size === 0) return () => false;
  const pairs = Array.from(wanted, (pair) => [pair.slice(0, 36), pair.slice(37)] as const);
  const rows = await executeRawSql(reader, onList, {
    tenantIds: pairs.map(([tenantId]) => tenantId),
    keys: pairs.map(([, key]) => key),
  });
  const found = new Set(rows.map(({ tenant_id: tenantId, entry }) => `${tenantId} ${entry}`));
  return (tenantId, subject) =>
    keysOf.get(subject)?.some((key) => found.has(`${tenantId} ${key}`)) === true;
}
