import { asc, desc, type SQL, sql, type SQLWrapper } from "drizzle-orm";
import type { Place } from "./cursor.ts";
import type { Order } from "./list-rows.ts";
import { isBackwards } from "./page-of.ts";

// How pages of rows are sorted, and where they begin. Their ids and sort keys travel from step to step of a statement by
// these names.

export const keyName = (at: number): string => `key_${at}`;
export const keyOf = (at: number): SQLWrapper => sql.identifier(`page_key_${at}`);

export const isDescending = (order: Order, place: Place | undefined) =>
  order.descending !== isBackwards(place);

export const directed = (order: Order, place: Place | undefined, key: SQLWrapper): SQL =>
  isDescending(order, place) ? desc(key) : asc(key);

const COMPARED = {
  after: [">", "<"],
  from: [">=", "<="],
  before: ["<", ">"],
  through: ["<=", ">="],
} as const;

/** Rows on that side of the place, as one comparison of rows, which is one range of an index. */
export function beyondOf(
  { keys, descending }: Order,
  place: Place,
  values: readonly SQLWrapper[] = keys.map(({ value }) => value),
): SQL {
  const known = keys.map(({ type }, at) => sql`${place.keys[at]}::${sql.raw(type)}`);
  const compared = COMPARED[place.side][descending ? 1 : 0];
  return sql`(${joined(values)}) ${sql.raw(compared)} (${joined(known)})`;
}

/** The same among rows of one rank, which is the first key: known beforehand, so that the others are a range of an index. */
export function beyondRank(
  order: Order,
  place: Place,
  values: readonly SQLWrapper[],
  rank: number,
): SQL | undefined {
  const at = Number(place.keys[0]);
  if (rank === at) {
    const [, ...keys] = order.keys;
    return beyondOf({ ...order, keys }, { ...place, keys: place.keys.slice(1) }, values.slice(1));
  }
  return rank > at === isDescending(order, place) ? sql`false` : undefined;
}

export const joined = (parts: readonly SQLWrapper[]): SQL =>
  sql.join(
    parts.map((part) => sql`${part}`),
    sql`, `,
  );
