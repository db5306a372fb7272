import { expression, type Reader } from "@scrapersky/db";
import { asc, desc, type SQL, sql, type Subquery } from "drizzle-orm";
import { DomainError } from "../errors/domain-error.ts";
import { isBackwards, pageOf } from "./page-of.ts";
import { type Place, readCursor, writeCursor } from "./cursor.ts";
import type { AnyList, FilterValues, ListInput, OrderOf, Page } from "./list.contract.ts";
import { type Fields, type ListCells, type ListRows, type Order, selectRows } from "./list-rows.ts";

export const LIST_OFFSET_MAX = 10_000;

/** Reads one page of a tenant's rows. Pages asked for by number, as REST allows, end at `LIST_OFFSET_MAX`. */
export interface List<L extends AnyList, Item> {
  (
    reader: Reader,
    tenantId: string,
    input: ListInput<L> & { offset?: number | undefined },
  ): Promise<Page<Item>>;
  contract: L;
  rows: ListRows<L>;
  cells: ListCells<L> | undefined;
}

/** What every row is read with: the keys it is sorted by, as the database prints them. */
interface Placed {
  place: string[];
}

type PageOfIds = Subquery<"page"> & Record<"id", SQL.Aliased>;

interface Reads<L extends AnyList, Row, Item> {
  rows: ListRows<L>;
  /** What is told of the rows of a page, read for these alone: `page.id` is the row's `id`, `place` is to be selected. */
  read: (of: {
    reader: Reader;
    page: PageOfIds;
    place: { place: SQL<string[]> };
    tenantId: string;
  }) => Sortable<Row & Placed>;
  /** Names what it tells: a row has its place besides. */
  toItem: (row: Row) => Item;
}

/** A list whose contract names columns says what they hold. */
type Exported<L extends AnyList> = L extends { columns: object }
  ? { cells: ListCells<L> }
  : { cells?: undefined };

/** A query of Drizzle that has no order yet. */
interface Sortable<Row> extends PromiseLike<Row[]> {
  orderBy(...keys: SQL[]): PromiseLike<unknown>;
}

/**
 * Makes a list of its contract: tenant, filters, order, pages and cursors are put here, for all lists alike.
 * The list throws DomainError INVALID_INPUT for a cursor of another list, filter or tenant, for an order without the
 * filters it needs, and for an offset too far down.
 */
export function defineList<L extends AnyList, Row, Item>(
  contract: L,
  { rows, read, toItem, cells }: Reads<L, Row, Item> & Exported<L>,
): List<L, Item> {
  const list = async (
    reader: Reader,
    tenantId: string,
    input: ListInput<L> & { offset?: number | undefined },
  ): Promise<Page<Item>> => {
    checkAsked(contract, input);
    const { limit, cursor, offset = 0, order: _order, ...filters } = input;
    const name = orderOf(contract, input);
    const order: Order = rows.orders[name];
    const scope = [contract.name, tenantId, name, canonical(contract, filters)];
    const place =
      cursor === undefined
        ? undefined
        : readCursor(
            scope,
            cursor,
            order.keys.map(({ type }) => type),
          );
    const asked = {
      tenantId,
      filters: filters as unknown as FilterValues<L>,
      limit: limit + 1,
      offset,
    };
    const page = selectPage(rows, reader, order, place, asked);
    const keys = order.keys.map((_, at) => page[keyName(at) as "id"]);
    const found = await read({
      reader,
      page,
      place: {
        place: expression("text[]")`array[${sql.join(
          keys.map((key) => sql`${key}::text`),
          sql`, `,
        )}]`,
      },
      tenantId,
    }).orderBy(...keys.map((key) => (order.descending ? desc(key) : asc(key))));
    const { items, ...cursors } = pageOf(found as (Row & Placed)[], {
      limit,
      place,
      skipped: offset > 0,
      keysOf: (row) => row.place,
      write: (at) => writeCursor(scope, at),
    });
    return { items: items.map(toItem), ...cursors };
  };
  return Object.assign(list, { contract, rows, cells });
}

export function checkAsked<L extends AnyList>(
  contract: L,
  input: ListInput<L> & { offset?: number | undefined },
): void {
  const order = orderOf(contract, input);
  const missing = (contract.orders as AnyList["orders"])[order]?.find(
    (filter) => (input as Record<string, unknown>)[filter] === undefined,
  );
  if (missing !== undefined) {
    throw new DomainError("INVALID_INPUT", `The order "${order}" needs ${missing}.`, {
      fieldErrors: { [missing]: `is needed for order "${order}"` },
    });
  }
  if ((input.offset ?? 0) > LIST_OFFSET_MAX) {
    throw new DomainError(
      "INVALID_INPUT",
      `offset is at most ${LIST_OFFSET_MAX}; go on with cursor.`,
      {
        errorCode: "OFFSET_TOO_LARGE",
        fieldErrors: { offset: `at most ${LIST_OFFSET_MAX}; use ?cursor= from X-Next-Cursor` },
      },
    );
  }
}

export const orderOf = <L extends AnyList>({ orders }: L, { order }: ListInput<L>): OrderOf<L> =>
  (order ?? Object.keys(orders)[0]) as OrderOf<L>;

/** The same question in the same words, whatever order its filters came in. */
const canonical = (contract: AnyList, filters: Record<string, unknown>): unknown[] =>
  Object.keys(contract.filters).map((name) => filters[name] ?? null);

const ID = "id";
const keyName = (at: number): string => `key_${at}`;

/**
 * The ids of one page, chosen from narrow rows: should the planner have to sort many, it sorts no wide ones. For its
 * LIMIT the planner keeps it a step of its own.
 */
function selectPage<L extends AnyList>(
  rows: ListRows<L>,
  reader: Reader,
  order: Order,
  place: Place | undefined,
  asked: { tenantId: string; filters: FilterValues<L>; limit: number; offset: number },
) {
  const { limit, offset, ...which } = asked;
  const fields: Fields = { [ID]: sql`${rows.id}`.as("page_id") };
  for (const [at, { value }] of order.keys.entries()) {
    fields[keyName(at)] = sql`${value}`.as(`page_key_${at}`);
  }
  const descending = order.descending !== isBackwards(place);
  const beyond = place && beyondOf(order, place);
  return selectRows(rows, reader, beyond ? { ...which, beyond } : which, fields)
    .orderBy(...order.keys.map(({ value }) => (descending ? desc(value) : asc(value))))
    .limit(limit)
    .offset(offset)
    .as("page") as unknown as PageOfIds;
}

const COMPARED = {
  after: [">", "<"],
  from: [">=", "<="],
  before: ["<", ">"],
  through: ["<=", ">="],
} as const;

/** Rows on that side of the place, as one comparison of rows, which is one range of an index. */
export function beyondOf({ keys, descending }: Order, place: Place): SQL {
  const values = keys.map(({ value }) => sql`${value}`);
  const known = keys.map(({ type }, at) => sql`${place.keys[at]}::${sql.raw(type)}`);
  const compared = COMPARED[place.side][descending ? 1 : 0];
  return sql`(${sql.join(values, sql`, `)}) ${sql.raw(compared)} (${sql.join(known, sql`, `)})`;
}
