import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Column } from "../list/list.contract.ts";
import type { CellRow, CellRows } from "../list/read-chunk.ts";
import { arrived } from "../../test/arrived-rows.ts";
import { writeCsv } from "./write-csv.ts";

const TEXTS: Column[] = [
  { header: "One", kind: "text" },
  { header: "Two, or more", kind: "text" },
];

async function csvOf(columns: Column[], ...chunks: CellRows[]): Promise<string> {
  let text = "";
  const source = (async function* () {
    yield* chunks;
  })();
  for await (const piece of writeCsv(columns, source)) text += piece;
  return text;
}

const read = (text: string): string[][] => parse(text, { bom: true });

test("begins with a byte order mark and headers, ends lines with CR LF, and quotes by RFC 4180", async () => {
  expect(await csvOf(TEXTS, [["plain", 'a "b", c']], [[null, "line\r\nbreak"]], [["", "\n"]])).toBe(
    '\uFEFFOne,"Two, or more"\r\nplain,"a ""b"", c"\r\n,"line\r\nbreak"\r\n,"\n"\r\n',
  );
  expect(await csvOf(TEXTS)).toBe('\uFEFFOne,"Two, or more"\r\n');
});

test.each([
  ["=1+1", "'=1+1"],
  ["=HYPERLINK(1)", "'=HYPERLINK(1)"],
  ["+1-2 @", "'+1-2 @"],
  ["-x", "'-x"],
  ["@SUM(1)", "'@SUM(1)"],
  ["\tx", "'\tx"],
  ["\t1", "'\t1"],
  ["\rx", "'\rx"],
  ["+49 (0) 30 123-45.6", "+49 (0) 30 123-45.6"],
  ["-12.5", "-12.5"],
  ["-", "-"],
  ["+", "+"],
  ["a=b", "a=b"],
  ["'=1", "'=1"],
  [" =1", " =1"],
  ["שלום, עולם", "שלום, עולם"],
  ["👩‍👩‍👧 Müller\u200B", "👩‍👩‍👧 Müller\u200B"],
])("%j is written as %j", async (text, written) => {
  expect(read(await csvOf(TEXTS, arrived([[text, "x"]])))[1]).toEqual([written, "x"]);
  expect(read(await csvOf(TEXTS, [[text, "x"]]))[1]).toEqual([written, "x"]);
});

test("a header that a sheet brought along is no formula either", async () => {
  const columns: Column[] = [{ header: '=HYPERLINK("http://evil.example")', kind: "text" }];
  expect(read(await csvOf(columns, [["x"]]))[0]).toEqual([`'=HYPERLINK("http://evil.example")`]);
});

test("times have seconds, yes and no are words, several texts stand in one cell, numbers are as they are", async () => {
  const columns: Column[] = [
    { header: "At", kind: "time" },
    { header: "Is", kind: "flag" },
    { header: "Many", kind: "texts" },
    { header: "Number", kind: "number" },
  ];
  const rows: CellRow[] = [
    ["2026-11-21 09:00:00.123456", "true", '["a","=b, c"]', "-1.5"],
    ["2026-11-21 09:00:00", "false", "[]", "0"],
    ["2026-11-21 09:00:00", null, '["=cmd()"]', null],
  ];
  expect(await csvOf(columns, arrived(rows))).toBe(await csvOf(columns, rows));
  expect(read(await csvOf(columns, rows)).slice(1)).toEqual([
    ["2026-11-21 09:00:00", "yes", "a, =b, c", "-1.5"],
    ["2026-11-21 09:00:00", "no", "", "0"],
    ["2026-11-21 09:00:00", "", "'=cmd()", ""],
  ]);
});

test("whatever cells hold, a reader finds them where they were, and none begins as a formula does", async () => {
  const anyCell = fc.oneof(
    fc.string({ unit: "grapheme" }),
    fc.string({ unit: fc.constantFrom(...Array.from("=+-@\t\r\n\",;' 0a(")) }),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(anyCell, anyCell), { minLength: 1, maxLength: 5 }),
      async (rows) => {
        const text = await csvOf(TEXTS, rows);
        expect(await csvOf(TEXTS, arrived(rows))).toBe(text);
        const found = read(text).slice(1);
        expect(found).toHaveLength(rows.length);
        for (const [at, row] of rows.entries()) {
          for (const [column, text] of row.entries()) {
            const cell = found[at]?.[column] ?? "";
            expect(cell.replace(/^'/, "")).toBe(text.replace(/^'/, ""));
            expect(/^[=+\-@\t\r]/.test(cell) && !/^[\d +().-]+$/.test(cell)).toBe(false);
          }
        }
      },
    ),
  );
});

test("what arrived is passed on whole, however much it grows when it is written", async () => {
  const rows: CellRow[] = [
    ['"'.repeat(20_000), null],
    ["ü".repeat(20_000), '"ü",'.repeat(5_000)],
    ["a".repeat(20_000), "=".repeat(20_000)],
  ];
  expect(await csvOf(TEXTS, arrived(rows), [["x", "y"]])).toBe(
    await csvOf(TEXTS, rows, [["x", "y"]]),
  );
});
