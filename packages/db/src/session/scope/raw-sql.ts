import { DatabaseError } from "../errors/database-error.ts";
import {
  bindNamed,
  type NamedStatement,
  parseNamedParameters,
  placeInOriginal,
} from "../sql/named-parameters.ts";
import { parseRows, type StatementResult } from "../sql/results.ts";
import type { DefinedStatement } from "../../statement/define-statement.ts";
import { type CallOptions, lastResult } from "../wire/statement.ts";
import { forCaller, type Statements } from "./statements.ts";

/** How raw SQL reaches the statements below a query builder. */
export const STATEMENTS: unique symbol = Symbol("statements");

/** Pool, session or transaction: whatever raw SQL may run on. */
export interface Executor {
  readonly [STATEMENTS]: Statements;
}

/** Values of a defined statement's parameters, each of which it needs; NULL is null, never undefined. */
type Given<Names extends string> = [Names] extends [never]
  ? [params?: Record<string, never>, options?: CallOptions]
  : [params: Readonly<Record<Names, {} | null>>, options?: CallOptions];

/**
 * Runs one statement with `:name` parameters: a defined one, whose names and row the compiler knows, or a
 * text. Rows are plain objects with the SQL's column names; dates, int8 and numeric are text as Postgres
 * prints them, JSON is parsed, arrays are arrays. Arrays of a type that the database made, such as an enum,
 * are text unless they are cast to `text[]`. Of a script the rows are those of its last statement.
 * @throws DatabaseError; `misuse` when a parameter is missing, unknown or undefined
 */
export function executeRawSql<Row extends object, Names extends string>(
  executor: Executor,
  statement: DefinedStatement<Row, Names>,
  ...given: Given<Names>
): Promise<Row[]>;
export function executeRawSql<Row extends object = Record<string, unknown>>(
  executor: Executor,
  sql: string,
  params?: Record<string, unknown>,
  options?: CallOptions,
): Promise<Row[]>;
export function executeRawSql(
  executor: Executor,
  sql: string | DefinedStatement,
  params: Record<string, unknown> = {},
  options?: CallOptions,
): Promise<unknown[]> {
  return run(executor, sql, params, options, (rows) => rows);
}

/** Like `executeRawSql`, for at most one row: the row, or undefined. Two rows are a `misuse` error. */
export function executeRawSqlOne<Row extends object, Names extends string>(
  executor: Executor,
  statement: DefinedStatement<Row, Names>,
  ...given: Given<Names>
): Promise<Row | undefined>;
export function executeRawSqlOne<Row extends object = Record<string, unknown>>(
  executor: Executor,
  sql: string,
  params?: Record<string, unknown>,
  options?: CallOptions,
): Promise<Row | undefined>;
export function executeRawSqlOne(
  executor: Executor,
  sql: string | DefinedStatement,
  params: Record<string, unknown> = {},
  options?: CallOptions,
): Promise<unknown> {
  return run(executor, sql, params, options, (rows) => {
    if (rows.length > 1)
      throw new DatabaseError("misuse", `expected at most one row, got ${rows.length}`);
    return rows[0];
  });
}

function run<T>(
  executor: Executor,
  sql: string | DefinedStatement,
  params: Record<string, unknown>,
  options: CallOptions | undefined,
  make: (rows: unknown[]) => T,
): Promise<T> {
  const statements = executor[STATEMENTS];
  let answer: Promise<StatementResult>;
  let statement: NamedStatement | undefined;
  try {
    statement = typeof sql === "string" ? parseNamedParameters(sql) : sql.named;
    answer = statements.query(statement.text, bindNamed(statement, params), options);
  } catch (error) {
    answer = Promise.reject(error);
  }
  return forCaller(
    statements,
    answer,
    (result) => make(parseRows(lastResult(result), "text")),
    (error) => {
      if (statement && error instanceof DatabaseError) {
        const { names } = statement;
        const original = typeof sql === "string" ? sql : sql.text;
        error.movePosition((position) => placeInOriginal(original, names, position));
      }
      throw error;
    },
  );
}

/** What a library leaves out is NULL to the drivers it was written for, in arrays too. */
const nullForUndefined = (value: unknown): unknown => {
  if (value === undefined) return null;
  return Array.isArray(value) ? value.map(nullForUndefined) : value;
};

/**
 * Runs SQL with `$1` parameters, or a script of several statements without any, for libraries that
 * bring their own SQL. The rows of a script's statements follow each other; dates become `Date`, and
 * `undefined` is NULL.
 */
export function executeForLibrary(
  executor: Executor,
  text: string,
  values: readonly unknown[] = [],
): Promise<{ rows: Record<string, unknown>[]; rowCount: number }> {
  const statements = executor[STATEMENTS];
  return forCaller(
    statements,
    statements.query(text, values.map(nullForUndefined)),
    (answer: StatementResult) => {
      const results = isScript(answer) ? answer : [answer];
      return {
        rows: results.flatMap((result) => parseRows(result, "date")),
        rowCount: results.reduce((sum, result) => sum + (result.count ?? 0), 0),
      };
    },
  );
}

const isScript = (answer: StatementResult): answer is StatementResult & StatementResult[] =>
  answer.command === undefined && (answer as unknown[]).every((part) => Array.isArray(part));
