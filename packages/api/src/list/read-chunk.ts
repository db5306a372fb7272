import { expression, nullable, type Reader } from "@scrapersky/db";
import { and, asc, desc, is, type SQL, sql, type SQLWrapper } from "drizzle-orm";
import { PgColumn, type PgSelect } from "drizzle-orm/pg-core";
import type { Place } from "./cursor.ts";
import { type List, orderOf } from "./define-list.ts";
import type { AnyList, Column, ColumnOf, FilterValues, OrderOf } from "./list.contract.ts";
import { type Fields, type ListCells, selectRows } from "./list-rows.ts";
import { beyondOf } from "./select-page.ts";

/** Text of each cell of a row, in the order of the columns; null where there is nothing. */
export type CellRow = (string | null)[];

export interface ChunkAsk<L extends AnyList> {
  tenantId: string;
  filters: FilterValues<L>;
  order: OrderOf<L> | undefined;
  columns: readonly ColumnOf<L>[];
  /** Instants as the database prints them: rows are told that came from `since` up to `until`. */
  until: string;
  since: string | null;
  place: Place | undefined;
  limit: number;
}

/**
 * Reads the next rows of a list behind a place, as text: by the filters and in the order of its pages, and in one
 * statement, which is a transaction of its own. A time is UTC as the database prints it, several texts are JSON.
 * @returns rows, and the place behind them; undefined when they were the last
 */
export async function readChunk<L extends AnyList>(
  reader: Reader,
  { contract, rows, cells }: List<L, unknown>,
  { tenantId, filters, order: asked, columns, until, since, place, limit }: ChunkAsk<L>,
): Promise<{ rows: CellRow[]; next: Place | undefined }> {
  if (!cells) throw new Error(`the list ${contract.name} has no columns`);
  const order = rows.orders[orderOf(contract, { limit, order: asked } as never)];
  const fields: Fields = {};
  for (const [at, name] of columns.entries()) {
    fields[`cell_${at}`] = asText(cells.columns[name], kindOf(contract, name)).as(`cell_${at}`);
  }
  for (const [at, { value }] of order.keys.entries()) {
    fields[`key_${at}`] = expression(nullable("text"))`${value}::text`.as(`key_${at}`);
  }
  const behind = and(
    // Not for an index: it would begin there and walk again over everything that was told.
    sql`${cells.came} + interval '0' <= ${instant(cells.came, until)}`,
    since === null ? undefined : sql`${cells.came} >= ${instant(cells.came, since)}`,
    place && beyondOf(order, place),
  );
  const select = selectRows(rows, reader, { tenantId, filters, beyond: behind! }, fields);
  const found = (await joined(cells, select)
    .orderBy(...order.keys.map(({ value }) => (order.descending ? desc(value) : asc(value))))
    .limit(limit)) as Record<string, string | null>[];
  const last = found.length < limit ? undefined : found.at(-1);
  return {
    rows: found.map((row) => columns.map((_, at) => row[`cell_${at}`] ?? null)),
    next: last && {
      side: "after",
      keys: order.keys.map((_, at) => last[`key_${at}`] as string),
    },
  };
}

const joined = <L extends AnyList>({ join }: ListCells<L>, select: PgSelect): PgSelect =>
  join ? join(select) : select;

const kindOf = ({ columns = {} }: AnyList, name: string): Column["kind"] => {
  const column = columns[name];
  if (!column) throw new Error(`no column is called ${name}`);
  return column.kind;
};

const hasZone = (value: SQLWrapper): boolean =>
  is(value, PgColumn) && value.getSQLType() === "timestamp with time zone";

function asText(value: SQLWrapper, kind: Column["kind"]): SQL<string | null> {
  const text = expression(nullable("text"));
  if (kind === "texts") return text`array_to_json(${value})::text`;
  if (kind === "time" && hasZone(value)) return text`timezone('utc', ${value})::text`;
  return text`(${value})::text`;
}

/** An instant to be compared with a column, which has a zone or is UTC. */
const instant = (column: PgColumn, at: string): SQL =>
  hasZone(column) ? sql`${at}::timestamptz` : sql`timezone('utc', ${at}::timestamptz)`;
