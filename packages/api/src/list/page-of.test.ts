import fc from "fast-check";
import { expect, test } from "vitest";
import { pageOf } from "./page-of.ts";

test("pages one after the other give every row once, and the last one says so", () => {
  fc.assert(
    fc.property(fc.nat({ max: 40 }), fc.integer({ min: 1, max: 12 }), (length, limit) => {
      const list = Array.from({ length }, (_, index) => index);
      const seen: string[] = [];
      for (let cursor: string | null = "-1"; cursor !== null;) {
        const after: number = Number(cursor);
        const rows = list.filter((row) => row > after).slice(0, limit + 1);
        const page = pageOf(rows, limit, (row) => `row ${row}`, String);
        expect(page.items.length).toBeLessThanOrEqual(limit);
        if (page.nextCursor !== null) expect(page.items).toHaveLength(limit);
        seen.push(...page.items);
        cursor = page.nextCursor;
      }
      expect(seen).toEqual(list.map((row) => `row ${row}`));
    }),
  );
});
