import { setTimeout as delay } from "node:timers/promises";
import { executeRawSql, executeRawSqlOne } from "../session/scope/raw-sql.ts";
import type { Db, Tx } from "../session/types.ts";

/** Chosen once at random; every process that migrates takes this lock. */
const MIGRATE_LOCK = 7_104_551_982;
/** Taken besides by each migration's own transaction, which may outlive the other lock. */
const STEP_LOCK = 7_104_551_983;
const POLL_MS = 200;
const WATCH_MS = 1_000;

/**
 * Whatever the role's default: another isolation keeps the snapshot of its first statement to the end,
 * and an index built concurrently beside it would wait for that end, for ever.
 */
export const EACH_ITS_SNAPSHOT = { isolation: "read committed" } as const;

/** What is done under the lock; the signal fires when the lock is lost meanwhile. */
type Work<T> = (signal: AbortSignal) => Promise<T>;

/**
 * Runs `work` while this process alone migrates. The lock belongs to a transaction that stays open
 * beside the work, so that it holds behind a transaction pooler and goes with its process. Those
 * who wait ask again and again: one waiting inside the server would hold up an index built
 * concurrently, which waits for every older snapshot, for ever.
 *
 * @throws Error when another process still migrates after `waitMs`
 */
export async function withMigrationLock<T>(
  db: Db,
  { waitMs, log }: { waitMs: number; log: (line: string) => void },
  work: Work<T>,
): Promise<T> {
  const deadline = Date.now() + waitMs;
  for (let told = false; ; told = true) {
    const done = await tryWithLock(db, work);
    if (done) return done.result;
    if (Date.now() > deadline) {
      throw new Error(
        `another process has been migrating this database for ${Math.round(waitMs / 1_000)} s. ` +
          "Wait for it, or end it, and run this again.",
      );
    }
    if (!told) log("another process is migrating this database: waiting for it");
    await delay(POLL_MS);
  }
}

/** Undefined when somebody else has the lock. */
async function tryWithLock<T>(db: Db, work: Work<T>): Promise<{ result: T } | undefined> {
  let done: { result: T } | undefined;
  try {
    return await db.transaction(async (tx) => {
      if (!(await take(tx, MIGRATE_LOCK))) return undefined;
      await liftTimeouts(tx);
      const lost = new AbortController();
      const over = new AbortController();
      const watching = watch(tx, over.signal).catch((error: unknown) => lost.abort(error));
      try {
        done = { result: await work(lost.signal) };
        return done;
      } finally {
        over.abort();
        await watching;
      }
    }, EACH_ITS_SNAPSHOT);
  } catch (error) {
    // Once all is done it does not matter how the lock ended.
    if (done) return done;
    throw error;
  }
}

/** Rejects when the transaction that holds the lock is gone. */
async function watch(tx: Tx, until: AbortSignal): Promise<void> {
  for (;;) {
    await delay(WATCH_MS, undefined, { signal: until }).catch(() => {});
    if (until.aborted) return;
    // It takes no snapshot: an index built concurrently would wait for one until this transaction ends.
    await executeRawSql(tx, "show transaction_isolation");
  }
}

async function take(tx: Tx, lock: number): Promise<boolean> {
  const row = await executeRawSqlOne<{ taken: boolean }>(
    tx,
    "select pg_try_advisory_xact_lock(:lock) as taken",
    { lock },
  );
  return row?.taken === true;
}

/**
 * Takes the lock of a single migration for the transaction that runs it. Whoever lost the lock above
 * may still be in the middle of one: false until that one has ended.
 */
export const takeStepLock = (tx: Tx): Promise<boolean> => take(tx, STEP_LOCK);

/** A transaction that waits, for work beside it or for a table, outlives what roles are allowed. */
export async function liftTimeouts(tx: Tx): Promise<void> {
  // Servers before 17 know no transaction_timeout.
  await executeRawSql(
    tx,
    `select set_config(name, '0', true) from pg_settings
     where name in ('idle_in_transaction_session_timeout', 'transaction_timeout')`,
  );
}
