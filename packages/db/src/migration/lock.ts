import { setTimeout as delay } from "node:timers/promises";
import { executeRawSql, executeRawSqlOne } from "../session/raw-sql.ts";
import type { Db } from "../session/types.ts";

/** Chosen once at random; every process that migrates takes this lock. */
const MIGRATE_LOCK = 7_104_551_982;
const POLL_MS = 200;

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
  work: () => Promise<T>,
): Promise<T> {
  const deadline = Date.now() + waitMs;
  for (let told = false; ; told = true) {
    const done = await db.transaction(async (tx) => {
      const row = await executeRawSqlOne<{ taken: boolean }>(
        tx,
        "select pg_try_advisory_xact_lock(:lock) as taken",
        { lock: MIGRATE_LOCK },
      );
      if (!row?.taken) return undefined;
      await executeRawSql(tx, "set local idle_in_transaction_session_timeout = 0");
      return { result: await work() };
    });
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
