import {
  type Database,
  defineStatement,
  executeRawSql,
  type Reader,
  type Tx,
} from "@scrapersky/db";
import { type ConstructorOptions, PgBoss } from "pg-boss";
import { bossDb, onBehalf } from "./adapter.ts";
import {
  expireSeconds,
  LEASE_SECONDS,
  LOST,
  SCRAPE,
  SCRAPE_ATTEMPTS_MAX,
  type ScrapeClaim,
  type ScrapeMessage,
} from "./scrape-message.ts";
import { type ClaimedMessage, countMessages, findClaimed, type QueueCounts } from "./inspect.ts";
import { findPauses, pauseQueue, type QueuePause, resumeQueue } from "./pause.ts";
import { take, type Turn } from "./turn.ts";
import { tellWorkers } from "./work-channel.ts";
import {
  type BatchOf,
  countPlaces,
  eraseSites,
  findUnknown,
  giveBack,
  installWindow,
  settle,
  touch,
  withdraw,
  withdrawJobs,
} from "./window.ts";

const RETRY_DELAY_SECONDS = 2;
const RETRY_DELAY_SECONDS_MAX = 60;
const SUPERVISE_SECONDS_DEFAULT = 5;
/** Looks into the queue in one claim when what they bring has to wait for its site. */
const CLAIM_LOOKS_MAX = 10;
/** And of those, looks that bring nothing, because others are claiming the same. */
const FRUITLESS_LOOKS_MAX = 2;

export interface QueueOptions {
  /** True in a worker: watches leases and keeps the queue's tables tidy. */
  supervise?: boolean;
  /** Seconds between two looks at the leases: they add to the time until a worker's death is noticed. Default 5. */
  superviseSeconds?: number;
  /** True where people and programs ask for scrapes: who listens hears at once of what is sent. */
  tellWorkers?: boolean;
  onError?: (error: Error) => void;
}

/**
 * Scrape messages over the session factory. Whatever takes a `tx` commits or vanishes with it. The queue holds what may
 * run now, so a claim asks for no limit: whoever sends keeps each batch to its own (`countPlaces`).
 */
export interface Queue {
  start(): Promise<void>;
  stop(): Promise<void>;
  sendScrapes(tx: Tx, messages: readonly ScrapeMessage[]): Promise<void>;
  /** Places that each batch holds, by its id: messages that run or may run. */
  countPlaces(tx: Tx, batches: readonly BatchOf[]): Promise<Map<string, number>>;
  /** Puts `mark` for names of sites that a regular expression of Postgres finds; gives how many messages had them. */
  eraseSites(tx: Tx, of: { tenantId: string; pattern: string; mark: string }): Promise<number>;
  /** Withdraws all messages of a batch, claimed or not; a claim on one is lost. Gives the ids of their jobs. */
  withdrawScrapes(tx: Tx, batch: BatchOf): Promise<string[]>;
  /** Withdraws the messages of single jobs, claimed, given up or not; a claim on one is lost. */
  withdrawJobs(tx: Tx, jobIds: readonly string[]): Promise<void>;
  /**
   * Leases up to `limit` messages, of tenants in turn and of their batches in turn, and never two of one domain, over
   * all workers; none while the queue is paused. `visiting` names what the caller has not left yet, claimed still or not.
   */
  claimScrapes(tx: Tx, limit: number, visiting?: readonly Visiting[]): Promise<Claimed>;
  /** Settles claims for good; gives the ids of those whose lease was still ours. */
  settleScrapes(tx: Tx, claims: readonly ScrapeClaim[]): Promise<Set<string>>;
  /** Undoes a claim: the message is offered again at once, its attempt unused; false when the lease is no longer ours. */
  releaseScrape(tx: Tx, claim: ScrapeClaim): Promise<boolean>;
  /** Says that the claims are still being worked on; the time of those that have yet to begin starts now. */
  touchScrapes(claims: readonly ScrapeClaim[], waiting?: readonly ScrapeClaim[]): Promise<void>;
  /** Takes jobs whose workers vanished on their last attempt; they leave the queue with `tx`. */
  takeLost(tx: Tx, limit: number): Promise<LostJob[]>;
  /** Of these jobs, those that the queue holds no message of. */
  findUnknown(tx: Tx, jobIds: readonly string[]): Promise<string[]>;
  /** How many messages each queue has, and for how long the oldest has waited. */
  countMessages(reader: Reader): Promise<QueueCounts[]>;
  /** What is claimed, the oldest claims first. */
  findClaimed(reader: Reader, limit: number): Promise<ClaimedMessage[]>;
  /** Once it is committed no claim of the queue begins; what is claimed goes on. False where it was paused already. */
  pauseQueue(tx: Tx, pause: { queue: string; by: string | null }): Promise<boolean>;
  /** False where it was not paused. */
  resumeQueue(tx: Tx, queue: string): Promise<boolean>;
  findPauses(reader: Reader): Promise<QueuePause[]>;
}

export interface LostJob {
  jobId: string;
  /** Whether its last worker ever gave a sign of life while it was at the site. */
  begun: boolean;
}

export interface Claimed {
  claims: ScrapeClaim[];
  /** Jobs whose sites somebody is at: they have left the queue, and are the caller's to send again later. */
  busy: string[];
}

/** A site that somebody is at, and for which job. */
export type Visiting = Pick<ScrapeClaim, "jobId" | "domain">;

const queueOptions = (
  database: Database,
  extra: Partial<ConstructorOptions>,
): ConstructorOptions => ({
  db: bossDb(database.db),
  schema: "pgboss",
  schedule: false,
  migrate: false,
  createSchema: false,
  ...extra,
});

/** Any constant will do, as long as everyone takes the same one. */
const INSTALL_LOCK = 7_255_201;
/** Until the transaction ends. */
const locked = defineStatement("select from pg_advisory_xact_lock(:lock::int8)");

/** Creates or upgrades the queue's tables. Safe to run twice and at once; needs two connections. */
export async function installQueue(database: Database): Promise<void> {
  const boss = new PgBoss(
    queueOptions(database, { migrate: true, createSchema: true, supervise: false }),
  );
  boss.on("error", () => {});
  const scrape = {
    retryLimit: SCRAPE_ATTEMPTS_MAX - 1,
    retryDelay: RETRY_DELAY_SECONDS,
    retryBackoff: true,
    retryDelayMax: RETRY_DELAY_SECONDS_MAX,
    heartbeatSeconds: LEASE_SECONDS,
    deleteAfterSeconds: 86_400,
    retentionSeconds: 30 * 86_400,
    deadLetter: LOST,
  };
  // The lock belongs to a transaction, so it works behind a pooler; pg-boss installs beside it.
  await database.db.transaction(async (tx) => {
    await executeRawSql(tx, locked, { lock: INSTALL_LOCK });
    await boss.start();
    try {
      await boss.createQueue(LOST, { retentionSeconds: 14 * 86_400 });
      await boss.createQueue(SCRAPE, scrape);
      await boss.updateQueue(SCRAPE, scrape);
    } finally {
      await boss.stop({ graceful: false });
    }
    await installWindow(tx);
  });
}

export function createQueue(database: Database, options: QueueOptions = {}): Queue {
  const superviseSeconds = options.superviseSeconds ?? SUPERVISE_SECONDS_DEFAULT;
  const boss = new PgBoss(
    queueOptions(database, {
      supervise: options.supervise ?? false,
      superviseIntervalSeconds: superviseSeconds,
      monitorIntervalSeconds: superviseSeconds,
    }),
  );
  boss.on("error", (error) => options.onError?.(error));
  const turn: Turn = { tenant: "", batches: new Map() };

  return {
    start: async () => {
      await boss.start();
    },
    stop: () => boss.stop({ graceful: false }),

    async sendScrapes(tx, messages) {
      if (messages.length === 0) return;
      const jobs = messages.map((message) => ({
        id: message.jobId,
        data: message,
        // A batch runs in the order of its lines.
        priority: -message.position,
        expireInSeconds: expireSeconds(message.maxPages),
        retryLimit: Math.max(0, SCRAPE_ATTEMPTS_MAX - 1 - message.tries + (message.earlier ?? 0)),
        group: { id: message.batchId, tier: message.tenantId },
      }));
      await onBehalf(tx, (options) => boss.insert(SCRAPE, jobs, options));
      if (options.tellWorkers) await tellWorkers(tx);
    },

    countPlaces,
    withdrawScrapes: withdraw,
    withdrawJobs,
    eraseSites,

    async claimScrapes(tx, limit, visiting = []) {
      const claims: ScrapeClaim[] = [];
      const busy: string[] = [];
      const isHere = ({ jobId, domain }: Visiting) =>
        visiting.some((here) => here.domain === domain && here.jobId !== jobId);
      let fruitless = 0;
      for (let look = 0; look < CLAIM_LOOKS_MAX && claims.length < limit; look++) {
        const found = await take(tx, turn, limit - claims.length, isHere);
        claims.push(...found.claims);
        busy.push(...found.busy);
        if (found.claims.length + found.busy.length === 0) fruitless++;
        if (!found.more || fruitless > FRUITLESS_LOOKS_MAX) break;
      }
      return { claims, busy };
    },

    settleScrapes: settle,
    releaseScrape: giveBack,
    touchScrapes: (claims, waiting = []) => touch(database.db, claims, waiting),

    async takeLost(tx, limit) {
      const lost = await onBehalf(tx, (options) =>
        boss.fetch<ScrapeMessage & { begun?: boolean }>(LOST, { batchSize: limit, ...options }),
      );
      if (lost.length === 0) return [];
      const jobIds = lost.map((job) => job.data.jobId);
      const ids = lost.map((job) => job.id);
      await onBehalf(tx, (options) => boss.complete(LOST, ids, null, options));
      await onBehalf(tx, (options) => boss.deleteJob(SCRAPE, jobIds, options));
      return lost.map(({ data }) => ({ jobId: data.jobId, begun: data.begun === true }));
    },

    findUnknown,
    countMessages,
    findClaimed,
    pauseQueue,
    resumeQueue,
    findPauses,
  };
}
