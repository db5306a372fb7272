import type { Database } from "@scrapersky/db";
import * as drizzleOrm from "drizzle-orm";
import {
  PgDatabase,
  PgDialect,
  type PgSession,
  type SelectedFieldsOrdered,
} from "drizzle-orm/pg-core";

// What the factory does by itself in Drizzle's place, taken back: Drizzle's own dialect writes the SQL, or its
// own mapper makes the rows. Both on the factory's session, so nothing else differs.

type JoinsNotNullable = Record<string, boolean> | undefined;

/** Exported by Drizzle, though its types do not say so. */
const { mapResultRow } = drizzleOrm as unknown as {
  mapResultRow(fields: SelectedFieldsOrdered, row: unknown[], joins: JoinsNotNullable): unknown;
};

/** Parts of a builder that its types hide. */
const partsOf = ({ db }: Database) => db as unknown as { dialect: PgDialect; session: PgSession };

const builderOf = (dialect: PgDialect, session: PgSession) =>
  new PgDatabase(dialect, session as never, undefined);

/** The factory's builder with Drizzle's dialect. */
export const withStockDialect = (database: Database) =>
  builderOf(new PgDialect(), partsOf(database).session);

/** The factory's builder with Drizzle's mapper of rows. */
export function withStockMapper(database: Database) {
  const { dialect, session } = partsOf(database);
  const prepareQuery: PgSession["prepareQuery"] = (query, fields = [], name, arrayMode) => {
    // Drizzle sets which tables of a join have a row for certain after the query is made.
    const map = (rows: unknown[][]) =>
      rows.map((row) => {
        const { joinsNotNullableMap } = prepared as { joinsNotNullableMap?: JoinsNotNullable };
        return mapResultRow(fields, row, joinsNotNullableMap);
      });
    const prepared = session.prepareQuery(query, fields, name, arrayMode, map as never);
    return prepared as never;
  };
  return builderOf(dialect, Object.create(session, { prepareQuery: { value: prepareQuery } }));
}
