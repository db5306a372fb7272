import { NoopCache } from "drizzle-orm/cache/core";
import { NoopLogger } from "drizzle-orm/logger";
import {
  PgDatabase,
  PgDialect,
  type PgPreparedQuery,
  type PgQueryResultHKT,
  PgSession,
  type PgTransaction,
  type PreparedQueryConfig,
  type SelectedFieldsOrdered,
} from "drizzle-orm/pg-core";
import { PostgresJsPreparedQuery } from "drizzle-orm/postgres-js";
import type { Query } from "drizzle-orm/sql";
import type { Sql } from "postgres";
import { DatabaseError } from "./errors.ts";
import { type Executor, STATEMENTS } from "./raw-sql.ts";
import { parseRows, type StatementResult } from "./results.ts";
import type { Statements } from "./statement.ts";

interface SlotResultHKT extends PgQueryResultHKT {
  type: StatementResult<this["row"]>;
}

type NoSchema = Record<string, never>;
export type Builder = PgDatabase<SlotResultHKT, NoSchema, NoSchema>;

const logger = new NoopLogger();
const cache = new NoopCache();
const dialect = new PgDialect();

/** Drizzle's own prepared query, without the wrapper error that would put SQL and parameters into a message. */
class SlotPreparedQuery<T extends PreparedQueryConfig> extends PostgresJsPreparedQuery<T> {
  protected queryWithCache<R>(
    _text: string,
    _parameters: unknown[],
    run: () => Promise<R>,
  ): Promise<R> {
    return run();
  }
}

/** The two calls Drizzle's prepared query makes on a driver, sent to our statements. */
function driverOf(statements: Statements): Sql {
  const unsafe = (text: string, parameters: unknown[]) => ({
    values: () => statements.query(text, parameters, { arrays: true, single: true }),
    // Awaited by Drizzle where no columns are mapped.
    // oxlint-disable-next-line unicorn/no-thenable
    then: <A, B>(resolve: (rows: StatementResult) => A, reject: (error: unknown) => B) =>
      statements
        .query(text, parameters)
        .then((result) => {
          parseRows(result, "text");
          return result;
        })
        .then(resolve, reject),
  });
  return { unsafe } as unknown as Sql;
}

class SlotSession extends PgSession<SlotResultHKT, NoSchema, NoSchema> {
  readonly #driver: Sql;

  constructor(statements: Statements) {
    super(dialect);
    this.#driver = driverOf(statements);
  }

  prepareQuery<T extends PreparedQueryConfig = PreparedQueryConfig>(
    query: Query,
    fields: SelectedFieldsOrdered | undefined,
    _name: string | undefined,
    arrayMode: boolean,
    mapper?: (rows: unknown[][]) => T["execute"],
  ): PgPreparedQuery<T> {
    return new SlotPreparedQuery<T>(
      this.#driver,
      query.sql,
      query.params,
      logger,
      cache,
      undefined,
      undefined,
      fields,
      arrayMode,
      false,
      mapper,
    );
  }

  transaction<R>(
    _work: (tx: PgTransaction<SlotResultHKT, NoSchema, NoSchema>) => Promise<R>,
  ): Promise<R> {
    throw new DatabaseError(
      "misuse",
      "a transaction is begun by Db.transaction, at an edge, and nowhere else",
    );
  }
}

/** A Drizzle query builder over any executor of statements; raw SQL finds the same executor in it. */
export function buildOn(statements: Statements): Builder & Executor {
  const builder = new PgDatabase<SlotResultHKT, NoSchema, NoSchema>(
    dialect,
    new SlotSession(statements),
    undefined,
  );
  return Object.assign(builder, { [STATEMENTS]: statements });
}
