import type { Reader } from "@scrapersky/db";
import { and, eq, type SQL, sql, type SQLWrapper } from "drizzle-orm";
import type { PgColumn, PgSelect, PgSelectBuilder } from "drizzle-orm/pg-core";
import type { KeyType } from "./cursor.ts";
import type { AnyList, ColumnOf, FilterValue, FilterValues, OrderOf } from "./list.contract.ts";
import type { FindWays } from "./ways.ts";

/** Which rows a list has and in which orders, apart from what is told of each: whatever counts, shows or changes them asks this. */
export interface ListRows<L extends AnyList> {
  /** Whose the rows are: a column with the tenant's id, or the condition in its place. */
  tenant: PgColumn | ((tenantId: string) => SQL);
  /** That a row may be shown, of the table that has one for each. */
  shown?: SQL;
  /** Primary key of the table that has one row for each of the list. */
  id: PgColumn;
  /** The tables that conditions and orders speak of. */
  from: (select: PgSelectBuilder<Fields>) => { where(condition: SQL | undefined): unknown };
  /** The condition of each filter. */
  where: {
    [Name in keyof L["filters"]]-?: (
      value: FilterValue<L["filters"][Name]>,
      tenantId: string,
    ) => SQL | undefined;
  };
  /** Which rows a filter finds for those who may not read contacts; all that fit, where none is named. */
  found?: { [Name in keyof L["filters"]]?: SQL };
  orders: Record<OrderOf<L>, Order>;
  /** Where to look for them; left out for lists of which a tenant has some thousand rows at most. */
  ways?: FindWays<L>;
}

export type Fields = Record<string, SQL.Aliased>;

/** What an export tells of the rows of a list. */
export interface ListCells<L extends AnyList> {
  /** When a row came into the list: an export ends with those that were there when it began. An expression has a zone. */
  came: PgColumn | SQL;
  /** Taken where none is asked for, else the first of the list: one in which no row moves, which costs least. */
  order?: OrderOf<L>;
  /** Joins what the columns speak of beside the tables of the rows, at most one row to each. */
  join?: (select: PgSelect) => PgSelect;
  /** The value of each column: one of `texts` is an array of text, a time of an expression has no zone and is UTC. */
  columns: Record<ColumnOf<L>, SQLWrapper>;
  /** Other values for those who may not read contacts. */
  hidden?: Partial<Record<ColumnOf<L>, SQLWrapper>>;
}

/** A sort key of an expression that is never null. */
export interface SortKey {
  value: SQLWrapper;
  type: KeyType;
}

export interface Order {
  /** From the most significant to the last, which no two rows share. */
  keys: readonly SortKey[];
  descending: boolean;
  /** Rows have another place in it once they change, so that an export has to know beforehand which there are. */
  moves?: true;
  /** The same keys in a table that is joined by them, which the planner does not read from a place on without being told. */
  twins?: readonly PgColumn[];
  /** The column of the tenant that stands before the keys in the index of the order, where a table is joined by them. */
  tenantKey?: PgColumn;
}

/** All keys of an order run one way, so that a page of it is one range of an index. */
export const ascending = (...keys: (PgColumn | SortKey)[]): Order => ({
  keys: keys.map(toSortKey),
  descending: false,
});

export const descending = (...keys: (PgColumn | SortKey)[]): Order => ({
  keys: keys.map(toSortKey),
  descending: true,
});

/** The same order of keys that change. */
export const moving = (order: Order): Order => ({ ...order, moves: true });

const TYPES: Record<string, KeyType> = {
  serial: "integer",
  integer: "integer",
  bigint: "bigint",
  uuid: "uuid",
  text: "text",
  timestamp: "timestamp",
  "timestamp with time zone": "timestamp with time zone",
};

function toSortKey(key: PgColumn | SortKey): SortKey {
  if (!("getSQLType" in key)) return key;
  const type = TYPES[key.getSQLType()];
  if (type === undefined || !key.notNull) {
    throw new Error(`${key.name} is no sort key: cursors know no ${key.getSQLType()} or null`);
  }
  return { value: key, type };
}

/** Keys of a text that some rows do not have: those come last, in an order that runs up. */
export const nullsLast = (column: PgColumn, value: SQL): SortKey[] => [
  { value: sql`(${column} is null)`, type: "boolean" },
  { value, type: "text" },
];

type Conditions = Record<string, (value: never, tenantId: string) => SQL | undefined>;

/** What the filters ask that are among these, but for those named. */
export function askedOf(
  where: Conditions,
  tenantId: string,
  filters: object,
  but: readonly string[] = [],
): SQL[] {
  const values = filters as Record<string, never>;
  return Object.entries(where).flatMap(([name, condition]) => {
    const value = values[name];
    return value === undefined || but.includes(name) ? [] : (condition(value, tenantId) ?? []);
  });
}

/** Of the tenant, and what each filter asks. */
export function conditionsOf<L extends AnyList>(
  rows: ListRows<L>,
  tenantId: string,
  filters: FilterValues<L>,
): SQL[] {
  return [ofTenant(rows, tenantId), ...askedOf(rows.where, tenantId, filters)];
}

/** That a row is the tenant's, and may be shown. */
export const ofTenant = <L extends AnyList>(
  { tenant, shown }: ListRows<L>,
  tenantId: string,
): SQL => {
  const own = typeof tenant === "function" ? tenant(tenantId) : eq(tenant, tenantId);
  return shown ? sql`(${own} and ${shown})` : own;
};

/** The rows of a tenant that pass the filters. */
export function selectRows<L extends AnyList>(
  rows: ListRows<L>,
  reader: Reader,
  { tenantId, filters, beyond }: { tenantId: string; filters: FilterValues<L>; beyond?: SQL },
  fields: Fields,
): PgSelect {
  return selectWhere(rows, reader, fields, [...conditionsOf(rows, tenantId, filters), beyond]);
}

// Of what Drizzle's type says nobody needs more than that an order and a limit can follow.
export const selectWhere = <L extends AnyList>(
  rows: ListRows<L>,
  reader: Reader,
  fields: Fields,
  conditions: readonly (SQL | undefined)[],
): PgSelect => rows.from(reader.select(fields)).where(and(...conditions)) as PgSelect;
