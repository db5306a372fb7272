import {
  certain,
  defineStatement,
  executeRawSql,
  executeRawSqlOne,
  nullable,
  type Tx,
} from "@scrapersky/db";
import { batchJobs, batchWindows, scrapeJobs } from "@scrapersky/db/schema";
import type { Queue } from "@scrapersky/queue";
import { MAX_CONCURRENT_DEFAULT } from "../batch/batch.contract.ts";
import { BATCH } from "../batch/batch.state.ts";
import { WINDOW } from "../batch/batch-window.state.ts";
import { JOB } from "../job/job.state.ts";
import { type Promoting, promoteJobs } from "./promote-jobs.ts";

/** Batches with jobs that are due again, promoted in one transaction: it holds their windows. */
const DUE_MAX = 50;
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
   where ${WINDOW.is("filling", "w.state")}
     and exists (select from app.scrape_jobs s where s.batch_id = w.batch_id and s.due_at <= now())
   limit ${DUE_MAX}`,
  { batch_id: batchWindows.batchId },
);

const page = defineStatement(
  `select w.batch_id, b.tenant_id, (b.options->>'max_concurrent')::int as places,
     w.next_position is null as is_drained, not ${BATCH.is(BATCH.open, "b.status")} as is_over,
     ${WINDOW.is("filling", "w.state")} as is_filling
   from app.batch_windows w join batch_jobs b on b.batch_id = w.batch_id
   where w.batch_id > :after::uuid order by w.batch_id limit ${PAGE}`,
  {
    batch_id: batchWindows.batchId,
    tenant_id: batchJobs.tenantId,
    places: nullable("int4"),
    is_drained: "bool",
    is_over: nullable("bool"),
    is_filling: "bool",
  },
);

// Somebody may be letting a job of it run again: whoever holds the batch's row comes first.
const closed = defineStatement(
  `with over as (
     select batch_id from batch_jobs
     where batch_id = any(:batchIds::uuid[]) and not ${BATCH.is(BATCH.open, "status")}
     order by batch_id for no key update
   )
   delete from app.batch_windows w using over where w.batch_id = over.batch_id`,
);

// Of a batch that has been promoted to its end, whatever is open is in the queue or due: few rows.
const astray = defineStatement(
  `select s.job_id from app.batch_windows w
   join jobs j on j.batch_id = w.batch_id and ${JOB.is(JOB.open, "j.status")}
   join app.scrape_jobs s on s.job_id = j.job_id
   where w.batch_id = any(:batchIds::uuid[]) and s.due_at is null`,
  { job_id: scrapeJobs.jobId },
);

const foundAgain = defineStatement(
  `update app.scrape_jobs s set due_at = now() from jobs j
   where s.job_id = any(:jobIds::uuid[]) and j.job_id = s.job_id and ${JOB.is(JOB.open, "j.status")} and s.due_at is null`,
);

/** Where the next sweep goes on; the first begins with this. */
export const FIRST_BATCH = "00000000-0000-0000-0000-000000000000";

/** The part of the queue that a sweep needs. */
export type Refilling = Promoting & Pick<Queue, "findUnknown">;

export interface Refilled {
  /** Where the next sweep goes on. */
  next: string;
  /** Whether there may be more batches that have something due. */
  more: boolean;
}

/**
 * Promotes what is due again, and looks at a page of the open batches for what no commit should ever leave: a window that
 * is not full, a job that neither the queue nor the backlog holds. Locks and changes nothing where all is well; one at a time.
 */
export async function refillQueue(tx: Tx, queue: Refilling, after: string): Promise<Refilled> {
  const mine = await executeRawSqlOne(tx, alone, { lock: REFILL_LOCK });
  if (!mine?.alone) return { next: after, more: false };
  const waiting = (await executeRawSql(tx, due, {})).map((row) => row.batch_id);
  const looked = await executeRawSql(tx, page, { after });
  const over = looked.filter((row) => row.is_over === true).map((row) => row.batch_id);
  if (over.length > 0) await executeRawSql(tx, closed, { batchIds: over });
  const open = looked.filter((row) => row.is_over !== true && row.is_filling);
  const found = await findAstray(
    tx,
    queue,
    open.filter((row) => row.is_drained).map((row) => row.batch_id),
  );
  const short = await findShort(
    tx,
    queue,
    open.filter((row) => !row.is_drained),
  );
  await promoteJobs(tx, queue, [...waiting, ...found, ...short]);
  const isLast = looked.length < PAGE;
  return {
    next: isLast ? FIRST_BATCH : (looked.at(-1)?.batch_id ?? FIRST_BATCH),
    more: waiting.length === DUE_MAX,
  };
}

/** Batches with jobs that nobody holds, which are due from now on. */
async function findAstray(
  tx: Tx,
  queue: Refilling,
  batchIds: readonly string[],
): Promise<readonly string[]> {
  if (batchIds.length === 0) return [];
  const open = await executeRawSql(tx, astray, { batchIds });
  const jobIds = await queue.findUnknown(
    tx,
    open.map((row) => row.job_id),
  );
  if (jobIds.length === 0) return [];
  await executeRawSql(tx, foundAgain, { jobIds });
  return batchIds;
}

/** Batches that hold fewer places than they have. Whoever frees one fills it before others see that it is free. */
async function findShort(
  tx: Tx,
  queue: Refilling,
  batches: readonly { batch_id: string; tenant_id: string; places: number | null }[],
): Promise<string[]> {
  if (batches.length === 0) return [];
  const held = await queue.countPlaces(
    tx,
    batches.map((row) => ({ batchId: row.batch_id, tenantId: row.tenant_id })),
  );
  return batches
    .filter((row) => (held.get(row.batch_id) ?? 0) < (row.places ?? MAX_CONCURRENT_DEFAULT))
    .map((row) => row.batch_id);
}
