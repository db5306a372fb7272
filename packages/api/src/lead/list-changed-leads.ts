import { defineStatement, executeRawSql, type Reader } from "@scrapersky/db";
import { leads } from "@scrapersky/db/schema";
import { readCursor, writeCursor } from "../list/cursor.ts";
import type { ChangedLeads, ChangedLeadsInput } from "./lead-list.contract.ts";

// Transactions are numbered when they begin to write, and end in any order. What one wrote that may still be running is not
// told yet, nor is anything above it: below the oldest that runs, everything is there that will ever be.
const changed = defineStatement(
  `select c.domain_id, c.revision::text as revision, c.deleted
   from (
     (select l.domain_id, l.revision, false as deleted from app.leads l
      where l.tenant_id = :tenantId::uuid and l.revision < pg_snapshot_xmin(pg_current_snapshot())
        and (l.revision, l.domain_id) > (:revision::xid8, :domainId::uuid)
      order by l.revision, l.domain_id limit :limit::int)
     union all
     (select t.domain_id, t.revision, true from app.lead_tombstones t
      where t.tenant_id = :tenantId::uuid and t.email_id is null
        and t.revision < pg_snapshot_xmin(pg_current_snapshot())
        and (t.revision, t.domain_id) > (:revision::xid8, :domainId::uuid)
      order by t.revision, t.domain_id limit :limit::int)
   ) c
   order by c.revision, c.domain_id limit :limit::int`,
  { domain_id: leads.domainId, revision: "text", deleted: "bool" },
);

const BEGINNING = ["0", "00000000-0000-0000-0000-000000000000"] as const;

/**
 * The leads that were written or deleted since a place that an earlier answer gave, so that a program keeps a copy of them. None
 * that is committed late is missed; one that changes again is told again.
 * @throws DomainError INVALID_INPUT for a cursor of something else
 */
export async function listChangedLeads(
  reader: Reader,
  tenantId: string,
  { cursor, limit }: ChangedLeadsInput,
): Promise<ChangedLeads> {
  const scope = ["changed leads", tenantId];
  const [revision = BEGINNING[0], domainId = BEGINNING[1]] =
    cursor === undefined ? [] : readCursor(scope, cursor, ["xid8", "uuid"]).keys;
  const rows = await executeRawSql(reader, changed, { tenantId, revision, domainId, limit });
  const last = rows.at(-1);
  const keys = last ? [last.revision, last.domain_id] : [revision, domainId];
  return {
    items: rows.map((row) => ({ domainId: row.domain_id, deleted: row.deleted })),
    cursor: writeCursor(scope, { side: "after", keys }),
    more: rows.length === limit,
  };
}
