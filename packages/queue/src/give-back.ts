import { certain, defineStatement, type Executor, executeRawSql, type Tx } from "@scrapersky/db";
import { isClaimed, waitingAgain } from "./message-state.ts";
import { SCRAPE, type ScrapeClaim } from "./scrape-message.ts";

/** Pauses of a message that waits for its site double up to this. */
const WAIT_SECONDS_MAX = 30;

const busyDomains = defineStatement(
  `select data->>'domain' as domain from pgboss.job
   where name = :queue and ${isClaimed("state")} and group_id is not null
     and data->>'domain' = any(:domains::text[]) and id <> all(:ids::uuid[])`,
  { domain: certain("text") },
);

/** Of the domains that are offered, those that some worker has claimed under another message. */
export async function findBusyDomains(
  tx: Tx,
  offered: readonly ScrapeClaim[],
): Promise<Set<string>> {
  const rows = await executeRawSql(tx, busyDomains, {
    queue: SCRAPE,
    domains: offered.map((claim) => claim.domain),
    ids: offered.map((claim) => claim.jobId),
  });
  return new Set(rows.map((row) => row.domain));
}

const givenBack = defineStatement(
  `update pgboss.job j
   set state = ${waitingAgain("j.retry_count")},
     retry_count = greatest(j.retry_count - 1, 0),
     started_on = case when j.retry_count = 0 then null else j.started_on end,
     heartbeat_on = null,
     data = case when :waits::boolean
       then jsonb_set(j.data, '{waits}', to_jsonb(claim.waits + 1)) else j.data end,
     start_after = case when :waits::boolean
       then now() + least(2 ^ least(claim.waits, 10), :maxSeconds::int) * (0.5 + random() / 2) * interval '1 s'
       else j.start_after end
   from unnest(:ids::uuid[], :retries::int[], :counts::int[]) as claim (id, retry_count, waits)
   where j.name = :queue and ${isClaimed("j.state")} and j.id = claim.id and j.retry_count = claim.retry_count
   returning j.id`,
  { id: "uuid" },
);

/**
 * Puts messages back as they were before their claim: no attempt is used and no time runs. The next
 * claim has the same attempt number, so whoever gives back must write nothing under it afterwards.
 *
 * @param due `wait` after a pause that grows each time, so that many who wait for one site cost little
 * @returns how many leases were still ours
 */
export async function giveBack(
  tx: Tx,
  claims: readonly ScrapeClaim[],
  due: "at once" | "wait",
): Promise<number> {
  if (claims.length === 0) return 0;
  const rows = await executeRawSql(tx, givenBack, {
    queue: SCRAPE,
    waits: due === "wait",
    maxSeconds: WAIT_SECONDS_MAX,
    ids: claims.map((claim) => claim.jobId),
    retries: claims.map((claim) => claim.attempt - 1),
    counts: claims.map((claim) => claim.waits ?? 0),
  });
  return rows.length;
}

const timeRestarted = defineStatement(
  `update pgboss.job j set started_on = now()
   from unnest(:ids::uuid[], :retries::int[]) as claim (id, retry_count)
   where j.name = :queue and ${isClaimed("j.state")} and j.id = claim.id and j.retry_count = claim.retry_count`,
);

/** The queue's limit for one attempt counts from now: what waits to begin does not use it up. */
export async function restartTime(
  executor: Executor,
  claims: readonly ScrapeClaim[],
): Promise<void> {
  if (claims.length === 0) return;
  await executeRawSql(executor, timeRestarted, {
    queue: SCRAPE,
    ids: claims.map((claim) => claim.jobId),
    retries: claims.map((claim) => claim.attempt - 1),
  });
}
