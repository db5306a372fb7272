import { type Database, defineStatement, executeRawSql, type Tx } from "@scrapersky/db";
import {
  type CommandResponse,
  type ConstructorOptions,
  type GroupConcurrencyConfig,
  PgBoss,
} from "pg-boss";
import { bossDb } from "./adapter.ts";
import { findBusyDomains, giveBack, restartTime } from "./give-back.ts";
import {
  expireSeconds,
  fairPriority,
  LEASE_SECONDS,
  SCRAPE,
  SCRAPE_ATTEMPTS_MAX,
  type ScrapeClaim,
  type ScrapeMessage,
} from "./scrape-message.ts";

/** Messages whose workers vanished on every attempt; the queue moves them here by itself. */
const LOST = "scrape-domain-lost";

const CONCURRENT_MAX = 100;
const INSERT_CHUNK = 5_000;
const RETRY_DELAY_SECONDS = 2;
const RETRY_DELAY_SECONDS_MAX = 60;
const SUPERVISE_SECONDS_DEFAULT = 5;

/** Each batch brings its own limit: the tier's name is the number. */
const groupConcurrency: GroupConcurrencyConfig = {
  default: 1,
  tiers: Object.fromEntries(
    Array.from({ length: CONCURRENT_MAX }, (_, index) => [String(index + 1), index + 1]),
  ),
};

export interface QueueOptions {
  /** True in a worker: watches leases and keeps the queue's tables tidy. */
  supervise?: boolean;
  /** Seconds between two looks at the leases: they add to the time until a worker's death is noticed. Default 5. */
  superviseSeconds?: number;
  onError?: (error: Error) => void;
}

/** Scrape messages over the session factory. Whatever takes a `tx` commits or vanishes with it. */
export interface Queue {
  start(): Promise<void>;
  stop(): Promise<void>;
  sendScrapes(tx: Tx, messages: readonly ScrapeMessage[]): Promise<void>;
  /** Withdraws messages, claimed or not; a claim on one is lost. */
  cancelScrapes(tx: Tx, jobIds: readonly string[]): Promise<void>;
  /**
   * Leases up to `limit` messages, never more of a batch than its `maxConcurrent` and never two of one
   * domain, over all workers. `visiting` names what the caller has not left yet, claimed still or not.
   */
  claimScrapes(tx: Tx, limit: number, visiting?: readonly Visiting[]): Promise<ScrapeClaim[]>;
  /** Settles a claim for good; false when the lease is no longer ours. */
  completeScrape(tx: Tx, claim: ScrapeClaim): Promise<boolean>;
  /** Gives a claim back for a later try, after `delayMs` or a growing pause; false when the lease is no longer ours. */
  retryScrape(tx: Tx, claim: ScrapeClaim, delayMs?: number): Promise<boolean>;
  /** Undoes a claim: the message is offered again at once, its attempt unused; false when the lease is no longer ours. */
  releaseScrape(tx: Tx, claim: ScrapeClaim): Promise<boolean>;
  /** Says that the claims are still being worked on; the time of those that have yet to begin starts now. */
  touchScrapes(claims: readonly ScrapeClaim[], waiting?: readonly ScrapeClaim[]): Promise<void>;
  /** Takes jobs whose workers vanished on their last attempt; they leave the queue with `tx`. */
  takeLost(tx: Tx, limit: number): Promise<string[]>;
}

/** A site that somebody is at, and for which job. */
export type Visiting = Pick<ScrapeClaim, "jobId" | "domain">;

/** The library's type of this answer is empty; a queue test holds the field. */
const settled = (response: CommandResponse): boolean =>
  (response as { affected: number }).affected === 1;

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

/** Any constants will do, as long as everyone takes the same ones. */
const INSTALL_LOCK = 7_255_201;
const CLAIM_LOCK = 7_255_202;
/** Until the transaction ends. */
const locked = defineStatement("select from pg_advisory_xact_lock(:lock::int8)");

/** Looks into the queue in one claim when what they bring has to wait for its site. */
const CLAIM_LOOKS_MAX = 10;

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
  const attemptOf = (claim: ScrapeClaim) => ({ id: claim.jobId, retryCount: claim.attempt - 1 });

  /** In the order of the queue: the first in their batches, then the oldest. */
  async function fetchScrapes(tx: Tx, limit: number): Promise<ScrapeClaim[]> {
    const fetched = await boss.fetch<ScrapeMessage>(SCRAPE, {
      batchSize: limit,
      groupConcurrency,
      includeMetadata: true,
      db: bossDb(tx),
    });
    return fetched
      .toSorted(
        (one, other) =>
          one.data.position - other.data.position || +one.createdOn - +other.createdOn,
      )
      .map((job) => ({
        ...job.data,
        attempt: job.retryCount + 1,
        last: job.retryCount >= job.retryLimit,
      }));
  }

  return {
    start: async () => {
      await boss.start();
    },
    stop: () => boss.stop({ graceful: false }),

    async sendScrapes(tx, messages) {
      for (let at = 0; at < messages.length; at += INSERT_CHUNK) {
        const jobs = messages.slice(at, at + INSERT_CHUNK).map((message) => ({
          id: message.jobId,
          data: message,
          priority: fairPriority(message.position),
          expireInSeconds: expireSeconds(message.maxPages),
          group: { id: message.batchId, tier: String(message.maxConcurrent) },
        }));
        await boss.insert(SCRAPE, jobs, { db: bossDb(tx) });
      }
    },

    async cancelScrapes(tx, jobIds) {
      if (jobIds.length > 0) await boss.cancel(SCRAPE, [...jobIds], { db: bossDb(tx) });
    },

    async claimScrapes(tx, limit, visiting = []) {
      // A batch's limit and the rule of one visit per site are judged on what others have committed.
      await executeRawSql(tx, locked, { lock: CLAIM_LOCK });
      const claims: ScrapeClaim[] = [];
      for (let look = 0; look < CLAIM_LOOKS_MAX; look++) {
        const wanted = limit - claims.length;
        const offered = await fetchScrapes(tx, wanted);
        if (offered.length === 0) break;
        const busy = await findBusyDomains(tx, offered);
        const waiting = [];
        for (const claim of offered) {
          const here = visiting.find(({ domain }) => domain === claim.domain);
          if (busy.has(claim.domain) || (here && here.jobId !== claim.jobId)) waiting.push(claim);
          else claims.push(claim);
          busy.add(claim.domain);
        }
        await giveBack(tx, waiting, "wait");
        if (claims.length === limit || (waiting.length === 0 && offered.length < wanted)) break;
      }
      return claims.toSorted((one, other) => one.position - other.position);
    },

    async completeScrape(tx, claim) {
      return settled(await boss.complete(SCRAPE, attemptOf(claim), null, { db: bossDb(tx) }));
    },

    async retryScrape(tx, claim, delayMs) {
      const ours = settled(await boss.fail(SCRAPE, attemptOf(claim), null, { db: bossDb(tx) }));
      if (ours && delayMs !== undefined) {
        const startAfter = new Date(Date.now() + delayMs);
        await boss.update(SCRAPE, undefined, { id: claim.jobId, startAfter, db: bossDb(tx) });
      }
      return ours;
    },

    async releaseScrape(tx, claim) {
      return (await giveBack(tx, [claim], "at once")) === 1;
    },

    async touchScrapes(claims, waiting = []) {
      await restartTime(database.db, waiting);
      if (claims.length > 0) await boss.touch(SCRAPE, claims.map(attemptOf));
    },

    async takeLost(tx, limit) {
      const lost = await boss.fetch<ScrapeMessage>(LOST, { batchSize: limit, db: bossDb(tx) });
      if (lost.length === 0) return [];
      await boss.complete(
        LOST,
        lost.map((job) => job.id),
        null,
        { db: bossDb(tx) },
      );
      return lost.map((job) => job.data.jobId);
    },
  };
}
