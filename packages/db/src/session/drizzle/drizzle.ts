import {
  PgDatabase,
  type PgDialect,
  PgPreparedQuery,
  type PgQueryResultHKT,
  PgSession,
  type PgTransaction,
  type PreparedQueryConfig,
  type SelectedFieldsOrdered,
} from "drizzle-orm/pg-core";
import { fillPlaceholders, type Query } from "drizzle-orm/sql";
import { DatabaseError } from "../errors/database-error.ts";
import { type Executor, STATEMENTS } from "../scope/raw-sql.ts";
import { forCaller, type Statements } from "../scope/statements.ts";
import { type ResultColumn, parseRows, type StatementResult } from "../sql/results.ts";
import type { CallOptions, StatementOptions } from "../wire/statement.ts";
import { SlotDialect } from "./dialect.ts";
import { type JoinsNotNullable, rowMapper } from "./row-mapper.ts";

interface SlotResultHKT extends PgQueryResultHKT {
  type: StatementResult<this["row"]>;
}

type NoSchema = Record<string, never>;
export type Builder = PgDatabase<SlotResultHKT, NoSchema, NoSchema>;

// Its type hides what its private members are, and Drizzle takes nothing but its own class.
const dialect = new SlotDialect() as unknown as PgDialect;

/** Drizzle makes rows of arrays, or of arrays of them where it maps relations by itself. */
type RowsMapper = (rows: unknown[][]) => unknown;

/** What Drizzle runs a query by. Errors are ours: its own would put SQL and parameters into a message. */
class SlotQuery<T extends PreparedQueryConfig> extends PgPreparedQuery<T> {
  readonly #statements: Statements;
  readonly #query: Query;
  readonly #fields: SelectedFieldsOrdered | undefined;
  readonly #hasPlaceholders: boolean;
  readonly #name: string | undefined;
  readonly #mapRows: RowsMapper | undefined;
  /** Made for the columns of an answer, which stay the same as a rule. */
  #mapRow: { columns: readonly ResultColumn[]; map(row: unknown[]): unknown } | undefined;
  /** Drizzle sets it after the query is made. */
  declare joinsNotNullableMap: JoinsNotNullable;

  constructor(
    statements: Statements,
    query: Query,
    fields: SelectedFieldsOrdered | undefined,
    mapRows: RowsMapper | undefined,
    name: string | undefined,
  ) {
    super(query, undefined, undefined);
    this.#statements = statements;
    this.#query = query;
    this.#fields = fields;
    this.#mapRows = mapRows;
    this.#name = name;
    this.#hasPlaceholders = query.params.some((one) => typeof one === "object" && one !== null);
  }

  execute(values: Record<string, unknown> = {}): Promise<T["execute"]> {
    const name = this.#name;
    const isMapped = this.#mapRows !== undefined || this.#fields !== undefined;
    const options = isMapped ? { rows: "arrays" as const, single: true, name } : { name };
    let answer: Promise<StatementResult>;
    try {
      answer = this.#statements.query(this.#query.sql, this.#parameters(values), options);
    } catch (error) {
      answer = Promise.reject(error);
    }
    return forCaller(this.#statements, answer, (result) => {
      if (isMapped) return this.#map(result);
      parseRows(result, "text");
      return result;
    });
  }

  #parameters(values: Record<string, unknown>): unknown[] {
    const { params } = this.#query;
    return this.#hasPlaceholders ? fillPlaceholders(params, values) : params;
  }

  #map(result: StatementResult): unknown {
    const rows = result as unknown as unknown[][];
    if (this.#mapRows) return this.#mapRows(rows);
    const { columns = [] } = result;
    if (this.#mapRow?.columns !== columns) {
      const map = rowMapper(this.#fields!, columns, this.joinsNotNullableMap);
      this.#mapRow = { columns, map };
    }
    return rows.map(this.#mapRow.map);
  }
}

class SlotSession extends PgSession<SlotResultHKT, NoSchema, NoSchema> {
  readonly #statements: Statements;

  constructor(statements: Statements) {
    super(dialect);
    this.#statements = statements;
  }

  prepareQuery<T extends PreparedQueryConfig = PreparedQueryConfig>(
    query: Query,
    fields: SelectedFieldsOrdered | undefined,
    name: string | undefined,
    _arrayMode: boolean,
    mapRows?: (rows: unknown[][]) => T["execute"],
  ): PgPreparedQuery<T> {
    return new SlotQuery<T>(this.#statements, query, fields, mapRows, name);
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

/**
 * The same executor with options for every statement sent through it, so that a query builder's can
 * have them too: `withOptions(db, { timeoutMs: 500 }).select()…`. A name given to `.prepare` wins.
 * Transactions and savepoints begun on it have their own.
 */
export function withOptions<T extends Executor>(on: T, options: CallOptions): T {
  const statements = on[STATEMENTS];
  const { watch } = statements;
  const { transaction, savepoint } = on as Partial<Record<"transaction" | "savepoint", unknown>>;
  const builder = buildOn({
    query: (text, parameters, own) =>
      statements.query(text, parameters, { ...options, ...definedOf(own) }),
    ...(watch && { watch: watch.bind(statements) as typeof watch }),
    exclusive: (work, signal) => statements.exclusive(work, signal ?? options.signal),
  });
  const scopes = { ...(transaction ? { transaction } : {}), ...(savepoint ? { savepoint } : {}) };
  return Object.assign(builder, scopes) as unknown as T;
}

const definedOf = (options: StatementOptions = {}): StatementOptions =>
  Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));

/** A Drizzle query builder over any executor of statements; raw SQL finds the same executor in it. */
export function buildOn(statements: Statements): Builder & Executor {
  const builder = new PgDatabase<SlotResultHKT, NoSchema, NoSchema>(
    dialect,
    new SlotSession(statements),
    undefined,
  );
  return Object.assign(builder, { [STATEMENTS]: statements });
}
