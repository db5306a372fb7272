import { type Executor, executeRawSqlOne } from "../session/raw-sql.ts";
import { type Catalogue, readCatalogue } from "./catalogue.ts";
import { describeDeclared } from "./declared.ts";

/** One thing in which database and schema disagree. */
export interface Difference {
  kind: "missing" | "unexpected" | "different";
  /** What it is about: `column jobs.error`, `index app_jobs_batch_id_status`. */
  what: string;
  /** What the schema declares; undefined when it knows nothing of it. */
  expected: string | undefined;
  /** What the database has; undefined when it lacks it. */
  found: string | undefined;
}

/**
 * Compares the declared tables with those of a live database, both ways. Tables that nobody
 * declared are left out: a database may hold more than ours. Reads only.
 */
export async function findDrift(
  executor: Executor,
  declared: Catalogue = describeDeclared(),
): Promise<Difference[]> {
  const tables = new Set(declared.columns.map(tableOf));
  const enums = new Set(declared.enums.map((row) => `${row.schema}.${row.enum}`));
  const schemas = [...new Set(declared.columns.map(({ schema }) => schema))];
  const live = await readCatalogue(executor, schemas);
  const expected = itemsOf(declared);
  const found = itemsOf({
    columns: live.columns.filter((row) => tables.has(tableOf(row))),
    constraints: live.constraints.filter((row) => tables.has(tableOf(row))),
    indexes: live.indexes.filter((row) => tables.has(tableOf(row))),
    enums: live.enums.filter((row) => enums.has(`${row.schema}.${row.enum}`)),
  });
  if (!(await hasAccounts(executor))) dropAccountReferences(expected, declared);

  const names = [...new Set([...expected.keys(), ...found.keys()])];
  return names.flatMap((what) => {
    const wanted = expected.get(what);
    const actual = found.get(what);
    if (wanted === actual) return [];
    const kind =
      wanted === undefined ? "unexpected" : actual === undefined ? "missing" : "different";
    return [{ kind, what, expected: wanted, found: actual }] satisfies Difference[];
  });
}

const tableOf = (row: { schema: string; table: string }) => `${row.schema}.${row.table}`;

const shown = (row: { schema: string; table: string }) =>
  row.schema === "public" ? row.table : tableOf(row);

/** Every row of a catalogue as one comparable text, by what it is about. */
function itemsOf(catalogue: Catalogue): Map<string, string> {
  const items = new Map<string, string>();
  for (const row of catalogue.columns) {
    const nullable = row.nullable ? "" : " not null";
    const value = row.default === null ? "" : ` default ${normalise(row.default)}`;
    items.set(
      `column ${shown(row)}.${row.column}`,
      `${row.type.replaceAll('"', "")}${nullable}${value}`,
    );
  }
  for (const row of catalogue.constraints) {
    const { refersTo, onDelete, onUpdate, rule } = row;
    const target =
      refersTo === null ? "" : ` to ${refersTo}, delete ${onDelete}, update ${onUpdate}`;
    const text = rule === null ? `(${row.columns})${target}` : normalise(rule);
    items.set(`${row.kind} ${shown(row)}.${row.name}`, text);
  }
  for (const row of catalogue.indexes) {
    const unique = row.unique ? "unique " : "";
    items.set(`index ${shown(row)}.${row.name}`, `${unique}${normalise(row.definition)}`);
  }
  for (const row of catalogue.enums) items.set(`enum ${row.enum}`, row.labels);
  return items;
}

/** Supabase's table of accounts is absent elsewhere, and the foreign keys to it with it. */
async function hasAccounts(executor: Executor): Promise<boolean> {
  const row = await executeRawSqlOne<{ present: boolean }>(
    executor,
    "select to_regclass('auth.users') is not null as present",
  );
  return row?.present ?? false;
}

function dropAccountReferences(expected: Map<string, string>, declared: Catalogue): void {
  for (const row of declared.constraints) {
    if (row.refersTo?.startsWith("auth.")) expected.delete(`foreign key ${shown(row)}.${row.name}`);
  }
}

/**
 * Brings an expression of ours and the one Postgres prints to one form: without casts, parentheses
 * and table names, `= any (array[...])` as `in`, in lower case outside of quotes.
 */
function normalise(expression: string): string {
  return expression
    .split(/('(?:[^']|'')*')/)
    .map((part, index) => (index % 2 === 1 ? part : normaliseCode(part)))
    .join("")
    .replace(/'(-?\d+(?:\.\d+)?)'/g, "$1")
    .replace(/\s+/g, " ")
    .trim();
}

function normaliseCode(code: string): string {
  return code
    .replace(/::(?:"[^"]+"|character varying|double precision|\w+)(?:\(\d+\))?(?:\[\])?/g, "")
    .replace(/"\w+"\.(?=")/g, "")
    .replaceAll('"', "")
    .toLowerCase()
    .replace(/= any \(array\[/g, "in ")
    .replace(/[()\]]/g, " ")
    .replace(/ +,/g, ",");
}
