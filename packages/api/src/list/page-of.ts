import type { Page } from "../list.contract.ts";

/**
 * A page of a list, from rows that were read with a limit of one more than asked for: when that one came,
 * there is a next page.
 * @param cursorAfter the cursor of the page that begins after this row
 */
export function pageOf<Row, Item>(
  rows: readonly Row[],
  limit: number,
  toItem: (row: Row) => Item,
  cursorAfter: (last: Row) => string,
): Page<Item> {
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return {
    items: rows.slice(0, limit).map((row) => toItem(row)),
    nextCursor: last === undefined ? null : cursorAfter(last),
  };
}
