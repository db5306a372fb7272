import fc from "fast-check";
import { expect, test } from "vitest";
import type { Place } from "./cursor.ts";
import type { Page } from "./list.contract.ts";
import { isBackwards, pageOf } from "./page-of.ts";

const IS_BEYOND: Record<Place["side"], (row: number, key: number) => boolean> = {
  after: (row, key) => row > key,
  from: (row, key) => row >= key,
  before: (row, key) => row < key,
  through: (row, key) => row <= key,
};

/** A page as the database would give it, of rows that are their own keys. */
function read(rows: readonly number[], limit: number, cursor: string | null): Page<number> {
  const place = cursor === null ? undefined : (JSON.parse(cursor) as Place);
  const beyond = rows.filter(
    (row) => place === undefined || IS_BEYOND[place.side](row, Number(place.keys[0])),
  );
  const found = isBackwards(place) ? beyond.slice(-limit - 1) : beyond.slice(0, limit + 1);
  return pageOf(found, {
    limit,
    place,
    keysOf: (row) => [String(row)],
    write: (at) => JSON.stringify(at),
  });
}

const anyRows = fc
  .uniqueArray(fc.nat({ max: 99 }), { maxLength: 40 })
  .map((rows) => rows.toSorted((a, b) => a - b));
const anyLimit = fc.integer({ min: 1, max: 12 });

test("forward and back lead through the same pages, each row once, and both ends say so", () => {
  fc.assert(
    fc.property(anyRows, anyLimit, (rows, limit) => {
      const pages = [read(rows, limit, null)];
      while (pages.at(-1)?.nextCursor) pages.push(read(rows, limit, pages.at(-1)!.nextCursor));
      expect(pages.flatMap(({ items }) => items)).toEqual(rows);
      expect(pages[0]?.previousCursor).toBeNull();
      for (const { items } of pages.slice(0, -1)) expect(items).toHaveLength(limit);
      let at = pages.length - 1;
      for (let page = pages[at]!; page.previousCursor !== null; at--) {
        page = read(rows, limit, page.previousCursor);
        expect(page.items).toEqual(pages[at - 1]?.items);
        expect(page.previousCursor === null).toBe(at === 1);
        expect(read(rows, limit, page.nextCursor).items).toEqual(pages[at]?.items);
      }
      expect(at).toBe(0);
    }),
  );
});

test("rows that come and go between pages cost no row that stays, on the way there or back", () => {
  const anyChange = fc.record({ rows: anyRows, back: fc.boolean() });
  fc.assert(
    fc.property(
      anyRows,
      anyLimit,
      fc.array(anyChange, { maxLength: 8 }),
      (first, limit, changes) => {
        let page = read(first, limit, null);
        for (const { rows, back } of changes) {
          const cursor = back ? page.previousCursor : page.nextCursor;
          const edge = back ? page.items[0] : page.items.at(-1);
          if (cursor === null) continue;
          page = read(rows, limit, cursor);
          if (edge === undefined) continue;
          const beyond = rows.filter((row) => (back ? row < edge : row > edge));
          expect(page.items).toEqual(back ? beyond.slice(-limit) : beyond.slice(0, limit));
        }
      },
    ),
  );
});

test("a page whose rows are gone is empty and leads back to where it was asked from", () => {
  const { nextCursor } = read([1, 2, 3, 4], 2, null);
  const gone = read([1, 2], 2, nextCursor);
  expect(gone).toMatchObject({ items: [], nextCursor: null });
  expect(read([1, 2], 2, gone.previousCursor)).toMatchObject({
    items: [1, 2],
    previousCursor: null,
  });
  const { previousCursor } = read([1, 2, 3, 4], 2, nextCursor);
  const emptied = read([3, 4], 2, previousCursor);
  expect(emptied).toMatchObject({ items: [], previousCursor: null });
  expect(read([3, 4], 2, emptied.nextCursor)).toMatchObject({ items: [3, 4], nextCursor: null });
});
