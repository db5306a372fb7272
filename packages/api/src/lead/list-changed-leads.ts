import {
  certain,
  defineStatement,
  executeRawSql,
  executeRawSqlOne,
  type Reader,
} from "@scrapersky/db";
import { leads } from "@scrapersky/db/schema";
import { DomainError } from "../errors/domain-error.ts";
import { readCursor, writeCursor } from "../list/cursor.ts";
import type { ContactReader } from "../rbac/contact-reader.ts";
import type { ChangedLead, ChangedLeads, ChangedLeadsInput } from "./lead-list.contract.ts";
import { readLeads } from "./list-leads.ts";

// Transactions are numbered when they begin to write, and end in any order. What one wrote that may still be running is not
// told yet, nor is anything above it: below the oldest that runs, everything is there that will ever be.
const changed = defineStatement(
  `with settled as materialized (select app.settled_revision() as revision)
   select c.domain_id, c.revision::text as revision, c.deleted
   from (
     (select l.domain_id, l.revision, false as deleted from app.leads l
      where l.tenant_id = :tenantId::uuid and l.revision < (select revision from settled)
        and (l.revision, l.domain_id) > (:revision::xid8, :domainId::uuid)
      order by l.revision, l.domain_id limit :limit::int)
     union all
     (select t.domain_id, t.revision, true from app.lead_tombstones t
      where t.tenant_id = :tenantId::uuid and t.email_id is null
        and t.revision < (select revision from settled)
        and (t.revision, t.domain_id) > (:revision::xid8, :domainId::uuid)
        and not exists (select from app.leads l where l.domain_id = t.domain_id)
      order by t.revision, t.domain_id limit :limit::int)
   ) c
   order by c.revision, c.domain_id limit :limit::int`,
  { domain_id: leads.domainId, revision: "text", deleted: "bool" },
);

const settled = defineStatement("select app.settled_revision()::text as revision", {
  revision: certain("text"),
});

/** What was being written at that moment began no earlier. */
const LONGEST_WRITE = "interval '10 minutes'";

const beginning = defineStatement(
  `select least(
     (select min(revision) from app.leads
      where tenant_id = :tenantId::uuid and updated_at >= :since::timestamptz - ${LONGEST_WRITE}),
     (select min(revision) from app.lead_tombstones
      where tenant_id = :tenantId::uuid and deleted_at >= :since::timestamptz - ${LONGEST_WRITE}),
     app.settled_revision()
   )::text as revision`,
  { revision: certain("text") },
);

const NO_ID = "00000000-0000-0000-0000-000000000000";

/**
 * The leads that were written or deleted since a place that an earlier answer gave, or since a time, so that a program keeps a
 * copy of them. None that is committed late is missed; one that changes again is told again. Of a place and a time the place counts.
 * @param epoch the one that revisions are counted in now (`findLeadEpoch`)
 * @param reader of one snapshot
 * @throws DomainError INVALID_INPUT for a cursor of something else; CONFLICT when the database was restored from a copy since
 */
export async function listChangedLeads(
  reader: Reader,
  who: ContactReader,
  epoch: string,
  { cursor, updatedSince, limit }: ChangedLeadsInput,
): Promise<ChangedLeads> {
  const { tenantId } = who;
  const scope = ["changed leads", tenantId];
  const place =
    cursor === undefined
      ? { revision: await findBeginning(reader, tenantId, updatedSince), domainId: NO_ID }
      : readPlace(
          scope,
          cursor,
          epoch,
          (await executeRawSqlOne(reader, settled, {}))?.revision ?? "0",
        );
  const rows = await executeRawSql(reader, changed, { tenantId, ...place, limit });
  const last = rows.at(-1);
  const { revision, domainId } = last
    ? { revision: last.revision, domainId: last.domain_id }
    : place;
  const told = await readLeads(
    reader,
    who,
    rows.filter(({ deleted }) => !deleted).map((row) => row.domain_id),
  );
  return {
    items: rows.map(({ domain_id: id }): ChangedLead => {
      const lead = told.get(id);
      return lead
        ? { domainId: id, deleted: false, lead }
        : { domainId: id, deleted: true, lead: null };
    }),
    cursor: writeCursor(scope, { side: "after", keys: [epoch, revision, domainId] }),
    more: rows.length === limit,
  };
}

async function findBeginning(
  reader: Reader,
  tenantId: string,
  since: string | undefined,
): Promise<string> {
  if (since === undefined) return "0";
  return (await executeRawSqlOne(reader, beginning, { tenantId, since }))?.revision ?? "0";
}

/** A place that lies ahead was told by a database that is not there any more. */
function readPlace(scope: unknown, cursor: string, epoch: string, settled: string) {
  const { keys } = readCursor(scope, cursor, ["uuid", "xid8", "uuid"]);
  const [then, revision = "0", domainId = NO_ID] = keys;
  if (then === epoch && BigInt(revision) <= BigInt(settled)) return { revision, domainId };
  throw new DomainError(
    "CONFLICT",
    "The database was restored from a copy since this cursor was given. Begin again without it, and drop what is not told then.",
    { errorCode: "BEGIN_AGAIN" },
  );
}
