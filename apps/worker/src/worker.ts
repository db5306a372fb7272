import {
  findPermanentFault,
  FIRST_BATCH,
  type StorageFailure,
  storageFailureOf,
} from "@scrapersky/api/services";
import type { Db } from "@scrapersky/db";
import type { ScrapeOutcome, ScrapeResult } from "@scrapersky/outcome";
import { followsLost, type ScrapeClaim } from "@scrapersky/queue";
import { claimJobs } from "./claim.step.ts";
import { describeFault } from "./describe-fault.ts";
import { findUnwanted } from "./find-unwanted.ts";
import { AUDIT_DAYS } from "./env.ts";
import { INTERVALS, PAUSE_MAX_MS } from "./intervals.ts";
import { listenForWork } from "./listening.ts";
import { createOutageLog } from "./outage-log.ts";
import { createOrders } from "./orders.ts";
import { patiently } from "./patience.ts";
import { recordScrapes } from "./record.step.ts";
import { createRecorder } from "./recorder.ts";
import { refill } from "./refill.step.ts";
import { releaseScrape } from "./release.step.ts";
import { backOff, sleep } from "./sleep.ts";
import { step } from "./step.ts";
import { sweepsOf } from "./sweeps.ts";
import { createDeliverer } from "./webhook.step.ts";
import { visiting } from "./traced.ts";
import { NO_EVENTS } from "./worker-metrics.ts";
import type { WorkerOptions } from "./worker-options.ts";

interface Running {
  claim: ScrapeClaim;
  abort: AbortController;
  waiting: boolean;
  /** The site has been left; what was found is being written. */
  left: boolean;
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
  const { database, queue, workerId, log, events = NO_EVENTS } = options;
  const intervals = { ...INTERVALS, ...options.intervals };
  const outage = createOutageLog(log);
  const deliverer = options.webhooks && createDeliverer(options.webhooks, log);
  const running = new Set<Running>();
  const stopping = new AbortController();
  const ended = new AbortController();
  let placeFree = new AbortController();
  /** The last claim brought less than there were places: only what is recorded makes more of it. */
  let isShort = false;
  let finished: Promise<void> | undefined;
  let claiming: Promise<void> | undefined;
  let drained = false;
  const orders = createOrders(options);
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

  const record = createRecorder(
    (findings) =>
      patiently("recording", outage, () =>
        step("record", () => recordScrapes(database.db, queue, workerId, findings)),
      ),
    intervals.record,
  );

  async function work(entry: Running, earlier: Promise<unknown>) {
    const { claim, abort } = entry;
    const { signal } = abort;
    const onWaiting = (waiting: boolean) => {
      entry.waiting = waiting;
      if (!isShort) placeFree.abort();
    };
    await earlier;
    const result: ScrapeResult = signal.aborted
      ? { kind: "aborted" }
      : await visiting(claim, () =>
          options.scrape(claim.domain, {
            maxPages: claim.maxPages,
            isFirst: claim.attempt === (claim.earlier ?? 0) + 1 && !claim.last,
            signal,
            onWaiting,
          }),
        );
    entry.left = true;
    if (!isShort) placeFree.abort();
    if (result.kind === "aborted") {
      // A cancelled job is over already and refuses it; the others would wait for the lease to run out.
      const answer = await patiently("giving back", outage, () =>
        step("release", () => releaseScrape(database.db, queue, workerId, claim)),
      );
      events.givenBack();
      log.info({ jobId: claim.jobId, domain: claim.domain, answer }, "domain given back");
      return;
    }
    const { outcome, ended } = await settle(claim, result);
    events.ended(ended, result.metrics);
    const answer = ended ? "recorded" : "refused";
    log.info(
      { jobId: claim.jobId, domain: claim.domain, attempt: claim.attempt, outcome, answer },
      "domain done",
    );
  }

  /** What the database refuses for good ends the job: another attempt would meet the same refusal. */
  async function settle(claim: ScrapeClaim, result: ScrapeOutcome) {
    try {
      return { outcome: result.kind, ended: await record({ claim, outcome: result }) };
    } catch (error) {
      const fault = findPermanentFault(error);
      if (!fault) throw error;
      log.error(
        { ...describeFault(error, claim), constraint: fault.constraint, table: fault.table },
        "the database refuses what was found, so the job fails",
      );
      const outcome: StorageFailure = storageFailureOf(result);
      return { outcome: outcome.kind, ended: await record({ claim, outcome }) };
    }
  }

  function start(claim: ScrapeClaim): void {
    // Its lease ran out here: one visit to a site at a time, even then.
    const older = Array.from(running).filter((entry) => entry.claim.jobId === claim.jobId);
    for (const { abort } of older) abort.abort();
    const abort = new AbortController();
    if (drained) abort.abort();
    const entry: Running = {
      claim,
      abort,
      waiting: false,
      left: false,
      done: Promise.resolve(),
    };
    running.add(entry);
    entry.done = work(entry, Promise.all(older.map(({ done }) => done)))
      .catch((error: unknown) => {
        log.error(
          describeFault(error, claim),
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
    if (orders.isDraining) return 0;
    const visiting = Array.from(running).filter((entry) => !entry.waiting && !entry.left).length;
    return Math.min(options.concurrency - visiting, 2 * options.concurrency - running.size);
  }

  async function claimLoop(): Promise<void> {
    let failures = 0;
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
        ).then(
          (found) => {
            outage.succeeded("claiming");
            failures = 0;
            return found;
          },
          (error: unknown) => {
            outage.failed("claiming", describeFault(error));
            failures++;
            return [];
          },
        );
        events.leasesLost(claims.filter(followsLost).length);
        claims.forEach(start);
        isShort = claims.length < free;
        if (!isShort) continue;
      }
      const woken = failures === 0 ? [placeFree.signal] : [];
      await sleep(
        backOff(intervals.poll, failures, PAUSE_MAX_MS),
        AbortSignal.any([...woken, stopping.signal]),
      );
      // Domains end in bursts: one claim for several of them costs less than one each.
      await sleep(intervals.gather, stopping.signal);
    }
  }

  async function every(
    ms: number,
    what: string,
    task: () => Promise<unknown>,
    longestMs = PAUSE_MAX_MS,
  ): Promise<void> {
    let failures = 0;
    while (!ended.signal.aborted) {
      await task().then(
        () => {
          outage.succeeded(what);
          failures = 0;
        },
        (error: unknown) => {
          outage.failed(what, describeFault(error));
          failures++;
        },
      );
      await sleep(backOff(ms, failures, longestMs), ended.signal);
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
    const claims = Array.from(running, ({ claim }) => claim);
    const over = await step("cancelled", () => findUnwanted(database.db, claims));
    for (const { claim, abort } of running) {
      if (over.has(claim.jobId)) abort.abort();
    }
  }

  const each = (ms: number, what: string, name: string, task: (db: Db) => Promise<unknown>) =>
    every(ms, what, () => step(name, () => task(database.db)));

  let refilledTo = FIRST_BATCH;
  const sweeps = [
    ...sweepsOf(queue, intervals, log, options.auditDays ?? AUDIT_DAYS.default, deliverer, events),
    ...orders.sweeps(intervals, () => running.size),
  ];

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
        listenForWork(database, () => placeFree.abort(), outage, stopping.signal),
        every(intervals.cancelled, "looking for cancelled jobs", abortCancelled),
        // A lease outlasts two pauses of this length, and no longer ones.
        every(intervals.touch, "renewing leases", touch, intervals.touch),
        ...sweeps.map(({ ms, what, name, task }) => each(ms, what, name, task)),
        each(intervals.refill, "refilling the queue", "refill", async (db) => {
          refilledTo = await refill(db, queue, refilledTo);
        }),
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
      await deliverer?.stop();
      await finished;
      await orders.leave();
    },
  };
}
