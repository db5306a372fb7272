import {
  certain,
  defineStatement,
  executeRawSql,
  executeRawSqlOne,
  nullable,
  type Reader,
} from "@scrapersky/db";
import type { Page } from "../list/list.contract.ts";
import {
  beginAgain,
  type ChangePlace,
  type ChangeScope,
  readPlace,
  writePlace,
} from "./change-place.ts";
import { type ChangedInput, WORK_DAYS_KEPT } from "./changed.contract.ts";
import { LONGEST_WRITE } from "./changed-leads.ts";
import { type ChangeEntry, collectChanges } from "./collect-changes.ts";

// Jobs and batches have no revision: their rows stand in real tables. What happened to them is in `changed_work`, by which a
// program goes on; one that begins reads the list first, and then what happened since it began.

/** Rows of `changed_work` that are read at once, of up to a hundred ids. */
const ROWS = 50;
const LAST_OF_ROW = 2_147_483_647;

type Ids = "job_ids" | "batch_ids";

const entriesOf = (ids: Ids) =>
  defineStatement(
    `with settled as materialized (select app.settled_revision() as revision),
     happened as materialized (
       select * from (
         select c.tenant_id, c.revision, c.id, c.${ids} as ids from app.changed_work c
         where (c.tenant_id, c.revision, c.id) >= (:tenantId::uuid, :revision::xid8, :id::bigint)
           and c.revision < (select revision from settled) and c.${ids} <> '{}'
         order by c.tenant_id, c.revision, c.id limit ${ROWS}
       ) next where tenant_id = :tenantId::uuid
     )
     select h.revision::text as revision, h.id::text as id, each.at::text as at, each.key,
       (select count(*) from happened) < ${ROWS} as is_last
     from happened h cross join lateral unnest(h.ids) with ordinality as each (key, at)
     where (h.revision, h.id, each.at) > (:revision::xid8, :id::bigint, :at::bigint)
     order by h.revision, h.id, each.at`,
    {
      revision: "text",
      id: "text",
      at: "text",
      key: certain("uuid"),
      is_last: "bool",
    },
  );

// The newest that nothing older can come behind.
const now = defineStatement(
  `select revision::text as revision, id::text as id from (
     (select revision, id from app.changed_work
      where tenant_id = :tenantId::uuid and revision < app.settled_revision() order by revision desc, id desc limit 1)
     union all select revision, id from app.forgotten_work where tenant_id = :tenantId::uuid and of = :ids
   ) newest order by newest.revision desc, newest.id desc limit 1`,
  { revision: "text", id: "text" },
);

// What ended before whatever was being written then began.
const before = defineStatement(
  `select revision::text as revision, id::text as id from (
     (select revision, id from app.changed_work
      where tenant_id = :tenantId::uuid and revision < app.settled_revision()
        and at <= :since::timestamptz - 2 * ${LONGEST_WRITE}
      order by at desc, id desc limit 1)
     union all select revision, id from app.forgotten_work where tenant_id = :tenantId::uuid and of = :ids
   ) newest order by newest.revision desc, newest.id desc limit 1`,
  { revision: "text", id: "text" },
);

const kept = defineStatement(
  `select work_since <= :since::timestamptz and now() - :since::timestamptz < interval '${WORK_DAYS_KEPT - 1} days' as is_kept
   from app.revision_epochs`,
  { is_kept: nullable("bool") },
);

const forgotten = defineStatement(
  `select (revision, id) > (:revision::xid8, :id::bigint) as is_forgotten
   from app.forgotten_work where tenant_id = :tenantId::uuid and of = :ids`,
  { is_forgotten: nullable("bool") },
);

/** Where the list is read up to, while it is; else how far a row of changes is told. */
const LISTING = "list ";

/** Rows of one kind, as a list tells them. */
interface WorkOf<Item> {
  ids: Ids;
  idOf: (item: Item) => string;
  /** A page of all rows there are, in an order in which none moves. */
  list: (page: { limit: number; cursor: string | undefined }) => Promise<Page<Item>>;
  /** What the list tells of these; those that are not there are missing. */
  read: (ids: readonly string[]) => Promise<Map<string, Item>>;
}

interface Followed<Item> {
  /** Null for what is gone. */
  rows: { id: string; item: Item | null }[];
  cursor: string;
  more: boolean;
  fresh: boolean;
}

const ENTRIES = { job_ids: entriesOf("job_ids"), batch_ids: entriesOf("batch_ids") };

/**
 * What became of jobs or batches of a tenant, from a place on. To be read in one snapshot.
 * @throws DomainError INVALID_INPUT for a cursor of something else; CONFLICT for one from before what is kept, or from a database
 * that was restored since
 */
export async function followWork<Item>(
  reader: Reader,
  of: ChangeScope,
  asked: ChangedInput,
  work: WorkOf<Item>,
): Promise<Followed<Item>> {
  const [, tenantId] = of.scope;
  const since = await findKept(reader, asked);
  const fresh = asked.cursor === undefined && since === undefined;
  const place = await findPlace(reader, of, { ...asked, since, ids: work.ids });
  const [id, at = "0"] = place.keys;
  if (at.startsWith(LISTING)) {
    const page = await work.list({
      limit: asked.limit,
      cursor: at.slice(LISTING.length) || undefined,
    });
    const next = page.nextCursor === null ? String(LAST_OF_ROW) : `${LISTING}${page.nextCursor}`;
    return {
      rows: page.items.map((item) => ({ id: work.idOf(item), item })),
      cursor: writePlace(of, { revision: place.revision, keys: [id, next] }),
      more: true,
      fresh,
    };
  }
  const told = await collectChanges<ChangeEntry>(place, asked.limit, async ({ revision, keys }) => {
    const rows = await executeRawSql(reader, ENTRIES[work.ids], {
      tenantId,
      revision,
      id: keys[0],
      at: keys[1] ?? "0",
    });
    const entries = rows.map((row): ChangeEntry => ({
      key: row.key,
      place: { revision: row.revision, keys: [row.id, row.at] },
    }));
    return { entries, isLast: rows.at(-1)?.is_last !== false };
  });
  const ids = told.entries.flatMap(({ key }) => key ?? []);
  const items = await work.read(ids);
  return {
    rows: ids.map((key) => ({ id: key, item: items.get(key) ?? null })),
    cursor: writePlace(of, told.place),
    more: told.more,
    fresh,
  };
}

async function findPlace(
  reader: Reader,
  of: ChangeScope,
  { cursor, since, ids }: { cursor?: string | undefined; since: string | undefined; ids: Ids },
): Promise<ChangePlace> {
  const [, tenantId] = of.scope;
  if (cursor === undefined) {
    const newest =
      since === undefined
        ? await executeRawSqlOne(reader, now, { tenantId, ids })
        : await executeRawSqlOne(reader, before, { tenantId, ids, since });
    const at = since === undefined ? LISTING : String(LAST_OF_ROW);
    return { revision: newest?.revision ?? "0", keys: [newest?.id ?? "0", at] };
  }
  const place = await readPlace(reader, of, cursor, ["bigint", "work"]);
  const { revision, keys } = place;
  const row = await executeRawSqlOne(reader, forgotten, { tenantId, ids, revision, id: keys[0] });
  if (row?.is_forgotten) throw beginAgain();
  return place;
}

/** The time that is asked for, where everything since is kept. */
async function findKept(
  reader: Reader,
  { cursor, updatedSince: since }: ChangedInput,
): Promise<string | undefined> {
  if (cursor !== undefined || since === undefined) return undefined;
  return (await executeRawSqlOne(reader, kept, { since }))?.is_kept === true ? since : undefined;
}
