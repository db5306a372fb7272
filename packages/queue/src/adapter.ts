import { type Executor, executeForLibrary, findDatabaseError } from "@scrapersky/db";
import type { Db as BossDb } from "pg-boss";

/** pg-boss over our sessions: it opens no connection of its own. Inside a transaction, pass `tx`. */
export function bossDb(executor: Executor): BossDb {
  return {
    async executeSql(text, values) {
      try {
        return await executeForLibrary(executor, text, values);
      } catch (error) {
        // pg-boss looks for the SQLSTATE where node-postgres has it.
        const sqlstate = findDatabaseError(error)?.sqlstate;
        throw error instanceof Error && sqlstate ? Object.assign(error, { code: sqlstate }) : error;
      }
    },
  };
}
