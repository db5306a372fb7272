import { type Executor, executeRawSql, executeRawSqlOne } from "../session/scope/raw-sql.ts";

// A program and a database that are not of one version. A program's version is the newest migration that
// it was built with; a migration says which programs may run on what it makes.

/** The newest migration of this program: changed together with the folder. */
export const NEWEST_MIGRATION = "0055_contacts_in_order";

/** This program would run on tables that it does not know. The message says what to deploy. */
export class ProgramTooOld extends Error {
  override readonly name = "ProgramTooOld";
}

/** A migration's number, by which they are ordered: `0006`. */
const numberOf = (name: string): string => name.slice(0, 4);

/**
 * Migrations of the database that this program does not know, in their order, all of which it may run on.
 * @param own the newest migration of the program that asks
 * @throws ProgramTooOld when one of them says that it needs a newer program
 */
export async function findLaterMigrations(
  executor: Executor,
  own: string = NEWEST_MIGRATION,
): Promise<string[]> {
  const table = await executeRawSqlOne<{ present: boolean }>(
    executor,
    "select to_regclass('app.migrations') is not null as present",
  );
  if (!table?.present) return [];
  // Tables of older versions do not have the column.
  const rows = await executeRawSql<{ name: string; lowest: string | null }>(
    executor,
    `select name, to_jsonb(m) ->> 'lowest_program' as lowest from app.migrations m
     where left(name, 4) > :own order by name`,
    { own: numberOf(own) },
  );
  const later = rows.map(({ name }) => name);
  const lowest = rows
    .map((row) => row.lowest ?? "")
    .reduce((one, two) => (one > two ? one : two), "");
  if (lowest > numberOf(own)) {
    throw new ProgramTooOld(
      `this program is too old for the database: a newer version migrated it to ${later.at(-1)}, which needs ` +
        `a program that knows migration ${lowest}, and this one ends at ${own}. Start the newer version.`,
    );
  }
  return later;
}

/** What a person is told of a database that is newer than the program. */
export const describeLater = (later: readonly string[]): string =>
  `a newer version migrated the database to ${later.at(-1)}; this program may run on it`;
