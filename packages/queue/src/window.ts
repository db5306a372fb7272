// What the queue holds: of each batch only what may run now. Our own statements on pg-boss's table, for what it has no
// call for, or none that is one statement for many messages.
import {
  certain,
  defineStatement,
  executeRawSql,
  executeRawSqlOne,
  type Executor,
  type Tx,
} from "@scrapersky/db";
import { bossDb } from "./adapter.ts";
import { isClaimed, isOffered, OFFERED, waitingAgain } from "./message-state.ts";
import { pauseTable } from "./pause.ts";
import { turnFunction } from "./turn.ts";
import { LOST, retryCountOf, SCRAPE, type ScrapeClaim } from "./scrape-message.ts";

const CLAIMED = `j.name = '${SCRAPE}' and ${isClaimed("j.state")}`;

// What makes tables cannot be described beforehand, so it is no defined statement.
const offeredIndex = `create index if not exists scrape_offered on pgboss.job_common (group_tier, group_id, priority desc)
   where name = '${SCRAPE}' and ${isOffered("state")} and not blocked`;
const visitedIndex = `create index if not exists scrape_visited on pgboss.job_common ((data->>'domain'))
   where name = '${SCRAPE}' and ${isClaimed("state")}`;
// Each message is deleted when it has been worked on; what its index entries leave behind is gone over by every claim until a vacuum.
const soonVacuumed =
  "alter table pgboss.job_common set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000)";

/** Messages of programs that sent whole batches: their jobs are promoted anew. Claimed ones are worked on. */
const withoutTenant = defineStatement(
  `delete from pgboss.job j where ${OFFERED} and j.group_tier is distinct from j.data->>'tenantId'`,
);

/** Makes what our statements need beside pg-boss's own tables. Safe to run twice. */
export async function installWindow(tx: Tx): Promise<void> {
  const { executeSql } = bossDb(tx);
  await executeSql(offeredIndex);
  await executeSql(visitedIndex);
  await executeSql(pauseTable);
  await executeSql(turnFunction);
  await executeSql(soonVacuumed);
  await executeRawSql(tx, withoutTenant, {});
}

// A message that was withdrawn and sent again has the id and may have the number of its first claim, but not its tries.
const IS_CLAIM = `claim.id = j.id and claim.retry_count = j.retry_count
  and claim.tries = coalesce((j.data->>'tries')::int, 0)`;

/** Which batch of which tenant. */
export interface BatchOf {
  tenantId: string;
  batchId: string;
}

const held = defineStatement(
  `select batch.batch_id, (
     select count(*) from pgboss.job j
     where ${CLAIMED} and j.group_id = batch.batch_id and j.data->>'waiting' is null
   )::int + (
     select count(*) from pgboss.job j
     where ${OFFERED} and j.group_tier = batch.tenant_id and j.group_id = batch.batch_id
   )::int as places
   from unnest(:tenantIds::text[], :batchIds::text[]) as batch (tenant_id, batch_id)`,
  { batch_id: certain("text"), places: "int4" },
);

/** Places that each batch holds: messages that run or may run. Who waits for others at a network address has none. */
export async function countPlaces(
  tx: Tx,
  batches: readonly BatchOf[],
): Promise<Map<string, number>> {
  const rows = await executeRawSql(tx, held, {
    tenantIds: batches.map(({ tenantId }) => tenantId),
    batchIds: batches.map(({ batchId }) => batchId),
  });
  return new Map(rows.map((row) => [row.batch_id, row.places]));
}

const settled = defineStatement(
  `with ours as (
     select j.id from pgboss.job j
     join unnest(:ids::uuid[], :retries::int[], :tries::int[]) as claim (id, retry_count, tries) on ${IS_CLAIM}
     where ${CLAIMED} order by j.id for update of j
   )
   delete from pgboss.job j using ours where j.name = '${SCRAPE}' and j.id = ours.id
   returning j.id`,
  { id: "uuid" },
);

/** Takes claimed messages out of the queue, in one order for everybody. Missing are those whose lease is no longer ours. */
export async function settle(tx: Tx, claims: readonly ScrapeClaim[]): Promise<Set<string>> {
  if (claims.length === 0) return new Set();
  const rows = await executeRawSql(tx, settled, toPairs(claims));
  return new Set(rows.map((row) => row.id));
}

const withdrawn = defineStatement(
  `with batch as (
     select j.id from pgboss.job j
     where ${OFFERED} and j.group_tier = :tenantId::text and j.group_id = :batchId::text
     union all
     select j.id from pgboss.job j where ${CLAIMED} and j.group_id = :batchId::text
   ),
   held as (
     select j.id from pgboss.job j join batch on batch.id = j.id
     where j.name = '${SCRAPE}' order by j.id for update of j
   )
   delete from pgboss.job j using held where j.name = '${SCRAPE}' and j.id = held.id
   returning j.id`,
  { id: "uuid" },
);

/** Takes a batch's messages out of the queue, claimed or not; a claim on one is lost. Gives the ids of their jobs. */
export async function withdraw(tx: Tx, { tenantId, batchId }: BatchOf): Promise<string[]> {
  const rows = await executeRawSql(tx, withdrawn, { tenantId, batchId });
  return rows.map((row) => row.id);
}

const withdrawnJobs = defineStatement(
  `with held as (
     select j.name, j.id from pgboss.job j
     where (j.name = '${SCRAPE}' and j.id = any(:jobIds::uuid[]))
       or (j.name = '${LOST}' and j.data->>'jobId' = any(:jobIds::text[]))
     order by j.id for update of j
   )
   delete from pgboss.job j using held where j.name = held.name and j.id = held.id`,
);

/** Takes single jobs out of the queue, and out of what it gave up; a claim on one is lost. */
export async function withdrawJobs(tx: Tx, jobIds: readonly string[]): Promise<void> {
  await executeRawSql(tx, withdrawnJobs, { jobIds });
}

const givenBack = defineStatement(
  `update pgboss.job j
   set state = ${waitingAgain("j.retry_count")},
     retry_count = greatest(j.retry_count - 1, 0),
     started_on = case when j.retry_count = 0 then null else j.started_on end,
     heartbeat_on = null,
     data = j.data - '{waiting,begun}'::text[]
   from unnest(:ids::uuid[], :retries::int[], :tries::int[]) as claim (id, retry_count, tries)
   where ${CLAIMED} and ${IS_CLAIM}
   returning j.id`,
  { id: "uuid" },
);

/**
 * Puts a message back as it was before its claim: no attempt is used. The next claim has the same attempt
 * number, so whoever gives back must write nothing under it afterwards. False when the lease is no longer ours.
 */
export async function giveBack(tx: Tx, claim: ScrapeClaim): Promise<boolean> {
  return (await executeRawSql(tx, givenBack, toPairs([claim]))).length === 1;
}

// Who settles a message at this moment holds its row; to wait for many of them in another order than theirs would
// be a deadlock. A sign of life that is left out once costs nothing: the lease outlasts two.
const touched = defineStatement(
  `update pgboss.job j
   set heartbeat_on = now(),
     started_on = case when claim.waits then now() else j.started_on end,
     data = case when claim.waits then j.data || '{"waiting": true}' else j.data - 'waiting' || '{"begun": true}' end
   from unnest(:ids::uuid[], :retries::int[], :tries::int[], :waits::boolean[]) as claim (id, retry_count, tries, waits)
   where ${CLAIMED} and ${IS_CLAIM}
     and j.id in (
       select one.id from pgboss.job one
       where one.name = '${SCRAPE}' and one.id = any(:ids::uuid[]) for update of one skip locked
     )`,
);

/** Says that claims are still being worked on. The time of those that have yet to begin starts now. */
export async function touch(
  executor: Executor,
  claims: readonly ScrapeClaim[],
  waiting: readonly ScrapeClaim[],
): Promise<void> {
  if (claims.length === 0) return;
  const idle = new Set(waiting.map(({ jobId }) => jobId));
  const waits = claims.map(({ jobId }) => idle.has(jobId));
  await executeRawSql(executor, touched, { ...toPairs(claims), waits });
}

const known = defineStatement(
  `select j.id from pgboss.job j where j.name = '${SCRAPE}' and j.id = any(:ids::uuid[])`,
  { id: "uuid" },
);

/** Of these jobs, those that the queue knows nothing of. */
export async function findUnknown(tx: Tx, jobIds: readonly string[]): Promise<string[]> {
  if (jobIds.length === 0) return [];
  const rows = await executeRawSql(tx, known, { ids: jobIds });
  const found = new Set(rows.map((row) => row.id));
  return jobIds.filter((jobId) => !found.has(jobId));
}

const toPairs = (claims: readonly ScrapeClaim[]) => ({
  ids: claims.map(({ jobId }) => jobId),
  retries: claims.map(retryCountOf),
  tries: claims.map(({ tries }) => tries),
});

const sitesErased = defineStatement(
  `with erased as (
     update pgboss.job j set data = jsonb_set(j.data, '{domain}', to_jsonb(:mark::text))
     where j.data->>'tenantId' = :tenantId and j.data->>'domain' ~* :pattern returning 1
   )
   select count(*)::int as messages from erased`,
  { messages: "int4" },
);

/**
 * Forgets the names of a tenant's sites that a regular expression of Postgres finds, in messages of any state: `mark` is
 * there instead. Gives how many these were.
 */
export async function eraseSites(
  tx: Tx,
  of: { tenantId: string; pattern: string; mark: string },
): Promise<number> {
  const row = await executeRawSqlOne(tx, sitesErased, of);
  return row?.messages ?? 0;
}
