import { expression, nullable, type Reader, readTexts, type TextRows } from "@scrapersky/db";
import { and, asc, desc, eq, inArray, type SQL, sql, type SQLWrapper } from "drizzle-orm";
import type { PgSelect } from "drizzle-orm/pg-core";
import { cameWithin, hasZone, type Stretch } from "./came-within.ts";
import type { Place } from "./cursor.ts";
import { type List, orderOf } from "./define-list.ts";
import type {
  AnyList,
  Column,
  ColumnOf,
  FilterValues,
  ListInput,
  OrderOf,
} from "./list.contract.ts";
import {
  conditionsOf,
  type Fields,
  type ListCells,
  type ListRows,
  type Order,
  selectWhere,
} from "./list-rows.ts";
import { withoutReach } from "../rbac/without-reach.ts";
import type { Rights } from "./list-rights.ts";
import { rowsFor } from "./rows-for.ts";
import { selectPage } from "./select-page.ts";
import { beyondOf } from "./sorted.ts";
import { areUnknown, nextIds } from "./unknown-rows.ts";

/** Text of each cell of a row, in the order of the columns, and what nobody shows behind them; null where there is nothing. */
export type CellRow = (string | null)[];

/** Some rows, as they came from the database where nothing was changed in them. */
export type CellRows = readonly CellRow[] | TextRows;

/** Which rows are told, and what of each. */
export interface RowsAsk<L extends AnyList> extends Stretch {
  tenantId: string;
  filters: FilterValues<L>;
  order: OrderOf<L> | undefined;
  columns: readonly ColumnOf<L>[];
  rights: Rights;
}

export interface ChunkAsk<L extends AnyList> extends RowsAsk<L> {
  place: Place | undefined;
  limit: number;
  /** The planner knows nothing of the rows (`areUnknown`). */
  isUnknown?: boolean | undefined;
}

/**
 * Reads the next rows of a list behind a place, as text: by the filters and in the order of its pages, and in one
 * statement, which is a transaction of its own. A time is UTC as the database prints it, several texts are JSON.
 * @returns rows, and the place behind them; undefined when they were the last
 */
export async function readChunk<L extends AnyList>(
  reader: Reader,
  list: List<L, unknown>,
  ask: ChunkAsk<L>,
): Promise<{ rows: CellRows; next: Place | undefined }> {
  const { contract, rows, name, order, fields, came, join, hide } = prepare(list, ask);
  for (const [at, { value }] of order.keys.entries()) {
    fields[`key_${at}`] = expression(nullable("text"))`${value}::text`.as(`key_${at}`);
  }
  const nextOf = (row: CellRow | undefined): Place | undefined =>
    row && { side: "after", keys: row.slice(ask.columns.length) as string[] };
  const keyed = ask.isUnknown === true ? chosen(rows, order, ask) : undefined;
  if (keyed) {
    const conditions = [...conditionsOf(rows, ask.tenantId, ask.filters), came, keyed];
    const found = await readTexts(
      reader,
      join(selectWhere(rows, reader, fields, conditions))
        .orderBy(...order.keys.map(directed(order)))
        .limit(ask.limit),
    );
    // Fewer of them: the end is near, or many were left out.
    if (found.length === ask.limit) return { rows: hide(found), next: nextOf(found.at(-1)) };
  }
  const select = isPlain(contract, name, ask)
    ? selectNext(rows, reader, { ...ask, came, order }, fields)
    : selectOfPage(rows, reader, { ...ask, came, name }, fields);
  const found = await readTexts(
    reader,
    join(select)
      .orderBy(...order.keys.map(directed(order)))
      .limit(ask.limit),
  );
  return {
    rows: hide(found),
    next: found.length < ask.limit ? undefined : nextOf(found.at(-1)),
  };
}

/** That a row is one of the next behind the place, where all of the tenant are asked for. */
function chosen<L extends AnyList>(
  { id }: ListRows<L>,
  order: Order,
  { tenantId, place, limit, filters, since }: ChunkAsk<L>,
): SQL | undefined {
  const { tenantKey } = order;
  const isNarrowed = since !== null || Object.values(filters).some((value) => value !== undefined);
  if (tenantKey === undefined || place === undefined || isNarrowed) return undefined;
  const next = nextIds(id, { tenantId, tenantKey, order, place, limit });
  return sql`${and(sql`${id} = any(array(${next}))`, beyondOf(order, place))}`;
}

/** Whether the planner knows nothing of what an export is to read. */
export const findUnknown = <L extends AnyList>(
  reader: Reader,
  list: List<L, unknown>,
  ask: RowsAsk<L>,
): Promise<boolean> => areUnknown(reader, list.rows.id, prepare(list, ask).order);

/** Characters of a uuid; a number is filled up to as many. */
const ID_LENGTH = 36;

/**
 * Where rows move in the order that is asked for, the ids of all of them as they stand now, in one statement; undefined
 * where none does. 36 bytes a row are kept.
 */
export async function findStanding<L extends AnyList>(
  reader: Reader,
  list: List<L, unknown>,
  ask: RowsAsk<L>,
): Promise<{ count: number; slice: (from: number, to: number) => string[] } | undefined> {
  const { rows, order, came } = prepare(list, ask);
  if (!order.moves) return undefined;
  const sorted = sql.join(order.keys.map(directed(order)), sql`, `);
  const ids = expression(
    nullable("text"),
  )`string_agg(lpad(${rows.id}::text, ${ID_LENGTH}), '' order by ${sorted})`;
  const conditions = [...conditionsOf(rows, ask.tenantId, ask.filters), came];
  const select = selectWhere(rows, reader, { ids: ids.as("ids") }, conditions);
  const text = (await readTexts(reader, select)).at(0)?.[0] ?? "";
  return {
    count: text.length / ID_LENGTH,
    slice: (from, to) =>
      (text.slice(from * ID_LENGTH, to * ID_LENGTH).match(/.{36}/g) ?? []).map((id) => id.trim()),
  };
}

/** Reads these rows of a list, as `readChunk` does and in this order, but for those that are gone or fit no more. */
export async function readThese<L extends AnyList>(
  reader: Reader,
  list: List<L, unknown>,
  ask: RowsAsk<L>,
  ids: readonly string[],
): Promise<CellRows> {
  if (ids.length === 0) return [];
  const { rows, fields, came, join, hide } = prepare(list, ask);
  fields["id"] = expression("text")`${rows.id}::text`.as("id");
  const conditions = [...conditionsOf(rows, ask.tenantId, ask.filters), came];
  const found = await readTexts(
    reader,
    join(selectWhere(rows, reader, fields, [inArray(rows.id, [...ids]), ...conditions])),
  );
  const byId = new Map(Array.from(found, (row) => [row.at(-1), row]));
  return hide(ids.map((id) => byId.get(id)).filter((row) => row !== undefined));
}

const directed =
  ({ descending }: Order) =>
  ({ value }: Order["keys"][number]): SQL =>
    descending ? desc(value) : asc(value);

/** What every reading of a list's rows as text begins with. */
function prepare<L extends AnyList>(
  { contract, rows: all, cells }: List<L, unknown>,
  ask: RowsAsk<L>,
) {
  if (!cells) throw new Error(`the list ${contract.name} has no columns`);
  const { columns, rights } = ask;
  const rows = rowsFor(all, rights);
  const name = ask.order ?? cells.order ?? orderOf(contract, {} as ListInput<L>);
  const fields: Fields = {};
  for (const [at, column] of columns.entries()) {
    fields[`cell_${at}`] = asText(valueOf(cells, column, rights), kindOf(contract, column)).as(
      `cell_${at}`,
    );
  }
  const written = columns.map((column) => contract.columns?.[column]?.written === true);
  const hideIn = (row: CellRow): CellRow =>
    row.map((text, at) => (written[at] ? withoutReach(text, rights) : text));
  return {
    contract,
    rows,
    name,
    order: rows.orders[name],
    fields,
    /** That a row came in time. */
    came: cameWithin(cells.came, ask),
    join: (select: PgSelect) => (cells.join ? cells.join(select) : select),
    /** What others wrote without what reaches anybody, where contacts may not be read. */
    hide: (found: CellRows): CellRows =>
      rights.mayReadContacts ? found : Array.from(found, hideIn),
  };
}

type Chosen<L extends AnyList> = Omit<ChunkAsk<L>, "order"> & { came: SQL | undefined };

/** Asked for nothing but what the order itself needs: then the rows are one range of its index, of which none is left out. */
const isPlain = <L extends AnyList>(
  { orders }: L,
  order: OrderOf<L>,
  { filters, since }: ChunkAsk<L>,
): boolean =>
  since === null &&
  Object.entries(filters).every(
    ([name, value]) => value === undefined || orders[order]?.includes(name),
  );

function selectNext<L extends AnyList>(
  rows: ListRows<L>,
  reader: Reader,
  { tenantId, filters, came, order, place }: Chosen<L> & { order: Order },
  fields: Fields,
): PgSelect {
  const beyond = place && [
    beyondOf(order, place),
    order.twins && beyondOf(order, place, order.twins),
  ];
  const conditions = conditionsOf(rows, tenantId, filters);
  return selectWhere(rows, reader, fields, [...conditions, came, ...(beyond ?? [])]);
}

/** The same rows as a page of the list has. */
function selectOfPage<L extends AnyList>(
  rows: ListRows<L>,
  reader: Reader,
  { tenantId, filters, came, name, place, limit }: Chosen<L> & { name: OrderOf<L> },
  fields: Fields,
): PgSelect {
  const page = selectPage(rows, reader, {
    tenantId,
    filters,
    also: came,
    name,
    place,
    limit,
    offset: 0,
  });
  return selectWhere(rows, reader, fields, []).innerJoin(page, eq(rows.id, page.id)) as PgSelect;
}

const valueOf = <L extends AnyList>(
  { columns, hidden }: ListCells<L>,
  column: ColumnOf<L>,
  { mayReadContacts }: Rights,
): SQLWrapper => (mayReadContacts ? undefined : hidden?.[column]) ?? columns[column];

const kindOf = ({ columns = {} }: AnyList, name: string): Column["kind"] => {
  const column = columns[name];
  if (!column) throw new Error(`no column is called ${name}`);
  return column.kind;
};

function asText(value: SQLWrapper, kind: Column["kind"]): SQL<string | null> {
  const text = expression(nullable("text"));
  if (kind === "texts") return text`array_to_json(${value})::text`;
  if (kind === "time" && hasZone(value)) return text`timezone('utc', ${value})::text`;
  return text`(${value})::text`;
}
