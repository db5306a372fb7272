import {
  certain,
  defineStatement,
  executeRawSql,
  executeRawSqlOne,
  nullable,
  type Reader,
} from "@scrapersky/db";
import { leads } from "@scrapersky/db/schema";
import { type ChangePlace, type ChangeScope, readPlace, writePlace } from "./change-place.ts";
import { type ChangeEntry, collectChanges } from "./collect-changes.ts";
import type { ChangedInput } from "./changed.contract.ts";
import { FIRST_SINCE, LAST_ID, LEADS_WRITTEN, NO_ID } from "./changed-leads.ts";

// Rows that hang on a lead change with it: whoever writes them writes it in the same transaction. So what happened to a lead is told
// as what happened to all rows that it has, and no row of theirs needs an index or a trigger of its own.

/** Rows of leads, as SQL. */
interface RowsOfLeads {
  table: string;
  /** The column of `lead_tombstones` with the id of one that went alone. */
  gone: "email_id" | "page_id";
  /** They have a revision of their own, for whoever writes them alone. */
  counted: boolean;
  /** A lead that went is told by itself, in the place of its rows. */
  withLeads: boolean;
}

/** One that is there, one that is gone, all of a lead's, or none: a lead without rows is a place as well. */
const KINDS = { row: "row", gone: "gone", all: "all", none: "none" } as const;

const FIRST: ChangePlace = { revision: "0", keys: [NO_ID, NO_ID] };
/** Read at once. */
const ENTRIES_MIN = 200;

// The next entries of an index that begins with the tenant, whoever's they are: of an equal tenant in a table that nobody analysed the
// planner expects so few rows that it would gather and sort all of them for each answer. One more, as the first may be told already.
const next = <Table extends string, Row extends string, Id extends string>(
  table: Table,
  row: Row,
  id: Id,
) =>
  `(select ${row}.tenant_id, ${row}.revision, ${row}.domain_id, ${id} as id from ${table} ${row}
      where (${row}.tenant_id, ${row}.revision, ${row}.domain_id, ${id}) >= (:tenantId::uuid, :revision::xid8, :domainId::uuid, :id::uuid)
        and ${row}.revision < (select revision from settled)` as const;
const inOrder = (row: string, id: string): string =>
  `order by ${row}.tenant_id, ${row}.revision, ${row}.domain_id, ${id} limit :limit::int + 1) next where next.tenant_id = :tenantId::uuid`;

// Rows of leads are looked up lead by lead, whatever the planner thinks of a table that nobody analysed.
const entriesOf = ({ table, gone, counted, withLeads }: RowsOfLeads) =>
  defineStatement(
    `with settled as materialized (select app.settled_revision() as revision),
     changed as materialized (${LEADS_WRITTEN}),
     entry as (
       select c.revision, c.domain_id, coalesce(r.id, '${NO_ID}') as id,
         case when r.id is null then '${KINDS.none}' else '${KINDS.row}' end as kind
       from changed c left join lateral (
         select id from ${table} where domain_id = c.domain_id and tenant_id = :tenantId::uuid offset 0
       ) r on true
       ${
         counted
           ? `union select next.revision, next.domain_id, next.id, '${KINDS.row}'
              from ${next(table, "r", "r.id")} ${inOrder("r", "r.id")}`
           : ""
       }
       union all select next.revision, next.domain_id, next.id, '${KINDS.gone}'
       from ${next("app.lead_tombstones", "t", `t.${gone}`)} and t.${gone} is not null ${inOrder("t", `t.${gone}`)}
       ${
         withLeads
           ? `union all select next.revision, next.domain_id, next.id, '${KINDS.all}'
              from ${next("app.lead_tombstones", "t", `'${LAST_ID}'::uuid`)} and t.email_id is null and t.page_id is null
                and not exists (select from app.leads l where l.domain_id = t.domain_id)
              ${inOrder("t", `'${LAST_ID}'::uuid`)}`
           : ""
       }
     )
     select revision::text as revision, domain_id, id, kind from entry
     where (revision, domain_id, id) > (:revision::xid8, :domainId::uuid, :id::uuid)
     order by entry.revision, domain_id, id limit :limit::int`,
    {
      revision: "text",
      domain_id: leads.domainId,
      id: certain("uuid"),
      kind: "text",
    },
  );

const ENTRIES = {
  contacts: entriesOf({
    table: "app.lead_emails",
    gone: "email_id",
    counted: true,
    withLeads: false,
  }),
  pages: entriesOf({ table: "pages", gone: "page_id", counted: false, withLeads: true }),
};

// Behind the newest lead that was written before: rows that were written alone tell no time.
const beginning = defineStatement(
  `with since as materialized (
     select least(${FIRST_SINCE}, app.settled_revision()) as revision
   )
   select greatest(
     (select max(revision) from app.leads
      where tenant_id = :tenantId::uuid and revision < (select revision from since)),
     (select max(revision) from app.lead_tombstones
      where tenant_id = :tenantId::uuid and revision < (select revision from since))
   )::text as revision`,
  { revision: nullable("text") },
);

/** A row that something happened to, by its id; without one all rows of its lead are gone. */
export interface RowOfLead extends ChangeEntry {
  id: string | null;
  domainId: string;
}

interface Followed {
  rows: RowOfLead[];
  cursor: string;
  more: boolean;
  fresh: boolean;
}

/** What became of rows that hang on the leads of a tenant, from a place on. To be read in one snapshot. */
export type FollowLeads = (
  reader: Reader,
  of: ChangeScope,
  asked: ChangedInput,
) => Promise<Followed>;

export function followLeads(rows: "contacts" | "pages"): FollowLeads {
  return async (reader, of, { cursor, updatedSince, limit }) => {
    const [, tenantId] = of.scope;
    const from =
      cursor === undefined
        ? await findBeginning(reader, tenantId, updatedSince)
        : await readPlace(reader, of, cursor, ["uuid", "uuid"]);
    const most = Math.max(limit + 1, ENTRIES_MIN);
    const told = await collectChanges(
      from,
      limit,
      async ({ revision, keys: [domainId, id = NO_ID] }) => {
        const found = await executeRawSql(reader, ENTRIES[rows], {
          tenantId,
          revision,
          domainId,
          id,
          limit: most,
        });
        return { entries: found.map(toEntry), isLast: found.length < most };
      },
    );
    return {
      rows: told.entries,
      cursor: writePlace(of, told.place),
      more: told.more,
      fresh: cursor === undefined && updatedSince === undefined,
    };
  };
}

const toEntry = (row: {
  revision: string;
  domain_id: string;
  id: string;
  kind: string;
}): RowOfLead => {
  const id = row.kind === KINDS.all ? null : row.id;
  return {
    key: row.kind === KINDS.none ? null : (id ?? row.domain_id),
    id,
    domainId: row.domain_id,
    place: { revision: row.revision, keys: [row.domain_id, row.id] },
  };
};

async function findBeginning(
  reader: Reader,
  tenantId: string,
  since: string | undefined,
): Promise<ChangePlace> {
  if (since === undefined) return FIRST;
  const found = await executeRawSqlOne(reader, beginning, { tenantId, since });
  return found?.revision ? { revision: found.revision, keys: [LAST_ID, LAST_ID] } : FIRST;
}
