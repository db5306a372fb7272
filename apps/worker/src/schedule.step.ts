import { type RanSchedule, runDueSchedule } from "@scrapersky/api/services";
import type { Db } from "@scrapersky/db";
import type { Queue } from "@scrapersky/queue";
import { describeFault } from "./describe-fault.ts";
import type { WorkerLog } from "./outage-log.ts";

/** Schedules that a worker runs in one go. */
const RUNS = 20;

/**
 * Runs schedules that are due, each in a transaction of its own, so that one which fails holds up no other.
 * @param now in the place of the database's clock
 */
export async function runSchedules(
  db: Db,
  queue: Queue,
  log: WorkerLog,
  now?: Date,
): Promise<void> {
  for (let run = 0; run < RUNS; run++) {
    const ran = await db.transaction((tx) => runDueSchedule(tx, queue, now));
    if (!ran) return;
    tell(log, ran);
  }
}

/** Names no tenant's words: what failed is told with the schedule. */
function tell(log: WorkerLog, { scheduleId, result, isGivenUp }: RanSchedule): void {
  const detail = { scheduleId, outcome: result?.outcome };
  log.info(detail, "schedule was due");
  if (result?.outcome === "failed" && result.fault !== undefined) {
    log.error({ ...detail, ...describeFault(result.fault) }, "schedule failed");
  }
  if (isGivenUp) log.warn(detail, "schedule paused, for it cannot run");
}
