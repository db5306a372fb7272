import type { Place } from "./cursor.ts";
import type { Page } from "./list.contract.ts";

/** The other end of what was read: an empty page leads back to where it was asked from. */
const TURNED = { after: "through", from: "before", before: "from", through: "after" } as const;

export const isBackwards = (place: Place | undefined): boolean =>
  place?.side === "before" || place?.side === "through";

interface Reading<Row> {
  limit: number;
  /** Where it began; undefined for the beginning of the list. */
  place: Place | undefined;
  /** Whether rows before it were skipped by number. */
  skipped?: boolean;
  keysOf: (row: Row) => string[];
  write: (place: Place) => string;
}

/**
 * A page of a list, from rows that were read, in its direction, with a limit of one more than asked for: when that one came,
 * there is a page beyond. On the side it was asked from there is one too, for the cursor came from there; should all its
 * rows be gone meanwhile, that page is empty and leads back.
 * @param rows in the order of the list
 */
export function pageOf<Row>(
  rows: readonly Row[],
  { limit, place, skipped = false, keysOf, write }: Reading<Row>,
): Page<Row> {
  const backwards = isBackwards(place);
  const items = backwards ? rows.slice(-limit) : rows.slice(0, limit);
  const [first] = items;
  const last = items.at(-1);
  if (first === undefined || last === undefined) {
    const turned = place && write({ side: TURNED[place.side], keys: place.keys });
    return {
      items: [],
      nextCursor: (backwards && turned) || null,
      previousCursor: (!backwards && turned) || null,
    };
  }
  const beyond = rows.length > limit;
  const asked = place !== undefined || skipped;
  const next = backwards || beyond;
  const previous = backwards ? beyond : asked;
  return {
    items,
    nextCursor: next ? write({ side: "after", keys: keysOf(last) }) : null,
    previousCursor: previous ? write({ side: "before", keys: keysOf(first) }) : null,
  };
}
