import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { type Database, findDatabaseError } from "@scrapersky/db";
import {
  type DeclaredColumn,
  declaredColumn,
  declaredRow,
  type DefinedStatement,
  definedStatements,
} from "@scrapersky/db/statement";
import { type DescribedColumn, type Describer, openDescriber } from "./describe-statement.ts";
import type { RecordedQuery } from "./record-queries.ts";

/**
 * Sends statements to a migrated database, which runs none of them, and tells where what they declare is
 * not what comes: one line each, with the file and line of the definition.
 * @param statements default: those of every file that is loaded
 */
export async function findMisdeclared(
  database: Database,
  statements: readonly DefinedStatement[] = definedStatements(),
): Promise<string[]> {
  if (statements.length === 0) throw new Error("nothing is defined: were the sources loaded?");
  await using describer = await openDescriber(database);
  const found: string[] = [];
  for (const statement of statements) {
    const problems = await judge(describer, statement);
    found.push(...problems.map((problem) => `${placeOf(statement)}: ${problem}`));
  }
  return found;
}

/**
 * The same for queries of Drizzle: what their expressions are declared to be. Types of columns are Drizzle's to know.
 * @returns a line each, with the query
 */
export async function findMisdeclaredQueries(
  database: Database,
  queries: readonly RecordedQuery[],
): Promise<string[]> {
  await using describer = await openDescriber(database);
  const found: string[] = [];
  for (const { text, fields } of queries) {
    const columns = await describer.describe(text);
    for (const [index, { name, expected }] of fields.entries()) {
      const column = columns[index];
      if (expected === "column") continue;
      const problem =
        expected === "written by hand" || column === undefined
          ? "has a type that nothing is compared with: declare it by expression()"
          : await compareTyped(describer, column, declaredColumn(name, expected));
      if (problem !== undefined) found.push(`value "${name}" ${problem}, in ${text}`);
    }
  }
  return found;
}

async function judge(describer: Describer, statement: DefinedStatement): Promise<string[]> {
  let columns: DescribedColumn[];
  try {
    columns = await describer.describe(statement.named.text);
  } catch (error) {
    return [findDatabaseError(error)?.server?.message ?? String(error)];
  }
  const declared = new Map(declaredRow(statement).map((column) => [column.name, column]));
  const given = new Set(columns.map(({ name }) => name));
  const problems = [...declared.keys()]
    .filter((name) => !given.has(name))
    .map((name) => `column "${name}" is declared, but does not come`);
  if (given.size < columns.length) problems.push("two columns share a name");
  for (const column of columns) {
    const expected = declared.get(column.name);
    if (expected === undefined) {
      problems.push(`column "${column.name}" comes, but is not declared`);
      continue;
    }
    const problem = await compareTyped(describer, column, expected);
    if (problem !== undefined) problems.push(`column "${column.name}" ${problem}`);
  }
  return problems;
}

/** Types have several names: the server's own decides. */
const compareTyped = async (
  describer: Describer,
  column: DescribedColumn,
  expected: DeclaredColumn,
): Promise<string | undefined> =>
  compare(column, { ...expected, type: await describer.typeName(expected.type) });

function compare(column: DescribedColumn, expected: DeclaredColumn): string | undefined {
  const { origin, type, mayBeNull } = column;
  if (expected.origin !== undefined && origin !== undefined && origin !== expected.origin) {
    return `is ${origin}, declared as ${expected.origin}`;
  }
  if (type !== expected.type) return `is ${type}, declared as ${expected.type}`;
  if (mayBeNull && !expected.nullable && !expected.claimed) {
    return "may be NULL: declare it nullable, or certain when a condition sees to it";
  }
  if (!mayBeNull && expected.nullable) return "is never NULL, declared as nullable";
  return !mayBeNull && expected.claimed ? "is never NULL: certain says nothing" : undefined;
}

/** The first line of the stack that is not of `defineStatement` itself. */
function placeOf({ place }: DefinedStatement): string {
  const lines = (place.stack ?? "").split("\n").slice(1);
  const line = lines.find((one) => !one.includes("define-statement")) ?? "";
  const [, file = "somewhere", number = "?"] =
    /((?:file:|\/)[^()]*?):(\d+):\d+\)?$/.exec(line) ?? [];
  const path = file.startsWith("file:") ? fileURLToPath(file) : file;
  return `${relative(fileURLToPath(new URL("../../../..", import.meta.url)), path)}:${number}`;
}
