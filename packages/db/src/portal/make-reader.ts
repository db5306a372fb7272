import { findDatabaseError } from "../session/errors/database-error.ts";
import { executeForLibrary, executeRawSqlOne } from "../session/scope/raw-sql.ts";
import type { Tx } from "../session/types.ts";

/** Who read-only SQL runs as. Roles belong to a whole server: databases of one server share it. It has no rights of its own. */
export const READER = "scrapersky_reader";

export const MAKE_READER = `create role ${READER} nologin noinherit;`;
export const lendReader = (user: string): string => `grant ${READER} to ${user};`;

/**
 * Makes the reading role, where this login may make one. It cannot fail a migration: what could not be done is told by
 * `log`, and read-only SQL is off until it is.
 */
export async function makeReader(tx: Tx, log: (line: string) => void): Promise<void> {
  if (await canBecome(tx)) return;
  await attempt(tx, MAKE_READER);
  const user = await executeRawSqlOne<{ name: string }>(
    tx,
    "select quote_ident(current_user) as name",
  );
  await attempt(tx, lendReader(user?.name ?? "current_user"));
  if (await canBecome(tx)) return;
  log("read-only SQL is off: this login may make no role; the page SQL says what to run");
}

/** Nothing of what is refused stays. */
async function attempt(tx: Tx, statement: string): Promise<void> {
  await tx
    .savepoint((inner) => executeForLibrary(inner, statement))
    .catch((error: unknown) => {
      if (findDatabaseError(error)?.sqlstate === undefined) throw error;
    });
}

const undo = new Error("rolled back");

async function canBecome(tx: Tx): Promise<boolean> {
  try {
    await tx.savepoint(async (inner) => {
      await executeForLibrary(inner, `set local role ${READER}`);
      throw undo;
    });
  } catch (error) {
    if (error === undo) return true;
    if (findDatabaseError(error)?.sqlstate === undefined) throw error;
  }
  return false;
}
