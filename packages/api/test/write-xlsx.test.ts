import { expect, test } from "vitest";
import { XLSX_CELL_LENGTH_MAX } from "../src/contract.ts";
import { type Workbook, writeXlsx } from "../src/export/write-xlsx.ts";
import type { CellRow } from "../src/list/read-chunk.ts";
import { readWorkbook, testZip } from "./read-workbook.ts";

async function bytesOf(chunks: CellRow[][], more: Partial<Workbook> = {}): Promise<Buffer> {
  const source = (async function* () {
    yield* chunks;
  })();
  const columns = [
    { header: "Name", kind: "text" } as const,
    { header: "<Two>", kind: "text" } as const,
  ];
  const parts: Buffer[] = [];
  for await (const part of writeXlsx({ title: "jobs", columns, chunks: source, ...more })) {
    parts.push(part);
  }
  return Buffer.concat(parts);
}

const HEADERS = ["Name", "<Two>"];

test("all cells are text, read back by a reader that is not ours", async () => {
  const rows = [
    ["=1+1", "-5"],
    ["00123", "TRUE"],
    [null, "2026-11-21"],
    ["  blanks  ", "a\nb"],
    ["<b>&amp;\"'", "שלום 👩‍👩‍👧"],
  ];
  const bytes = await bytesOf([rows.slice(0, 2), rows.slice(2)]);
  expect(await testZip(bytes)).toContain("xl/workbook.xml");
  expect(await readWorkbook(bytes)).toEqual({ jobs: [HEADERS, ...rows] });
});

test.each([
  [0, [1]],
  [1, [2]],
  [2, [3]],
  [3, [3, 2]],
  [4, [3, 3]],
  [5, [3, 3, 2]],
])("%i rows at three lines a sheet give sheets of %j lines", async (count, lines) => {
  const rows = Array.from({ length: count }, (_, at): CellRow => [`n${at}`, "x"]);
  for (const size of [1, 2, 5]) {
    const chunks: CellRow[][] = [];
    for (let at = 0; at < count; at += size) chunks.push(rows.slice(at, at + size));
    const sheets = await readWorkbook(await bytesOf(chunks, { sheetRows: 3 }));
    expect(Object.keys(sheets)).toEqual(["jobs", "jobs 2", "jobs 3"].slice(0, lines.length));
    expect(Object.values(sheets).map((sheet) => sheet.length)).toEqual(lines);
    const all = Object.values(sheets).flatMap(([headers, ...rest]) => {
      expect(headers).toEqual(HEADERS);
      return rest;
    });
    expect(all).toEqual(rows);
  }
});

test("a cell holds 32,767 characters; what is longer is cut, says so, and is counted", async () => {
  let cut = 0;
  const fits = "x".repeat(XLSX_CELL_LENGTH_MAX);
  const bytes = await bytesOf(
    [
      [
        [fits, `${fits}y`],
        ["👍".repeat(20_000), "x"],
      ],
    ],
    {
      onCut: () => cut++,
    },
  );
  const [, first, second] = (await readWorkbook(bytes))["jobs"] as string[][];
  expect(first?.[0]).toBe(fits);
  for (const cell of [first?.[1], second?.[0]]) {
    expect(cell?.length).toBeLessThanOrEqual(XLSX_CELL_LENGTH_MAX);
    expect(cell).toMatch(/^.+ … \(cut: a cell holds 32,767 characters\)$/s);
    expect(cell?.isWellFormed()).toBe(true);
  }
  expect(cut).toBe(2);
});

test("what XML has no place for is written as workbooks write it, and stays what it was", async () => {
  const bytes = await bytesOf([[["bell\u0007 cr\r", "_x0041_"]]]);
  expect((await readWorkbook(bytes))["jobs"]?.[1]).toEqual(["bell\u0007 cr\r", "_x0041_"]);
});

test("who stops reading stops the reading of rows, and a fault of theirs is the reader's", async () => {
  let read = 0;
  let isStopped = false;
  const chunks = (async function* () {
    try {
      for (; ; read++)
        yield Array.from({ length: 1000 }, (): CellRow => [crypto.randomUUID(), "x"]);
    } finally {
      isStopped = true;
    }
  })();
  const columns = [{ header: "Name", kind: "text" } as const];
  for await (const part of writeXlsx({ title: "jobs", columns, chunks })) {
    if (part.length > 0 && read > 3) break;
  }
  await expect.poll(() => isStopped).toBe(true);

  const broken = (async function* (): AsyncGenerator<CellRow[]> {
    yield [["x", "y"]];
    throw new Error("the database went away");
  })();
  const reading = (async () => {
    for await (const _ of writeXlsx({ title: "jobs", columns, chunks: broken }));
  })();
  await expect(reading).rejects.toThrow("the database went away");
});
