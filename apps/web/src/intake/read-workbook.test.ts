import { readList } from "@scrapersky/api/intake";
import { writeXlsx } from "hucre/xlsx";
import { describe, expect, it } from "vitest";
import { readWorkbook, WORKBOOK_ROWS_MAX, WORKBOOK_UNPACKED_BYTES_MAX } from "./read-workbook.ts";
import { readZipDirectory } from "./zip-directory.ts";

type Cell = string | number | boolean | Date | null;
const bookOf = async (sheets: Record<string, Cell[][]>): Promise<Uint8Array> =>
  writeXlsx({ sheets: Object.entries(sheets).map(([name, rows]) => ({ name, rows })) });

const LEADS = [
  ["Nr", "Company", "Website"],
  [1, "Mueller, Inc.", "mueller.de"],
  [2, "Schmidt", "https://schmidt.ch/"],
];

/** The same book, with another size unpacked in its directory for the first of its parts. */
const claiming = (bytes: Uint8Array, unpackedBytes: number): Uint8Array => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = bytes.length - 22;
  view.setUint32(view.getUint32(end + 16, true) + 24, unpackedBytes, true);
  return bytes;
};

describe("a workbook", () => {
  it("is read into rows that the list's reader takes, each in its line", async () => {
    const book = await bookOf({ Leads: [...LEADS, [], [4, "Foo", "foo.com"]] });
    const read = await readWorkbook(book);
    expect(read).toMatchObject({ sheet: "Leads", others: 0, isCut: false });
    const list = readList("rows" in read ? read.rows : []);
    expect(list.columns).toEqual(["Nr", "Company", "Website"]);
    expect(list.lines.map(({ line, cells }) => [line, ...cells])).toEqual([
      [2, "1", "Mueller, Inc.", "mueller.de"],
      [3, "2", "Schmidt", "https://schmidt.ch/"],
      [5, "4", "Foo", "foo.com"],
    ]);
  });

  it("gives the first sheet in which names stand, and says which", async () => {
    const sheets = { "About & more": [["How to use this book"]], "A<B": LEADS, Older: LEADS };
    expect(await readWorkbook(await bookOf(sheets))).toMatchObject({ sheet: "A<B", others: 2 });
  });

  it("gives the first filled sheet, whole, where no sheet begins with names", async () => {
    const rows = Array.from({ length: 400 }, (_, at) => [`nothing ${at}`]);
    const read = await readWorkbook(await bookOf({ Empty: [], Filled: [...rows, ["late.com"]] }));
    expect(read).toMatchObject({ sheet: "Filled", rows: { length: 401 } });
  });

  it("tells numbers, dates and answers as a person reads them", async () => {
    const day = new Date("2026-11-29T00:00:00Z");
    const read = await readWorkbook(await bookOf({ S: [["a.com", 1.5, true, day, null, "x"]] }));
    expect(read).toMatchObject({ rows: [["a.com", "1.5", "true", expect.any(String), "", "x"]] });
  });

  it("is cut behind its last row that is read, and says so", async () => {
    const blanks = Array.from({ length: WORKBOOK_ROWS_MAX - 2 }, () => []);
    const most = [["first.com"], ...blanks, ["last.com"]];
    const cut = await readWorkbook(await bookOf({ S: [...most, ["more.com"]] }));
    expect(cut).toMatchObject({ rows: { length: WORKBOOK_ROWS_MAX }, isCut: true });
    const whole = await readWorkbook(await bookOf({ S: most }));
    expect(whole).toMatchObject({ rows: { length: WORKBOOK_ROWS_MAX }, isCut: false });
  });
});

describe("a workbook that is none", () => {
  it("is refused where it claims more than is ever unpacked", async () => {
    const book = await bookOf({ S: LEADS });
    const [first, ...rest] = readZipDirectory(book) ?? [];
    const others = rest.reduce((sum, { unpackedBytes }) => sum + unpackedBytes, 0);
    expect(first).toBeDefined();
    const most = WORKBOOK_UNPACKED_BYTES_MAX - others;
    expect(await readWorkbook(claiming(book, most + 1))).toEqual({
      refused: expect.stringContaining("250 MB unpacked"),
    });
    expect(await readWorkbook(claiming(book, most))).not.toEqual({
      refused: expect.stringContaining("250 MB"),
    });
  });

  it.each([
    ["a file cut off", async () => (await bookOf({ S: LEADS })).slice(0, 900)],
    ["nothing", async () => new Uint8Array()],
    ["words", async () => new TextEncoder().encode("PK\u0003\u0004 and words")],
    ["an old or a protected one", async () => new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0xa1])],
    ["an empty one", () => bookOf({ S: [] })],
  ])("is refused in words: %s", async (_, make) => {
    expect(await readWorkbook(await make())).toEqual({ refused: expect.stringMatching(/\.$/) });
  });

  it("and no part of it is unpacked further than it claims", async () => {
    const book = await bookOf({ S: LEADS });
    const directory = readZipDirectory(book) ?? [];
    const sheet = directory.findIndex(({ name }) => name.startsWith("xl/worksheets/"));
    expect(sheet).toBeGreaterThanOrEqual(0);
    const view = new DataView(book.buffer, book.byteOffset, book.byteLength);
    let at = view.getUint32(book.length - 22 + 16, true);
    for (let before = 0; before < sheet; before++)
      at +=
        46 +
        view.getUint16(at + 28, true) +
        view.getUint16(at + 30, true) +
        view.getUint16(at + 32, true);
    view.setUint32(at + 24, 10, true);
    expect(await readWorkbook(book)).toHaveProperty("refused");
  });
});
