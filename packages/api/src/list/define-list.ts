import { expression, type Reader, withOptions } from "@scrapersky/db";
import { asc, desc, type SQL, sql } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import { DomainError } from "../errors/domain-error.ts";
import { pageOf } from "./page-of.ts";
import { readCursor, writeCursor } from "./cursor.ts";
import { checkRights, NO_CONTACTS, type Rights } from "./list-rights.ts";
import { inTime, LIST_READ_MAX_MS } from "./in-time.ts";
import type { AnyList, FacetOf, FilterValues, ListInput, OrderOf, Page } from "./list.contract.ts";
import type { ListCells, ListRows, Order } from "./list-rows.ts";
import { rowsFor } from "./rows-for.ts";
import { type PageOfIds, selectPage } from "./select-page.ts";
import { keyName } from "./sorted.ts";

export const LIST_OFFSET_MAX = 10_000;

/** Reads one page of a tenant's rows. Pages asked for by number, as REST allows, end at `LIST_OFFSET_MAX`. */
export interface List<L extends AnyList, Item> {
  (
    reader: Reader,
    tenantId: string,
    input: ListInput<L> & { offset?: number | undefined },
    rights?: Rights,
  ): Promise<Page<Item>>;
  contract: L;
  rows: ListRows<L>;
  facets: FacetColumns<L> | undefined;
  cells: ListCells<L> | undefined;
}

/** What every row is read with: the keys it is sorted by, as the database prints them. */
interface Placed {
  place: string[];
}

interface Reads<L extends AnyList, Row, Item> {
  rows: ListRows<L>;
  /** What is told of the rows of a page, read for these alone: `page.id` is the row's `id`, `place` is to be selected. */
  read: (of: {
    reader: Reader;
    page: PageOfIds;
    place: { place: SQL<string[]> };
    tenantId: string;
  }) => Sortable<Row & Placed>;
  toItem: (row: Row, rights: Rights) => Item;
}

/** A list whose contract names columns says what they hold. */
type Exported<L extends AnyList> = L extends { columns: object }
  ? { cells: ListCells<L> }
  : { cells?: undefined };

/** What rows of a list are counted by: a column, or an array of which each value counts. */
export type FacetColumns<L extends AnyList> = Record<FacetOf<L>, PgColumn>;

type Faceted<L extends AnyList> = L extends { facets: readonly string[] }
  ? { facets: FacetColumns<L> }
  : { facets?: undefined };

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
  { rows, read, toItem, facets, cells }: Reads<L, Row, Item> & Faceted<L> & Exported<L>,
): List<L, Item> {
  const list = async (
    reader: Reader,
    tenantId: string,
    input: ListInput<L> & { offset?: number | undefined },
    rights: Rights = NO_CONTACTS,
  ): Promise<Page<Item>> => {
    checkAsked(contract, input);
    checkRights(contract, input, rights);
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
    const within = withOptions(reader, { timeoutMs: LIST_READ_MAX_MS });
    const page = selectPage(rowsFor(rows, rights), within, {
      tenantId,
      filters: filters as unknown as FilterValues<L>,
      name,
      place,
      limit: limit + 1,
      offset,
    });
    const keys = order.keys.map((_, at) => page[keyName(at) as "id"]);
    const asking = read({
      reader: within,
      page,
      place: {
        place: expression("text[]")`array[${sql.join(
          keys.map((key) => sql`${key}::text`),
          sql`, `,
        )}]`,
      },
      tenantId,
    }).orderBy(...keys.map((key) => (order.descending ? desc(key) : asc(key))));
    const found = await inTime(contract, asking);
    const { items, ...cursors } = pageOf(found as (Row & Placed)[], {
      limit,
      place,
      skipped: offset > 0,
      keysOf: (row) => row.place,
      write: (at) => writeCursor(scope, at),
    });
    return {
      items: items.map(({ place: _place, ...row }) => toItem(row as unknown as Row, rights)),
      ...cursors,
    };
  };
  return Object.assign(list, { contract, rows, facets, cells });
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
