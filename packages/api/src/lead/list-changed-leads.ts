import {
  defineStatement,
  executeRawSql,
  executeRawSqlOne,
  nullable,
  type Reader,
} from "@scrapersky/db";
import { leads } from "@scrapersky/db/schema";
import {
  type ChangePlace,
  type ChangeScope,
  readPlace,
  writePlace,
} from "../change/change-place.ts";
import { FIRST_SINCE, LAST_ID, LEADS_WRITTEN, NO_ID } from "../change/changed-leads.ts";
import type { ChangedInput, ChangedLead, ChangedRows } from "../change/changed.contract.ts";
import type { ContactReader } from "../rbac/contact-reader.ts";
import { readLeads } from "./list-leads.ts";

// Transactions are numbered when they begin to write, and end in any order. What one wrote that may still be running is not
// told yet, nor is anything above it: below the oldest that runs, everything is there that will ever be.
const changed = defineStatement(
  `with settled as materialized (select app.settled_revision() as revision)
   select c.domain_id, c.revision::text as revision, c.deleted
   from (
     select written.domain_id, written.revision, false as deleted from (${LEADS_WRITTEN}) written
     union all
     select next.domain_id, next.revision, true from (
       select t.tenant_id, t.domain_id, t.revision from app.lead_tombstones t
       where (t.tenant_id, t.revision, t.domain_id) >= (:tenantId::uuid, :revision::xid8, :domainId::uuid)
         and t.email_id is null and t.page_id is null and t.revision < (select revision from settled)
         and not exists (select from app.leads l where l.domain_id = t.domain_id)
       order by t.tenant_id, t.revision, t.domain_id limit :limit::int + 1
     ) next where next.tenant_id = :tenantId::uuid
   ) c
   where (c.revision, c.domain_id) > (:revision::xid8, :domainId::uuid)
   order by c.revision, c.domain_id limit :limit::int`,
  { domain_id: leads.domainId, revision: "text", deleted: "bool" },
);

// Where nothing was, behind the newest that there is: a place is one that a row was at.
const beginning = defineStatement(
  `with since as materialized (
     select ${FIRST_SINCE} as revision, app.settled_revision() as settled
   )
   select least(revision, case when revision is not null then settled end)::text as revision, greatest(
     (select max(revision) from app.leads where tenant_id = :tenantId::uuid and revision < settled),
     (select max(revision) from app.lead_tombstones where tenant_id = :tenantId::uuid and revision < settled)
   )::text as newest
   from since`,
  { revision: nullable("text"), newest: nullable("text") },
);

const FIRST: ChangePlace = { revision: "0", keys: [NO_ID] };

/**
 * The leads that were written or deleted since a place that an earlier answer gave, or since a time, so that a program keeps a
 * copy of them. None that is committed late is missed; one that changes again is told again. Of a place and a time the place counts.
 * @param start the one that revisions are counted since now (`findServerStart`)
 * @param reader of one snapshot
 * @throws DomainError INVALID_INPUT for a cursor of something else; CONFLICT when the database was restored since
 */
export async function listChangedLeads(
  reader: Reader,
  who: ContactReader,
  start: string,
  { cursor, updatedSince, limit }: ChangedInput,
): Promise<ChangedRows<ChangedLead>> {
  const { tenantId } = who;
  const of: ChangeScope = { scope: ["changed leads", tenantId], start };
  const place =
    cursor === undefined
      ? await findBeginning(reader, tenantId, updatedSince)
      : await readPlace(reader, of, cursor, ["uuid"]);
  const { revision, keys } = place;
  const rows = await executeRawSql(reader, changed, {
    tenantId,
    revision,
    domainId: keys[0],
    limit,
  });
  const last = rows.at(-1);
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
    cursor: writePlace(of, last ? { revision: last.revision, keys: [last.domain_id] } : place),
    more: rows.length === limit,
    fresh: cursor === undefined && updatedSince === undefined,
  };
}

async function findBeginning(
  reader: Reader,
  tenantId: string,
  since: string | undefined,
): Promise<ChangePlace> {
  if (since === undefined) return FIRST;
  const found = await executeRawSqlOne(reader, beginning, { tenantId, since });
  if (found?.revision) return { revision: found.revision, keys: [NO_ID] };
  return found?.newest ? { revision: found.newest, keys: [LAST_ID] } : FIRST;
}
