// Where a connection of one's own can be had, the database tells when there is work; elsewhere, and besides, the queue is looked into.
import { once } from "node:events";
import { type Database, findDatabaseError } from "@scrapersky/db";
import { WORK_CHANNEL } from "@scrapersky/queue";
import { describeFault } from "./describe-fault.ts";
import { PAUSE_MAX_MS } from "./intervals.ts";
import type { OutageLog } from "./outage-log.ts";
import { backOff, sleep } from "./sleep.ts";

const PAUSE_MS = 1_000;
/** Of a pool of fewer connections none is kept for this. */
const POOL_MIN = 4;

/** Calls `onWork` for whatever is sent to the queue until the signal fires, and whenever something may have been missed. */
export async function listenForWork(
  database: Database,
  onWork: () => void,
  outage: OutageLog,
  signal: AbortSignal,
): Promise<void> {
  if (database.stats().max < POOL_MIN) return;
  let failures = 0;
  while (!signal.aborted) {
    try {
      await using connection = await database.session({ signal, lasting: true });
      await connection.listen(WORK_CHANNEL, onWork);
      onWork();
      outage.succeeded("listening for work");
      failures = 0;
      await endOf(AbortSignal.any([connection.ended, signal]));
    } catch (error) {
      if (signal.aborted || findDatabaseError(error)?.kind === "unsupported") return;
      outage.failed("listening for work", describeFault(error));
      failures++;
    }
    await sleep(backOff(PAUSE_MS, failures, PAUSE_MAX_MS), signal);
  }
}

const endOf = async (signal: AbortSignal): Promise<void> => {
  if (!signal.aborted) await once(signal, "abort");
};
