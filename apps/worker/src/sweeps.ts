import type { Db } from "@scrapersky/db";
import type { Queue } from "@scrapersky/queue";
import { bulk } from "./bulk.step.ts";
import { cancelBatches } from "./cancel.step.ts";
import { compareSchema } from "./drift.step.ts";
import { forget } from "./forget.step.ts";
import type { Intervals } from "./intervals.ts";
import { endLostJobs } from "./lost.step.ts";
import type { WorkerLog } from "./outage-log.ts";
import { purge } from "./purge.step.ts";
import { removeBatches } from "./remove.step.ts";
import { removeTenants } from "./remove-tenants.step.ts";
import { retire } from "./retire.step.ts";
import { runSchedules } from "./schedule.step.ts";
import { type Deliverer, tellGathered, tellKeys } from "./webhook.step.ts";
import type { WorkerEvents } from "./worker-metrics.ts";

/** What a worker goes on with that somebody else began and left, whether or not it has sites to visit. */
export interface Sweep {
  ms: number;
  /** For people. */
  what: string;
  /** Of its statements. */
  name: string;
  task: (db: Db) => Promise<unknown>;
}

/** @param deliverer undefined where webhooks are not sent */
export const sweepsOf = (
  queue: Queue,
  intervals: Intervals,
  log: WorkerLog,
  auditDays: number,
  deliverer: Deliverer | undefined,
  events: WorkerEvents,
): Sweep[] => [
  {
    ms: intervals.lost,
    what: "ending lost jobs",
    name: "lost",
    task: async (db) => events.leasesLost(await endLostJobs(db, queue)),
  },
  { ms: intervals.lost, what: "removing batches", name: "remove", task: removeBatches },
  {
    ms: intervals.lost,
    what: "removing tenants",
    name: "remove-tenants",
    task: (db) => removeTenants(db, queue),
  },
  { ms: intervals.lost, what: "erasing", name: "purge", task: (db) => purge(db, queue) },
  {
    ms: intervals.bulk,
    what: "cancelling batches",
    name: "cancel",
    task: (db) => cancelBatches(db, queue),
  },
  {
    ms: intervals.forget,
    what: "forgetting",
    name: "forget",
    task: (db) => forget(db, auditDays),
  },
  { ms: intervals.drift, what: "comparing the schema", name: "drift", task: compareSchema },
  { ms: intervals.retire, what: "retiring", name: "retire", task: retire },
  { ms: intervals.bulk, what: "bulk actions", name: "bulk", task: (db) => bulk(db, queue) },
  {
    ms: intervals.schedules,
    what: "schedules",
    name: "schedules",
    task: (db) => runSchedules(db, queue, log),
  },
  ...(deliverer === undefined
    ? []
    : [
        { ms: intervals.webhooks, what: "telling failures", name: "webhooks", task: tellGathered },
        { ms: intervals.forget, what: "telling of keys", name: "webhooks", task: tellKeys },
        {
          ms: intervals.webhooks,
          what: "sending webhooks",
          name: "webhooks",
          task: (db: Db) => deliverer.deliver(db),
        },
      ]),
];
