import type { Reader } from "@scrapersky/db";
import { type SQL, sql, type Subquery } from "drizzle-orm";
import type { Place } from "./cursor.ts";
import type { AnyList, FilterValues, OrderOf } from "./list.contract.ts";
import { conditionsOf, type Fields, type ListRows, selectWhere } from "./list-rows.ts";
import { selectByWays } from "./select-by-ways.ts";
import { beyondOf, directed, keyName, keyOf } from "./sorted.ts";

export type PageOfIds = Subquery<"page"> & Record<"id", SQL.Aliased>;

export interface Asked<L extends AnyList> {
  tenantId: string;
  filters: FilterValues<L>;
  /** One condition more, beside those of the list. */
  also?: SQL | undefined;
  name: OrderOf<L>;
  place: Place | undefined;
  limit: number;
  offset: number;
}

/**
 * The ids of one page with their sort keys, chosen from narrow rows: should the planner have to sort many, it sorts no wide
 * ones. For its LIMIT the planner keeps it a step of its own.
 */
export function selectPage<L extends AnyList>(
  rows: ListRows<L>,
  reader: Reader,
  { tenantId, filters, also, name, place, limit, offset }: Asked<L>,
): PageOfIds {
  const order = rows.orders[name];
  const ways = rows.ways?.({ tenantId, filters, order: name });
  const finding = { reader, tenantId, filters, also, order, place, limit: limit + offset };
  const found = ways && selectByWays(rows, ways, finding);
  const fields: Fields = {
    id: sql`${found ? sql.identifier("page_id") : rows.id}`.as("page_id"),
  };
  for (const [at, { value }] of order.keys.entries()) {
    fields[keyName(at)] = sql`${found ? keyOf(at) : value}`.as(`page_key_${at}`);
  }
  const sorted = order.keys.map(({ value }, at) =>
    directed(order, place, found ? keyOf(at) : value),
  );
  const page = found
    ? reader.select(fields).from(sql`(${found}) found`)
    : selectWhere(rows, reader, fields, [
        ...conditionsOf(rows, tenantId, filters),
        also,
        place && beyondOf(order, place),
      ]);
  return page
    .orderBy(...sorted)
    .limit(limit)
    .offset(offset)
    .as("page") as unknown as PageOfIds;
}
