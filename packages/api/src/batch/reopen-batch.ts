import {
  defineStatement,
  executeRawSqlOne,
  executeRawSql,
  nullable,
  type Tx,
} from "@scrapersky/db";
import { BATCH } from "./batch.state.ts";
import { cancelledOf } from "./count-finished.ts";

const CANCELLED = `${cancelledOf("b")} - :cancelled::int`;
const ENDED = `b.completed_domains + b.failed_domains - :failed::int + ${CANCELLED}`;
const AGAIN = BATCH.may("again", "b.status");

// What it took until it was over the first time says nothing of how it goes on: the pace is told from `again_at`.
const reopened = defineStatement(
  `update batch_jobs b set
     failed_domains = b.failed_domains - :failed::int,
     progress = (${ENDED})::float8 / greatest(b.total_domains, 1),
     batch_metadata = coalesce(b.batch_metadata, '{}') || jsonb_build_object('cancelled_alone', ${CANCELLED})
       || case when ${AGAIN} then jsonb_build_object('again_at', now(), 'again_ended', ${ENDED}) else '{}' end,
     status = case when ${AGAIN} then ${BATCH.to("again")} else b.status end,
     start_time = case when ${AGAIN} then coalesce(b.start_time, timezone('utc', now())) else b.start_time end,
     options = case when :maxConcurrent::int is null then b.options
       else coalesce(b.options, '{}') || jsonb_build_object('max_concurrent', :maxConcurrent::int) end,
     error = null, end_time = null, processing_time = null, updated_at = timezone('utc', now())
   where b.batch_id = :batchId::uuid and (${BATCH.is(BATCH.open, "b.status")} or ${AGAIN})
   returning (b.batch_metadata->>'again_at')::timestamptz = now() as is_back`,
  { is_back: nullable("bool") },
);

// A pause ends with the batch, and so does a cancelling that its last visits were faster than; one that is open is left as it is.
const windowKept = defineStatement(
  `insert into app.batch_windows (batch_id, next_position) values (:batchId::uuid, null)
   on conflict (batch_id) do update set state = excluded.state, next_position = null where :isBack::boolean`,
);

/**
 * Takes jobs that run again out of the counters of their batch, and lets it run so many at once, null: as many as before. One that was over is running again, and not paused. One that
 * is open and paused stays so.
 */
export async function reopenBatch(
  tx: Tx,
  batchId: string,
  counts: { failed: number; cancelled: number; maxConcurrent: number | null },
): Promise<void> {
  const batch = await executeRawSqlOne(tx, reopened, { batchId, ...counts });
  await executeRawSql(tx, windowKept, { batchId, isBack: batch?.is_back === true });
}
