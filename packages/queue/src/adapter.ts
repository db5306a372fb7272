import { AsyncLocalStorage } from "node:async_hooks";
import { type Executor, executeForLibrary, findDatabaseError, type Tx } from "@scrapersky/db";
import type { Db as BossDb } from "pg-boss";

const callers = new AsyncLocalStorage<Tx>();

/**
 * Calls pg-boss for a transaction. What it reads by itself, such as its queues when it meets one first, goes the same way: on another
 * connection, as many callers as there are connections would each wait for one more.
 */
export const onBehalf = <T>(tx: Tx, work: (options: { db: BossDb }) => Promise<T>): Promise<T> =>
  callers.run(tx, () => work({ db: bossDb(tx) }));

/** pg-boss over our sessions: it opens no connection of its own. */
export function bossDb(executor: Executor): BossDb {
  return {
    async executeSql(text, values) {
      try {
        return await executeForLibrary(callers.getStore() ?? executor, text, values);
      } catch (error) {
        // pg-boss looks for the SQLSTATE where node-postgres has it.
        const sqlstate = findDatabaseError(error)?.sqlstate;
        throw error instanceof Error && sqlstate ? Object.assign(error, { code: sqlstate }) : error;
      }
    },
  };
}
