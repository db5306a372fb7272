import { expression, type Tx, withOptions } from "@scrapersky/db";
import * as schema from "@scrapersky/db/schema";
import type { Queue } from "@scrapersky/queue";
import { eq, inArray, is, or, type SQL, sql } from "drizzle-orm";
import { getTableConfig, type PgColumn, PgTable } from "drizzle-orm/pg-core";
import { removeDomains } from "../suppression/remove-domains.ts";
import { TEXT_PLACES } from "../suppression/text-places.ts";

// Wherever rows of a tenant are, for its removal. Tables are found by their column of tenants, so that a new one is no place
// that somebody has to remember.

/** The part of the queue that a removal needs. */
export type Removing = Pick<Queue, "withdrawJobs">;

/** Removes some of a tenant's rows; gives whether those were the last. */
type RemoveSome = (tx: Tx, tenantId: string, queue: Removing) => Promise<boolean>;

/** Rows that go in one transaction, with what hangs on them. */
const ROWS_MAX = 1_000;
/** Domains have pages, contacts and a lead with its facts. */
const DOMAINS_MAX = 200;
/** For one look through a table that has no index of tenants. */
const LOOK_MAX_MS = 600_000;

const { auditLog, domains, jobs, profiles, tenantRemovals, tenantSlugs } = schema;

/** These go at the end, with the tenant or before it; the log stays. */
const LATER = new Set<unknown>([auditLog, profiles, tenantRemovals, tenantSlugs]);

const tenantColumnOf = (table: PgTable): PgColumn | undefined =>
  getTableConfig(table).columns.find(
    ({ name, columnType }) => name === "tenant_id" && columnType === "PgUUID",
  );

async function removeRows(tx: Tx, table: PgTable, condition: SQL): Promise<boolean> {
  const gone = await withOptions(tx, { timeoutMs: LOOK_MAX_MS })
    .delete(table)
    .where(
      sql`${table}.ctid = any(array(select ${table}.ctid from ${table} where ${condition} limit ${ROWS_MAX}))`,
    )
    .returning({ one: expression("int4")`1` });
  return gone.length < ROWS_MAX;
}

const rowsOf =
  (table: PgTable, ofTenant: (tenantId: string) => SQL): RemoveSome =>
  (tx, tenantId) =>
    removeRows(tx, table, ofTenant(tenantId));

/** Those whose rows say their tenant by others, before the others go. */
const byOthers = (table: PgTable): RemoveSome[] =>
  TEXT_PLACES.filter((place) => place.table === table).map(({ ofTenant }) =>
    rowsOf(table, ofTenant),
  );

const removeSomeDomains: RemoveSome = async (tx, tenantId) => {
  const rows = await tx
    .select({ id: domains.id })
    .from(domains)
    .where(eq(domains.tenantId, tenantId))
    .limit(DOMAINS_MAX);
  const ids = rows.map(({ id }) => id);
  await removeDomains(tx, tenantId, ids);
  return ids.length < DOMAINS_MAX;
};

/** Jobs with their messages. Rows of the first system may name their tenant as text alone. */
const removeSomeJobs: RemoveSome = async (tx, tenantId, queue) => {
  const rows = await withOptions(tx, { timeoutMs: LOOK_MAX_MS })
    .select({ id: jobs.id, jobId: jobs.jobId })
    .from(jobs)
    .where(or(eq(jobs.tenantIdUuid, tenantId), eq(jobs.tenantId, tenantId)))
    .limit(ROWS_MAX);
  if (rows.length === 0) return true;
  await queue.withdrawJobs(
    tx,
    rows.map(({ jobId }) => jobId),
  );
  await tx.delete(jobs).where(
    inArray(
      jobs.id,
      rows.map(({ id }) => id),
    ),
  );
  return rows.length < ROWS_MAX;
};

const tables = Object.values<unknown>(schema).filter((value): value is PgTable =>
  is(value, PgTable),
);

/** In the order in which they are gone through. */
export const TENANT_PLACES: readonly RemoveSome[] = [
  ...byOthers(schema.adoptedRows),
  removeSomeDomains,
  removeSomeJobs,
  ...byOthers(schema.batchLines),
  ...byOthers(schema.bulkChunks),
  ...tables
    .filter((table) => !LATER.has(table))
    .flatMap((table) => {
      const column = tenantColumnOf(table);
      return column === undefined
        ? []
        : [rowsOf(table, (tenantId) => sql`${column} = ${tenantId}::uuid`)];
    }),
];
