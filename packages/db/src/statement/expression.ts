import { Column, is, SQL, sql } from "drizzle-orm";
import type { SelectedFieldsOrdered } from "drizzle-orm/pg-core";
import { type Expected, expectedOf, type RowValue, type ValueOf } from "./row.ts";

/** Reads a value as it arrives, and knows what it was declared to be. */
class DeclaredReader {
  readonly mapFromDriverValue = Column.prototype.mapFromDriverValue;
  readonly expected: Expected<unknown>;

  constructor(expected: Expected<unknown>) {
    this.expected = expected;
  }
}

/**
 * An expression that a query of Drizzle selects, declared as a column of a raw statement is:
 * expression(nullable("text"))`…`. A test compares what procedures select with what the database says.
 */
export function expression<V extends RowValue>(
  of: V,
): (strings: TemplateStringsArray, ...values: unknown[]) => SQL<ValueOf<V>> {
  const reader = new DeclaredReader(expectedOf(of));
  return (strings, ...values) => sql(strings, ...values).mapWith(reader) as SQL<ValueOf<V>>;
}

/** What a query declares of a value that it selects. The type of a column is Drizzle's to know. */
export interface DeclaredField {
  name: string;
  expected: Expected<unknown> | "column" | "written by hand";
}

/** In the order of the query. */
export const declaredFields = (fields: SelectedFieldsOrdered): DeclaredField[] =>
  fields.map(({ path, field }) => ({ name: path.join("."), expected: expectedIn(field) }));

function expectedIn(field: SelectedFieldsOrdered[number]["field"]): DeclaredField["expected"] {
  if (is(field, Column)) return "column";
  const text = is(field, SQL.Aliased) ? field.sql : field;
  const { decoder } = text as unknown as { decoder: unknown };
  return decoder instanceof DeclaredReader ? decoder.expected : "written by hand";
}
