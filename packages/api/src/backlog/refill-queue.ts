import { certain, defineStatement, executeRawSql, executeRawSqlOne, type Tx } from "@scrapersky/db";
import { batchWindows, scrapeJobs } from "@scrapersky/db/schema";
import type { Queue } from "@scrapersky/queue";
import { BATCH } from "../batch/batch.state.ts";
import { JOB } from "../job/job.state.ts";
import { type Promoting, promoteJobs } from "./promote-jobs.ts";

/** Batches with jobs that are due again, looked after at once. */
const DUE_MAX = 500;
/** Open batches that are looked at in one sweep, due or not. */
const PAGE = 100;
/** Any constant will do, as long as everyone takes the same one. */
const REFILL_LOCK = 7_255_204;

const alone = defineStatement("select pg_try_advisory_xact_lock(:lock::int8) as alone", {
  alone: certain("bool"),
});

const due = defineStatement(
  `select w.batch_id from app.batch_windows w
   join batch_jobs b on b.batch_id = w.batch_id and ${BATCH.is(BATCH.open, "b.status")}
   join tenants t on t.id = b.tenant_id and t.is_active
   where exists (select from app.scrape_jobs s where s.batch_id = w.batch_id and s.due_at <= now())
   limit ${DUE_MAX}`,
  { batch_id: batchWindows.batchId },
);

const page = defineStatement(
  `select batch_id from app.batch_windows where batch_id > :after::uuid order by batch_id limit ${PAGE}`,
  { batch_id: batchWindows.batchId },
);

const closed = defineStatement(
  `delete from app.batch_windows w using batch_jobs b
   where w.batch_id = any(:batchIds::uuid[]) and b.batch_id = w.batch_id and not ${BATCH.is(BATCH.open, "b.status")}`,
);

// Of a batch that has been promoted to its end, whatever is open is in the queue or due: few rows.
const astray = defineStatement(
  `select s.job_id from app.batch_windows w
   join jobs j on j.batch_id = w.batch_id and ${JOB.is(JOB.open, "j.status")}
   join app.scrape_jobs s on s.job_id = j.job_id
   where w.batch_id = any(:batchIds::uuid[]) and w.next_position is null and s.due_at is null`,
  { job_id: scrapeJobs.jobId },
);

const foundAgain = defineStatement(
  `update app.scrape_jobs s set due_at = now() from jobs j
   where s.job_id = any(:jobIds::uuid[]) and j.job_id = s.job_id and ${JOB.is(JOB.open, "j.status")} and s.due_at is null`,
);

/** Where the next sweep goes on; the first begins with this. */
export const FIRST_BATCH = "00000000-0000-0000-0000-000000000000";

/**
 * Promotes what is due again, and looks at a page of the open batches for what no commit should ever leave: a window that
 * is not full, a job that neither the queue nor the backlog holds. Changes nothing where all is well; one at a time.
 * @returns where the next sweep goes on
 */
export async function refillQueue(
  tx: Tx,
  queue: Promoting & Pick<Queue, "findUnknown">,
  after: string,
): Promise<string> {
  const mine = await executeRawSqlOne(tx, alone, { lock: REFILL_LOCK });
  if (!mine?.alone) return after;
  const waiting = await executeRawSql(tx, due, {});
  const looked = (await executeRawSql(tx, page, { after })).map((row) => row.batch_id);
  await executeRawSql(tx, closed, { batchIds: looked });
  const strays = await executeRawSql(tx, astray, { batchIds: looked });
  const lost = await queue.findUnknown(
    tx,
    strays.map((row) => row.job_id),
  );
  if (lost.length > 0) await executeRawSql(tx, foundAgain, { jobIds: lost });
  await promoteJobs(tx, queue, [...waiting.map((row) => row.batch_id), ...looked]);
  return looked.length < PAGE ? FIRST_BATCH : (looked.at(-1) ?? FIRST_BATCH);
}
