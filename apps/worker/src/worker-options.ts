import type { Database } from "@scrapersky/db";
import type { Queue } from "@scrapersky/queue";
import type { Intervals } from "./intervals.ts";
import type { WorkerLog } from "./outage-log.ts";
import type { Scrape } from "./scrape-call.ts";
import type { Delivering } from "./webhook.step.ts";
import type { WorkerEvents } from "./worker-metrics.ts";

export interface WorkerOptions {
  database: Database;
  queue: Queue;
  scrape: Scrape;
  workerId: string;
  /** Told to whoever looks after the platform. */
  version?: string;
  /** Domains scraped at the same time. As many again may wait for others at their network address, or be recorded. */
  concurrency: number;
  log: WorkerLog;
  auditDays?: number;
  /** Undefined: webhooks are sent by others, or by nobody. */
  webhooks?: Delivering | undefined;
  /** Told what happens, to be counted. */
  events?: WorkerEvents | undefined;
  intervals?: Partial<Intervals>;
}
