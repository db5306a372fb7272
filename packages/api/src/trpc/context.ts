import type { Database, Db } from "@scrapersky/db";
import type { Queue } from "@scrapersky/queue";
import type { BatchWatcher } from "../batch/batch-watcher.ts";
import type { HealthWatch } from "../health/watch-health.ts";
import type { SendMail } from "../mail/mail.ts";
import type { Actor } from "../rbac/actor.ts";

/** What the HTTP door gives to every procedure. */
export interface Context {
  db: Db;
  database: Pick<Database, "health" | "stats" | "apart">;
  /** How the database is, and was lately. */
  health: HealthWatch;
  queue: Pick<
    Queue,
    | "sendScrapes"
    | "countPlaces"
    | "withdrawScrapes"
    | "withdrawJobs"
    | "eraseSites"
    | "countMessages"
    | "findClaimed"
    | "pauseQueue"
    | "resumeQueue"
    | "findPauses"
  >;
  watcher: BatchWatcher;
  /** Null when nobody is signed in. */
  actor: Actor | null;
  /** Who calls, found out again, for what outlives one answer; null when nobody any more. */
  actorNow: () => Promise<Actor | null>;
  /** True when somebody is signed in, but not a member of the tenant that was asked for. */
  isForeignTenant: boolean;
  /** Where people open the dashboard. */
  webUrl: string;
  /** Null where no mail server is set. */
  mail: SendMail | null;
  /** What secrets of webhooks are made of; null where the server sends none. */
  webhooksKey: string | null;
  /** That the request brings beside its input, for the call in it that takes one. */
  idempotencyKey?: string | undefined;
  /** Told when a call did nothing, because an earlier one with its key has done it. */
  onReplayed?: (() => void) | undefined;
  requestId: string;
  source: "ui" | "trpc" | "rest";
}
