import { endWorker, findWorkerOrder, tellWorker } from "@scrapersky/api/services";
import { type Database, withDeadline } from "@scrapersky/db";
import { describeFault } from "./describe-fault.ts";
import type { Intervals } from "./intervals.ts";
import type { WorkerLog } from "./outage-log.ts";
import { step } from "./step.ts";
import type { Sweep } from "./sweeps.ts";

/** Whoever stops does not wait long for the database to hear of it: what is silent is forgotten. */
const LEAVE_MS = 1_000;

/** What a worker tells of itself, and what somebody wants of it. */
export interface Orders {
  /** It is to claim nothing more. What it has is ended, and sweeps go on. */
  readonly isDraining: boolean;
  /** Signs of life with how many sites it is at, and looks at what is wanted. */
  sweeps(intervals: Intervals, running: () => number): Sweep[];
  /** It stops. */
  leave(): Promise<void>;
}

export function createOrders({
  database,
  workerId,
  version = "unknown",
  concurrency,
  log,
}: {
  database: Database;
  workerId: string;
  version?: string;
  concurrency: number;
  log: WorkerLog;
}): Orders {
  let isDraining = false;
  return {
    get isDraining() {
      return isDraining;
    },
    sweeps: (intervals, running) => [
      {
        ms: intervals.tell,
        what: "signs of life",
        name: "tell",
        task: (db) => tellWorker(db, { workerId, version, concurrency, running: running() }),
      },
      {
        ms: intervals.orders,
        what: "looking for orders",
        name: "orders",
        task: async (db) => {
          isDraining = (await findWorkerOrder(db, workerId)) === "draining";
        },
      },
    ],
    leave: () =>
      step("leave", () => endWorker(withDeadline(database.db, LEAVE_MS), workerId)).catch(
        (error: unknown) =>
          log.warn(describeFault(error), "nobody could be told that this worker stops"),
      ),
  };
}
