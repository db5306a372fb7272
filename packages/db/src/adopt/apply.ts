import { liftTimeouts, takeStepLock } from "../migration/lock.ts";
import type { Migration } from "../migration/read-migrations.ts";
import { findDatabaseError } from "../session/errors/database-error.ts";
import { executeForLibrary } from "../session/scope/raw-sql.ts";
import type { Db } from "../session/types.ts";
import { type PlannedAdoption, planAdoption } from "./plan.ts";

/** An adoption that was not done, or undone. The message says why, in words for a person. */
export class AdoptionError extends Error {
  override readonly name = "AdoptionError";
}

/** Plans an adoption and leaves the database as it is. */
export const readAdoptionPlan = (db: Db, migrations: Migration[]): Promise<PlannedAdoption> =>
  db.transaction((tx) => planAdoption(tx, migrations), {
    isolation: "repeatable read",
    readOnly: true,
  });

/**
 * Does what a plan says, in one transaction: all of it or nothing. The tables stay locked until its
 * end. Refuses when the rows or tables are not those of the plan any more.
 *
 * @param fingerprint of the plan that was shown
 * @throws AdoptionError, with nothing done; OutcomeUnknownError when the answer to COMMIT was lost
 */
export async function applyAdoption(
  db: Db,
  migrations: Migration[],
  fingerprint: string,
  log: (line: string) => void = () => {},
): Promise<PlannedAdoption> {
  try {
    return await db.transaction(
      async (tx) => {
        if (!(await takeStepLock(tx))) {
          throw new AdoptionError("another process migrates or adopts this database: wait for it");
        }
        await liftTimeouts(tx);
        const plan = await planAdoption(tx, migrations);
        if (plan.fingerprint !== fingerprint) {
          throw new AdoptionError(
            "rows or tables changed since the plan was made, so nothing was done: look at the new plan",
          );
        }
        if (plan.obstacles.length > 0) {
          throw new AdoptionError(`nothing was done: ${plan.obstacles.join("; ")}`);
        }
        for (const [index, statement] of plan.forward.entries()) {
          if (index % PROGRESS_EVERY === 0) log(`${index} of ${plan.forward.length} statements`);
          await executeForLibrary(tx, statement);
        }
        return plan;
      },
      { isolation: "read committed" },
    );
  } catch (error) {
    throw explain(error);
  }
}

const PROGRESS_EVERY = 50;

function explain(error: unknown): unknown {
  const known = findDatabaseError(error);
  if (!known || known.outcomeUnknown) return error;
  if (known.sqlstate === "55P03") {
    return new AdoptionError(
      "a table is in use, so nothing was done: stop the first system and what else writes, and try again",
      { cause: error },
    );
  }
  // The server's own words: they name a table, a view or a rule, and the owner asked.
  const { message = known.message, detail } = known.server ?? {};
  const reason = detail === undefined ? message : `${message} (${detail})`;
  return new AdoptionError(`the adoption failed and was undone: ${reason}`, { cause: error });
}
