import fc from "fast-check";
import { expect, test } from "vitest";
import type { Column } from "../list/list.contract.ts";
import type { CellRow, CellRows } from "../list/read-chunk.ts";
import { arrived } from "../../test/arrived-rows.ts";
import { writeJson, writeNdjson } from "./write-json.ts";

const KEYS = ["name", "count", "is_new", "at", "many"];
const COLUMNS: Column[] = [
  { header: "Name", kind: "text" },
  { header: "Count", kind: "number" },
  { header: "New", kind: "flag" },
  { header: "At", kind: "time" },
  { header: "Many", kind: "texts" },
];

async function textOf(write: typeof writeJson, chunks: CellRows[]): Promise<string> {
  let text = "";
  const source = (async function* () {
    yield* chunks;
  })();
  for await (const piece of write(KEYS, COLUMNS, source)) text += piece;
  return text;
}

const ROWS: CellRow[] = [
  ['a "b"\n\u2028', "1.5", "true", "2026-11-21 09:00:00.12", '["x","y"]'],
  [null, null, null, null, null],
  ["=1", "NaN", "false", "2026-11-21 09:00:00", "[]"],
];
const VALUES = [
  {
    name: 'a "b"\n\u2028',
    count: 1.5,
    is_new: true,
    at: "2026-11-21T09:00:00.120000+00:00",
    many: ["x", "y"],
  },
  { name: null, count: null, is_new: null, at: null, many: null },
  { name: "=1", count: null, is_new: false, at: "2026-11-21T09:00:00.000000+00:00", many: [] },
];

test.each([[[ROWS]], [ROWS.map((row) => [row])], [[[], ROWS, []]]])(
  "rows are objects with values of their kinds, however they were read",
  async (chunks) => {
    expect(JSON.parse(await textOf(writeJson, chunks))).toEqual(VALUES);
    const lines = (await textOf(writeNdjson, chunks)).split("\n");
    expect(lines.pop()).toBe("");
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(VALUES);
    const same = chunks.map(arrived);
    expect(await textOf(writeJson, same)).toBe(await textOf(writeJson, chunks));
    expect(await textOf(writeNdjson, same)).toBe(await textOf(writeNdjson, chunks));
  },
);

test("no rows are an empty array, and no line", async () => {
  expect(JSON.parse(await textOf(writeJson, [[]]))).toEqual([]);
  expect(await textOf(writeNdjson, [[]])).toBe("");
});

test("a text is the same again, whatever it holds", async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: "binary" }), async (name) => {
      const rows = [[name, null, null, null, null]];
      const [row] = JSON.parse(await textOf(writeJson, [rows])) as { name: string }[];
      if (name.isWellFormed()) {
        const same = await textOf(writeJson, [arrived(rows)]);
        expect(JSON.parse(same)).toEqual([row]);
      }
      expect(row?.name).toBe(name);
    }),
  );
});
