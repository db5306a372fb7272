import { defineStatement, executeRawSql, nullable, type Tx } from "@scrapersky/db";
import { batchJobs, batchWindows, scrapeJobs } from "@scrapersky/db/schema";
import type { Queue } from "@scrapersky/queue";
import { MAX_CONCURRENT_DEFAULT, MAX_PAGES_DEFAULT } from "../batch/batch.contract.ts";
import { BATCH } from "../batch/batch.state.ts";
import { WINDOW } from "../batch/batch-window.state.ts";
import { JOB } from "../job/job.state.ts";

const windows = defineStatement(
  `select w.batch_id, b.tenant_id, (b.options->>'max_concurrent')::int as places
   from app.batch_windows w
   join batch_jobs b on b.batch_id = w.batch_id and ${BATCH.is(BATCH.open, "b.status")}
   join tenants t on t.id = b.tenant_id and t.is_active
   where w.batch_id = any(:batchIds::uuid[]) and ${WINDOW.is("filling", "w.state")}
   order by w.batch_id for no key update of w`,
  { batch_id: batchWindows.batchId, tenant_id: batchJobs.tenantId, places: nullable("int4") },
);

// What is due again goes before what has not been tried yet. Nobody else moves a job that is in the backlog, but for
// cancelling, whose rows are left alone. A batch that gives less than asked for has nothing more behind its next position.
const next = defineStatement(
  `with room as (
     select room.batch_id, room.free, w.next_position
     from unnest(:batchIds::uuid[], :free::int[]) as room (batch_id, free)
     join app.batch_windows w on w.batch_id = room.batch_id
   ),
   due as materialized (
     select d.job_id, room.batch_id from room
     cross join lateral app.due_jobs(room.batch_id, room.free, ${JOB.list(JOB.moves.claim.from)}) as d (job_id)
   ),
   fresh as materialized (
     select f.job_id, room.batch_id, f.place as position from room
     cross join lateral app.fresh_jobs(
       room.batch_id, room.next_position, room.free - (select count(*) from due where due.batch_id = room.batch_id),
       ${JOB.list("pending")}
     ) f
     where room.next_position is not null
   ),
   taken as (
     update app.scrape_jobs s set due_at = null from due where s.job_id = due.job_id
   ),
   advanced as (
     update app.batch_windows w set next_position = case
       when found.fresh + found.due >= room.free then coalesce(found.last + 1, room.next_position) end
     from room, lateral (
       select (select count(*) from due where due.batch_id = room.batch_id) as due,
         count(*) as fresh, max(fresh.position) as last
       from fresh where fresh.batch_id = room.batch_id
     ) found
     where w.batch_id = room.batch_id and room.next_position is not null
   )
   select s.job_id, s.batch_id, s.domain, s.position, s.attempt, s.earlier_attempts, s.traceparent, (j.job_metadata->>'max_pages')::int as max_pages
   from (select job_id from due union all select job_id from fresh) chosen
   join app.scrape_jobs s on s.job_id = chosen.job_id
   join jobs j on j.job_id = chosen.job_id
   order by s.batch_id, s.position`,
  {
    job_id: scrapeJobs.jobId,
    batch_id: scrapeJobs.batchId,
    domain: scrapeJobs.domain,
    position: scrapeJobs.position,
    attempt: scrapeJobs.attempt,
    earlier_attempts: scrapeJobs.earlierAttempts,
    traceparent: scrapeJobs.traceparent,
    max_pages: nullable("int4"),
  },
);

/** The part of the queue that promoting needs. */
export type Promoting = Pick<Queue, "sendScrapes" | "countPlaces">;

/**
 * Sends the next jobs of these batches to the queue, as many as each has places free. Whoever frees a place calls it in
 * the same transaction, last: a batch's window is the last lock of all. Places are counted once it is held, so of two
 * who free one at once the second sees both. Batches that are over or paused, and those of a tenant that is switched off, get nothing.
 */
export async function promoteJobs(
  tx: Tx,
  queue: Promoting,
  batchIds: readonly string[],
): Promise<void> {
  if (batchIds.length === 0) return;
  const open = await executeRawSql(tx, windows, { batchIds: [...new Set(batchIds)] });
  if (open.length === 0) return;
  const batches = open.map((row) => ({ batchId: row.batch_id, tenantId: row.tenant_id }));
  const held = await queue.countPlaces(tx, batches);
  const room = open
    .map(({ batch_id: batchId, places }) => ({
      batchId,
      free: (places ?? MAX_CONCURRENT_DEFAULT) - (held.get(batchId) ?? 0),
    }))
    .filter(({ free }) => free > 0);
  if (room.length === 0) return;
  const rows = await executeRawSql(tx, next, {
    batchIds: room.map(({ batchId }) => batchId),
    free: room.map(({ free }) => free),
  });
  const tenantOf = new Map(batches.map(({ batchId, tenantId }) => [batchId, tenantId]));
  await queue.sendScrapes(
    tx,
    rows.map((row) => ({
      jobId: row.job_id,
      batchId: row.batch_id,
      tenantId: tenantOf.get(row.batch_id) ?? "",
      domain: row.domain,
      maxPages: row.max_pages ?? MAX_PAGES_DEFAULT,
      position: row.position,
      tries: row.attempt,
      earlier: row.earlier_attempts,
      ...(row.traceparent === null ? {} : { traceparent: row.traceparent }),
    })),
  );
}
