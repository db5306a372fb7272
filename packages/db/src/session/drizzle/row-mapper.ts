import { Column, getTableName, is, SQL, Subquery } from "drizzle-orm";
import type { SelectedFieldsOrdered } from "drizzle-orm/pg-core";
import { jsonParserOf, type ResultColumn } from "../sql/results.ts";
import { arrayDecoder, type Decoder, type PgArrayLike, specialOf } from "./column-values.ts";

/** Which tables of a join have a row for certain, by name. */
export type JoinsNotNullable = Record<string, boolean> | undefined;

/** Parts of Drizzle's classes that their types hide. Pinned to 0.45.4 by tests. */
interface Decoding {
  decoder: Decoder;
}

function decoderOf(field: SelectedFieldsOrdered[number]["field"]): Decoder {
  if (is(field, Column)) return field;
  if (is(field, SQL)) return (field as unknown as Decoding).decoder;
  if (is(field, Subquery)) return (field._.sql as unknown as Decoding).decoder;
  return (field.sql as unknown as Decoding).decoder;
}

/** A decoder that gives what it gets need not be asked. */
const PLAIN = Column.prototype.mapFromDriverValue;

/** What turns the value of a column into that of a field, if it is not the same. */
function readingOf(decoder: Decoder, type: number | undefined): Decoder | undefined {
  const special = specialOf(decoder);
  if (special === "array") return arrayDecoder(decoder as unknown as PgArrayLike);
  const own = decoder.mapFromDriverValue === PLAIN ? undefined : decoder;
  // A column of Drizzle parses its JSON itself; everybody else gets it parsed, as by other drivers.
  const parse = type === undefined || special === "json" ? undefined : jsonParserOf(type);
  if (parse === undefined) return own;
  return { mapFromDriverValue: own ? (value) => own.mapFromDriverValue(parse(value)) : parse };
}

interface Step {
  path: string[];
  key: string;
  decode: Decoder | undefined;
  /** Of a column below the name of a joined table. */
  table: string | undefined;
}

/**
 * How a row of values becomes the object that Drizzle's own mapper makes of it, worked out once for all
 * rows of an answer.
 */
export function rowMapper(
  fields: SelectedFieldsOrdered,
  columns: readonly ResultColumn[],
  joinsNotNullable: JoinsNotNullable,
): (row: unknown[]) => Record<string, unknown> {
  const steps = fields.map(({ path, field }, index): Step => {
    return {
      path: path.slice(0, -1),
      key: path.at(-1) ?? "",
      decode: readingOf(decoderOf(field), columns[index]?.type),
      table: path.length === 2 && is(field, Column) ? getTableName(field.table) : undefined,
    };
  });
  if (steps.every(({ path }) => path.length === 0)) return flatMapper(steps);
  return nestedMapper(steps, joinsNotNullable);
}

function flatMapper(steps: readonly Step[]): (row: unknown[]) => Record<string, unknown> {
  const keys = steps.map(({ key }) => key);
  const decoders = steps.map(({ decode }) => decode);
  return (row) => {
    const result: Record<string, unknown> = {};
    for (let index = 0; index < keys.length; index++) {
      const value = row[index];
      const decoder = decoders[index];
      result[keys[index]!] =
        value === null || decoder === undefined ? value : decoder.mapFromDriverValue(value);
    }
    return result;
  };
}

function nestedMapper(
  steps: readonly Step[],
  joinsNotNullable: JoinsNotNullable,
): (row: unknown[]) => Record<string, unknown> {
  return (row) => {
    const result: Record<string, unknown> = {};
    /** By object: the one table of which it has seen nothing but nulls, or false. */
    const empty = new Map<string, string | false>();
    for (const [index, { path, key, decode, table }] of steps.entries()) {
      let node = result;
      for (const name of path) node = (node[name] ??= {}) as Record<string, unknown>;
      const raw = row[index];
      const value = raw === null || decode === undefined ? raw : decode.mapFromDriverValue(raw);
      node[key] = value;
      if (!joinsNotNullable || table === undefined) continue;
      const name = path[0]!;
      const before = empty.get(name);
      if (before === undefined) empty.set(name, value === null ? table : false);
      else if (typeof before === "string" && before !== table) empty.set(name, false);
    }
    for (const [name, table] of empty) {
      if (table !== false && !joinsNotNullable?.[table]) result[name] = null;
    }
    return result;
  };
}
