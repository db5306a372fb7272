import { setTimeout as delay } from "node:timers/promises";
import { findCancelled, type StorageFailure, storageFailureOf } from "@scrapersky/api/services";
import {
  type Database,
  type DatabaseErrorKind,
  findDatabaseError,
  withStatementTags,
} from "@scrapersky/db";
import type { ScrapeOutcome, ScrapeResult } from "@scrapersky/outcome";
import type { Queue, ScrapeClaim } from "@scrapersky/queue";
import { claimJobs } from "./claim.step.ts";
import { endLostJobs } from "./lost.step.ts";
import { findPermanentFault } from "./permanent-fault.ts";
import { recordScrape } from "./record.step.ts";
import { releaseScrape } from "./release.step.ts";

/** Comes back `aborted` only after the signal fired. */
export type Scrape = (
  domain: string,
  options: {
    maxPages: number;
    signal: AbortSignal;
    /** To be told when the scrape waits for others at its network address, and when it goes on. */
    onWaiting?: (waiting: boolean) => void;
  },
) => Promise<ScrapeResult>;

export interface WorkerLog {
  info(detail: object, message: string): void;
  warn(detail: object, message: string): void;
  error(detail: object, message: string): void;
}

export interface WorkerOptions {
  database: Database;
  queue: Queue;
  scrape: Scrape;
  workerId: string;
  /** Domains scraped at the same time. As many again may wait for others at their network address. */
  concurrency: number;
  log: WorkerLog;
  /** Milliseconds. Tests make them shorter. */
  intervals?: Partial<Intervals>;
}

interface Intervals {
  /** Between two looks into an empty queue. */
  poll: number;
  /** Longest pause in which the ends of several jobs are gathered into one claim. */
  gather: number;
  /** Between two checks for cancelled jobs: what is stopped must stop within 2 s. */
  cancelled: number;
  /** Between two signs of life; a third of the lease. */
  touch: number;
  lost: number;
}

const INTERVALS: Intervals = { poll: 500, gather: 15, cancelled: 1_000, touch: 5_000, lost: 5_000 };
/** Pauses before a recording is tried again while the database is away; the lease outlasts them. */
const RECORD_PAUSES_MS = [200, 1_000, 3_000, 5_000, 10_000];

interface Running {
  claim: ScrapeClaim;
  abort: AbortController;
  waiting: boolean;
  done: Promise<void>;
}

/** Whether a worker does its work: `failing` when its last look into the queue, or sign of life, failed. */
export type WorkerState = "starting" | "ok" | "failing" | "stopping";

export interface Worker {
  readonly state: WorkerState;
  /** Domains being scraped now. */
  readonly running: number;
  /** Resolves when the worker has stopped. */
  run(): Promise<void>;
  /** Claims nothing more, lets running scrapes end for `drainMs`, then gives the rest back to the queue. */
  stop(drainMs: number): Promise<void>;
}

/** Claims, scrapes and records until stopped. Holds no connection while a site is being scraped. */
export function createWorker(options: WorkerOptions): Worker {
  const { database, queue, workerId, log } = options;
  const intervals = { ...INTERVALS, ...options.intervals };
  const running = new Set<Running>();
  const stopping = new AbortController();
  const ended = new AbortController();
  let placeFree = new AbortController();
  let finished: Promise<void> | undefined;
  let claiming: Promise<void> | undefined;
  let drained = false;
  let state: WorkerState = "starting";
  /** What tells whether the queue can be reached. */
  const telling = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
    try {
      const result = await step(name, work);
      state = "ok";
      return result;
    } catch (error) {
      state = "failing";
      throw error;
    }
  };

  async function work(entry: Running, earlier: Promise<unknown>) {
    const { claim, abort } = entry;
    const { signal } = abort;
    const onWaiting = (waiting: boolean) => {
      entry.waiting = waiting;
      placeFree.abort();
    };
    await earlier;
    const result: ScrapeResult = signal.aborted
      ? { kind: "aborted" }
      : await options.scrape(claim.domain, { maxPages: claim.maxPages, signal, onWaiting });
    if (result.kind === "aborted") {
      // A cancelled job is over already; the others would wait for the lease to run out.
      if (stopping.signal.aborted) {
        const answer = await patiently("release", claim, () =>
          releaseScrape(database.db, queue, workerId, claim),
        );
        log.info({ jobId: claim.jobId, domain: claim.domain, answer }, "domain given back");
      }
      return;
    }
    const { outcome, answer } = await record(claim, result);
    log.info(
      { jobId: claim.jobId, domain: claim.domain, attempt: claim.attempt, outcome, answer },
      "domain done",
    );
  }

  /** What the database refuses for good ends the job: another attempt would meet the same refusal. */
  async function record(claim: ScrapeClaim, result: ScrapeOutcome) {
    const write = (outcome: ScrapeOutcome | StorageFailure) =>
      patiently("record", claim, () => recordScrape(database.db, queue, workerId, claim, outcome));
    try {
      return { outcome: result.kind, answer: await write(result) };
    } catch (error) {
      const fault = findPermanentFault(error);
      if (!fault) throw error;
      log.error(
        { ...describe(error, claim), constraint: fault.constraint, table: fault.table },
        "the database refuses what was found, so the job fails",
      );
      const failure = storageFailureOf(result);
      return { outcome: failure.kind, answer: await write(failure) };
    }
  }

  /** Facts are dropped only together with the lease, and then the job runs again. */
  async function patiently<T>(
    name: "record" | "release",
    claim: ScrapeClaim,
    write: () => Promise<T>,
  ): Promise<T> {
    for (let tries = 0; ; tries++) {
      try {
        return await step(name, write);
      } catch (error) {
        const pauseMs = RECORD_PAUSES_MS[tries];
        const fault = findDatabaseError(error);
        // After an unknown outcome the lease decides: had it been committed, the second try is refused.
        const passing = fault && (fault.retryable || PASSING.has(fault.kind));
        if (!passing || pauseMs === undefined) throw error;
        log.warn(
          { jobId: claim.jobId, fault: fault.kind, pauseMs },
          `${name} failed, trying again`,
        );
        await sleep(pauseMs);
      }
    }
  }

  function start(claim: ScrapeClaim): void {
    // Its lease ran out here: one visit to a site at a time, even then.
    const older = Array.from(running).filter((entry) => entry.claim.jobId === claim.jobId);
    for (const { abort } of older) abort.abort();
    const abort = new AbortController();
    if (drained) abort.abort();
    const entry: Running = { claim, abort, waiting: false, done: Promise.resolve() };
    running.add(entry);
    entry.done = work(entry, Promise.all(older.map(({ done }) => done)))
      .catch((error: unknown) => {
        log.error(
          describe(error, claim),
          "domain not recorded; its lease will pass to another attempt",
        );
      })
      .finally(() => {
        running.delete(entry);
        placeFree.abort();
      });
  }

  const waiting = (): Running[] => Array.from(running).filter((entry) => entry.waiting);

  function places(): number {
    const visiting = running.size - waiting().length;
    return Math.min(options.concurrency - visiting, 2 * options.concurrency - running.size);
  }

  async function claimLoop(): Promise<void> {
    while (!stopping.signal.aborted) {
      placeFree = new AbortController();
      const free = places();
      if (free > 0) {
        const claims = await telling("claim", () =>
          claimJobs(
            database.db,
            queue,
            workerId,
            free,
            Array.from(running, ({ claim }) => claim),
          ),
        ).catch((error: unknown) => {
          log.warn(describe(error), "claiming failed, trying again");
          return [];
        });
        claims.forEach(start);
        if (claims.length === free) continue;
      }
      await sleep(intervals.poll, AbortSignal.any([placeFree.signal, stopping.signal]));
      // Domains end in bursts: one claim for several of them costs less than one each.
      await sleep(intervals.gather, stopping.signal);
    }
  }

  async function every(ms: number, what: string, task: () => Promise<unknown>): Promise<void> {
    while (!ended.signal.aborted) {
      await task().catch((error: unknown) =>
        log.warn(describe(error), `${what} failed, trying again`),
      );
      await sleep(ms, ended.signal);
    }
  }

  async function touch(): Promise<void> {
    if (running.size === 0) return;
    const leases = Array.from(running, ({ claim }) => claim);
    await telling("touch", () =>
      queue.touchScrapes(
        leases,
        waiting().map(({ claim }) => claim),
      ),
    );
  }

  async function abortCancelled(): Promise<void> {
    if (running.size === 0) return;
    const over = new Set(
      await step("cancelled", () =>
        findCancelled(
          database.db,
          Array.from(running, ({ claim }) => claim.jobId),
        ),
      ),
    );
    for (const { claim, abort } of running) {
      if (over.has(claim.jobId)) abort.abort();
    }
  }

  return {
    get running() {
      return running.size;
    },
    get state() {
      return stopping.signal.aborted ? "stopping" : state;
    },
    run() {
      claiming ??= claimLoop();
      finished ??= Promise.all([
        claiming,
        every(intervals.cancelled, "looking for cancelled jobs", abortCancelled),
        every(intervals.touch, "renewing leases", touch),
        every(intervals.lost, "ending lost jobs", () =>
          step("lost", () => endLostJobs(database.db, queue)),
        ),
      ]).then(() => {});
      return finished;
    },
    async stop(drainMs) {
      stopping.abort();
      const ends = async () => {
        // A claim under way may still bring domains; they are given back like the others.
        await claiming;
        await Promise.all(Array.from(running, ({ done }) => done));
      };
      await Promise.race([ends(), sleep(drainMs)]);
      drained = true;
      for (const { abort } of running) abort.abort();
      await ends();
      ended.abort();
      await finished;
    },
  };
}

/** Kinds that say nothing of the work itself: the lease makes a second try safe. */
const PASSING = new Set<DatabaseErrorKind>([
  "connection_lost",
  "outcome_unknown",
  "statement_timeout",
]);

/** Every statement of a step says in a comment which step sent it. */
const step = <T>(name: string, work: () => Promise<T>): Promise<T> =>
  withStatementTags({ procedure: `worker.${name}` }, work);

/** Waits, or until the signal fires. */
const sleep = (ms: number, signal?: AbortSignal): Promise<void> =>
  delay(ms, undefined, signal ? { signal } : {}).catch(() => {});

function describe(error: unknown, claim?: ScrapeClaim): object {
  const fault = findDatabaseError(error);
  const reason = fault
    ? { fault: fault.kind, sqlstate: fault.sqlstate }
    : { error: error instanceof Error ? error.stack : String(error) };
  return claim ? { jobId: claim.jobId, domain: claim.domain, ...reason } : reason;
}
