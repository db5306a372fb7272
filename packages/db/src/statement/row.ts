// The row of a raw statement, declared by what the schema has: the compiler takes its types from here, and
// a test holds them against what the migrated database says (`findMisdeclared` of packages/testing).
import { is } from "drizzle-orm";
import { PgColumn } from "drizzle-orm/pg-core";

/** What a row has for a type that the server has. Dates, int8 and numeric stay the text that it prints. */
interface SqlTypes {
  bool: boolean;
  int4: number;
  int8: string;
  float8: number;
  numeric: string;
  text: string;
  varchar: string;
  name: string;
  uuid: string;
  timestamp: string;
  timestamptz: string;
  json: unknown;
  jsonb: unknown;
  "int4[]": number[];
  "text[]": string[];
  "uuid[]": string[];
}
export type SqlType = keyof SqlTypes;

/** What a column is expected to be, where its place in the schema does not say it. */
export class Expected<T> {
  declare readonly value: T;
  readonly of: PgColumn | SqlType;
  /** Whether NULL may arrive. */
  readonly nullable: boolean;
  /** Never NULL by what the author knows, not by what the server can tell. */
  readonly claimed: boolean;

  constructor(of: PgColumn | SqlType, nullable: boolean, claimed: boolean) {
    this.of = of;
    this.nullable = nullable;
    this.claimed = claimed;
  }
}

/** A column of the schema, the type of an expression, or one of them with a word on NULL or its values. */
export type RowValue = PgColumn | SqlType | Expected<unknown>;
/** SQL's column names with what they hold. */
export type RowShape = Readonly<Record<string, RowValue>>;

/** Column types that Drizzle turns into something else, while raw rows have the text. */
type TextInRows =
  | "PgTimestamp"
  | "PgBigInt53"
  | "PgBigInt64"
  | "PgNumericNumber"
  | "PgNumericBigInt";
type DataOf<C extends PgColumn> = C["_"]["columnType"] extends TextInRows ? string : C["_"]["data"];

export type ValueOf<V extends RowValue> =
  V extends Expected<infer T>
    ? T
    : V extends SqlType
      ? SqlTypes[V]
      : V extends PgColumn
        ? DataOf<V> | (V["_"]["notNull"] extends true ? never : null)
        : never;

export type DeclaredRow<S extends RowShape> = { -readonly [Name in keyof S]: ValueOf<S[Name]> };

/** What is declared of a value, in one form. */
export function expectedOf(value: RowValue): Expected<unknown> {
  if (value instanceof Expected) return value;
  return new Expected(value, is(value, PgColumn) && !value.notNull, false);
}

/** NULL may arrive: from an outer join, or from an expression. */
export const nullable = <V extends RowValue>(value: V): Expected<ValueOf<V> | null> =>
  new Expected(expectedOf(value).of, true, false);

/** NULL never arrives, for a reason that the server does not know, such as a condition of the statement. */
export const certain = <V extends RowValue>(value: V): Expected<NonNullable<ValueOf<V>>> =>
  new Expected(expectedOf(value).of, false, true);

/** Its values are of a type that the database has no word for: JSON of a shape, a closed set of texts. */
export const typed = <T>(value: PgColumn | SqlType): Expected<T> =>
  new Expected(value, false, false);
