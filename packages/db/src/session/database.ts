import { type DatabaseConfig, type Description, parseConfig } from "./config/config.ts";
import type { PoolStats } from "./config/pool-options.ts";
import { buildOn } from "./drizzle/drizzle.ts";
import { findDatabaseError } from "./errors/database-error.ts";
import {
  checkHealth,
  createDirectCheck,
  HEALTH_TIMEOUT_MS,
  type HealthResult,
  identifyPooler,
  lookAtWays,
  type Pooler,
} from "./pool/health.ts";
import { Pool } from "./pool/pool.ts";
import { backoffMs, pause } from "./pool/retry.ts";
import { Handle } from "./scope/handle.ts";
import { needsOwnConnection, ownConnection } from "./scope/own-connection.ts";
import { type Apart, runApart } from "./scope/apart.ts";
import { PooledStatements } from "./scope/pooled-statements.ts";
import { forCaller, type Statements } from "./scope/statements.ts";
import { streamRows, type StreamOptions } from "./scope/stream.ts";
import { runTransaction, type TransactionOptions } from "./scope/transaction.ts";
import type { Db, OwnSession, Session, Tx } from "./types.ts";
import type { Slot } from "./wire/slot.ts";

const DRAIN_DEFAULT_MS = 10_000;
const TRANSACTION_TRIES = 3;
const TRANSACTION_PAUSE_MS = { first: 20, max: 500 };

/** The product's connections to one database. */
export interface Database {
  readonly db: Db;
  /** Opens the minimum of connections now instead of when they are needed. @throws DatabaseError */
  connect(signal?: AbortSignal): Promise<void>;
  /** Lends one connection to background work for as long as `work` runs. */
  withSession<T>(
    work: (session: Session) => Promise<T>,
    options?: { signal?: AbortSignal },
  ): Promise<T>;
  /**
   * A connection of one's own, for LISTEN, session locks and temporary tables; release it.
   * @param options.lasting it is kept on purpose, so that nobody tells of a leak
   * @throws DatabaseError `unsupported` behind a transaction pooler
   */
  session(options?: { signal?: AbortSignal; lasting?: boolean }): Promise<OwnSession>;
  /**
   * Opens a connection to `migrationUrl` for `work` alone and ends it afterwards, whatever was left on it.
   * @throws DatabaseError
   */
  apart<T>(work: (connection: Apart) => Promise<T>): Promise<T>;
  /** Batches of rows of any number; see `streamRows`. */
  stream<Row extends object = Record<string, unknown>>(
    sql: string,
    params?: Record<string, unknown>,
    options?: StreamOptions,
  ): AsyncGenerator<Row[], void, undefined>;
  /** One statement through the pool, and one over a new connection to `migrationUrl`. Never throws. */
  health(): Promise<{ pooled: HealthResult; direct: HealthResult; pooler: Pooler }>;
  stats(): PoolStats;
  /** What holds by now, without secrets, for one line of the log: a first connection tells the mode. */
  describe(): Description;
  /** Admits nobody any more, waits `drainMs` (default 10,000) for what runs, closes every connection. */
  close(options?: { drainMs?: number }): Promise<void>;
}

function asTx(handle: Handle): Tx {
  const savepoint: Tx["savepoint"] = (work) =>
    forCaller(
      handle,
      handle.savepoint((inner) => work(asTx(inner))),
      (result) => result,
    );
  return Object.assign(buildOn(handle), { savepoint }) as unknown as Tx;
}

type Begin = Db["transaction"];
const asDb = (statements: Statements, transaction: Begin): Db =>
  Object.assign(buildOn(statements), { transaction }) as unknown as Db;

/**
 * Opens the session factory. Connections are made when first needed, or by `connect`.
 * @throws DatabaseError `configuration` when a setting is missing or wrong
 */
export function createDatabase(config: DatabaseConfig): Database {
  const { pool: options, direct, mode, describe } = parseConfig(config);
  const pool = new Pool(options);
  const { hooks, statementTimeoutMs } = options;
  const defaults = { timeoutMs: statementTimeoutMs };
  let pooler: Promise<Pooler> | undefined;
  const directHealth = createDirectCheck(direct);

  /** One transaction on a lent slot, tried again as a whole when its caller allows that. */
  async function inTransaction<T>(
    lend: <R>(work: (slot: Slot) => Promise<R>) => Promise<R>,
    work: (tx: Tx) => Promise<T>,
    begin: TransactionOptions,
  ): Promise<T> {
    const tries = begin.retry === true ? TRANSACTION_TRIES : Number(begin.retry ?? 1) || 1;
    for (let attempt = 1; ; attempt++) {
      const startedAt = performance.now();
      const ended = (outcome: "committed" | "rolled_back" | "unknown" | "empty") =>
        hooks.transaction?.({ durationMs: performance.now() - startedAt, outcome, attempt });
      let lent = false;
      try {
        const { result, outcome } = await lend((slot) => {
          lent = true;
          return runTransaction(slot, (handle) => work(asTx(handle)), begin, defaults);
        });
        pool.budget.succeeded();
        ended(outcome);
        return result;
      } catch (error) {
        const failure = findDatabaseError(error)?.kind;
        if (lent) ended(failure === "outcome_unknown" ? "unknown" : "rolled_back");
        if (failure !== "serialization" || attempt >= tries || !pool.budget.take()) throw error;
        const { first, max } = TRANSACTION_PAUSE_MS;
        const pauseMs = backoffMs(attempt, first, max);
        hooks.retry?.({ what: "transaction", attempt, failure, pauseMs });
        await pause(pauseMs, begin.signal).catch(() => {
          throw error;
        });
      }
    }
  }

  const db = asDb(new PooledStatements(pool), (work, begin: TransactionOptions = {}) => {
    const taken = new Error("taken here");
    return inTransaction(
      (use) =>
        pool.exclusive((slot) => {
          pool.loans.begin(slot, "transaction", taken);
          return use(slot);
        }, begin.signal),
      work,
      begin,
    );
  });

  /** A builder whose statements and transactions all use this slot. */
  const sessionOn = (slot: Slot, tells: boolean): { session: Db; handle: Handle } => {
    const handle = new Handle(slot, { what: "session", tells, defaults });
    const session = asDb(handle, (work, begin: TransactionOptions = {}) =>
      forCaller(
        handle,
        handle.nest(() => inTransaction((use) => use(slot), work, begin)),
        (result) => result,
      ),
    );
    return { session, handle };
  };

  return {
    db,
    connect: (signal) => pool.connect(signal),
    withSession: (work, { signal } = {}) => {
      const taken = new Error("taken here");
      return pool.exclusive(async (slot) => {
        pool.loans.begin(slot, "session", taken);
        const { session, handle } = sessionOn(slot, true);
        try {
          const result = await work(session);
          await handle.finish();
          return result;
        } finally {
          await handle.end();
        }
      }, signal);
    },
    session: async ({ signal, lasting = false } = {}) => {
      if (mode.chosen && mode.kind === "transaction") {
        throw needsOwnConnection("this is a transaction pooler");
      }
      const taken = new Error("taken here");
      const slot = await pool.acquire(signal);
      if (slot.behindPooler && !mode.chosen) {
        pool.release(slot);
        throw needsOwnConnection("a pooler of unknown mode sits in between");
      }
      if (!lasting) pool.loans.begin(slot, "session", taken);
      slot.own = true;
      const { session, handle } = sessionOn(slot, false);
      const own = ownConnection(handle, slot, () => pool.release(slot));
      return Object.assign(session, own);
    },
    apart: (work) => runApart(direct, work),
    stream: (sql, params = {}, streamOptions = {}) => streamRows(pool, sql, params, streamOptions),
    health: () => {
      let behindPooler = false;
      const startedAt = performance.now();
      const through = checkHealth(async (text) => {
        const slot = await pool.acquire(undefined, HEALTH_TIMEOUT_MS);
        const timeoutMs = Math.max(1, HEALTH_TIMEOUT_MS - (performance.now() - startedAt));
        try {
          behindPooler = slot.behindPooler;
          return await slot.run(text, [], { timeoutMs, name: "health" });
        } finally {
          pool.release(slot);
        }
      });
      const identify = async ({ ok }: HealthResult): Promise<Pooler> => {
        if (ok) pooler ??= identifyPooler(options, behindPooler);
        const found = (await pooler) ?? { kind: "unknown" };
        // It may tell another time.
        if (found.kind === "unknown") pooler = undefined;
        return found;
      };
      return lookAtWays({ pooled: through, direct: directHealth(), identify });
    },
    stats: () => pool.stats(),
    describe: () => describe(pool.behindPooler),
    close: ({ drainMs = DRAIN_DEFAULT_MS } = {}) => pool.close(drainMs),
  };
}
