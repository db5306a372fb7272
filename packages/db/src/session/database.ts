import { type DatabaseConfig, parseConfig } from "./config.ts";
import { buildOn } from "./drizzle.ts";
import { DatabaseError, findDatabaseError } from "./errors.ts";
import { Pool, type PoolStats } from "./pool.ts";
import { Slot, type StatementOptions } from "./slot.ts";
import { Handle, runTransaction, type Statements, type TransactionOptions } from "./transaction.ts";
import type { Db, Session, Tx } from "./types.ts";

/** Longest a health check waits for its one statement. */
const HEALTH_TIMEOUT_MS = 2_000;
const DRAIN_DEFAULT_MS = 10_000;

export interface HealthResult {
  ok: boolean;
  latencyMs: number;
  /** Kind of the fault, without host, user or server text. */
  reason: string | undefined;
}

/** The product's connections to one database. */
export interface Database {
  readonly db: Db;
  /** Lends one connection to background work for as long as `work` runs. */
  withSession<T>(
    work: (session: Session) => Promise<T>,
    options?: { signal?: AbortSignal },
  ): Promise<T>;
  /** One statement through the pool, and one over a new connection to `directUrl`. Never throws. */
  health(): Promise<{ pooled: HealthResult; direct: HealthResult }>;
  stats(): PoolStats;
  /** Effective settings and translated URL parameters, without secrets, for one line of the log. */
  describe(): { settings: Record<string, string | number | boolean>; notes: string[] };
  /** Admits nobody any more, waits `drainMs` (default 10,000) for what runs, closes every connection. */
  close(options?: { drainMs?: number }): Promise<void>;
}

const asTx = (statements: Statements): Tx => buildOn(statements) as unknown as Tx;

type Begin = Db["transaction"];
const asDb = (statements: Statements, transaction: Begin): Db =>
  Object.assign(buildOn(statements), { transaction }) as unknown as Db;

/**
 * Opens the session factory. Connections are made when first needed.
 * @throws DatabaseError `configuration` when a setting is missing or wrong
 */
export function createDatabase(config: DatabaseConfig): Database {
  const { pool: options, notes } = parseConfig(config);
  const direct =
    config.directUrl === undefined
      ? options
      : parseConfig({ ...config, url: config.directUrl }, "DATABASE_DIRECT_URL").pool;
  const pool = new Pool(options);
  const defaults: StatementOptions = pool.withDeadline({});

  async function lend<T>(
    work: (slot: Slot) => Promise<T>,
    signal: AbortSignal | undefined,
  ): Promise<T> {
    const slot = await pool.acquire(signal);
    try {
      return await work(slot);
    } finally {
      pool.release(slot);
    }
  }

  const db = asDb(pool, (work, begin: TransactionOptions = {}) =>
    lend(
      (slot) => runTransaction(slot, (handle) => work(asTx(handle)), begin, defaults),
      begin.signal,
    ),
  );

  const withSession: Database["withSession"] = (work, { signal } = {}) =>
    lend(async (slot) => {
      const handle = new Handle(slot, "session", defaults);
      let inTransaction = false;
      const begin: Begin = async (inner, beginOptions = {}) => {
        if (inTransaction)
          throw new DatabaseError("misuse", "this session is in a transaction already");
        inTransaction = true;
        try {
          return await runTransaction(slot, (tx) => inner(asTx(tx)), beginOptions, defaults);
        } finally {
          inTransaction = false;
        }
      };
      try {
        return await work(asDb(handle, begin));
      } finally {
        await handle.end();
      }
    }, signal);

  async function checkDirect(): Promise<void> {
    const slot = new Slot(direct);
    try {
      await slot.run("select 1", [], { timeoutMs: HEALTH_TIMEOUT_MS });
    } finally {
      await slot.close();
    }
  }

  return {
    db,
    withSession,
    health: async () => {
      const [pooled, directly] = await Promise.all([
        timed(() =>
          pool.query("select 1", [], {
            timeoutMs: HEALTH_TIMEOUT_MS,
            signal: AbortSignal.timeout(HEALTH_TIMEOUT_MS),
          }),
        ),
        timed(checkDirect),
      ]);
      return { pooled, direct: directly };
    },
    stats: () => pool.stats(),
    describe: () => ({
      settings: {
        tls: options.tls !== false,
        max: options.max,
        acquireTimeoutMs: options.acquireTimeoutMs,
        connectTimeoutMs: options.connectTimeoutMs,
        statementTimeoutMs: options.statementTimeoutMs,
        queueMax: options.queueMax,
        lifetimeMs: options.lifetimeMs,
        idleTimeoutMs: options.idleTimeoutMs,
        validateAfterMs: options.validateAfterMs,
        applicationName: options.applicationName,
      },
      notes,
    }),
    close: ({ drainMs = DRAIN_DEFAULT_MS } = {}) => pool.close(drainMs),
  };
}

async function timed(check: () => Promise<unknown>): Promise<HealthResult> {
  const start = performance.now();
  const latencyMs = () => Math.round((performance.now() - start) * 10) / 10;
  try {
    await check();
    return { ok: true, latencyMs: latencyMs(), reason: undefined };
  } catch (error) {
    return { ok: false, latencyMs: latencyMs(), reason: findDatabaseError(error)?.kind ?? "other" };
  }
}
