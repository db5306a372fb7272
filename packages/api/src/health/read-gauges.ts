import { defineStatement, executeRawSqlOne, type Reader } from "@scrapersky/db";
import { type Ages, findAges } from "@scrapersky/db/findings";
import type { Queue, QueueCounts } from "@scrapersky/queue";
import { WINDOW } from "../batch/batch-window.state.ts";
import { BATCH } from "../batch/batch.state.ts";
import { cancelledOf } from "../batch/count-finished.ts";
import { isNotRemoved } from "../batch/is-removed.ts";

/** What the database says of the whole platform, in numbers. */
export interface PlatformGauges extends Ages {
  queues: QueueCounts[];
  /** Batches that are neither over nor paused, and their jobs that are not over, in the queue or behind it. */
  open: { batches: number; jobs: number };
}

// As in the overview of a tenant: open batches have a window, so that nothing here grows with what is over.
const open = defineStatement(
  `select count(*)::int as batches,
     coalesce(sum(b.total_domains - b.completed_domains - b.failed_domains - ${cancelledOf("b")}), 0)::float8 as jobs
   from app.batch_windows w join batch_jobs b on b.batch_id = w.batch_id
   where ${BATCH.is(BATCH.open, "b.status")} and ${WINDOW.is("filling", "w.state")} and ${isNotRemoved("b.batch_id")}`,
  { batches: "int4", jobs: "float8" },
);

/** @param reader with a deadline: whoever collects metrics does not wait for long */
export async function readGauges(
  reader: Reader,
  queue: Pick<Queue, "countMessages">,
): Promise<PlatformGauges> {
  const [queues, counted, ages] = await Promise.all([
    queue.countMessages(reader),
    executeRawSqlOne(reader, open),
    findAges(reader),
  ]);
  return { queues, open: counted ?? { batches: 0, jobs: 0 }, ...ages };
}
