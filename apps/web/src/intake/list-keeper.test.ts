import { writeXlsx } from "hucre/xlsx";
import { describe, expect, it } from "vitest";
import { ListKeeper } from "./list-keeper.ts";
import type { ListFile, ListRequest, Mend } from "./list-shape.ts";

const requestOf = (part: Partial<ListRequest>): ListRequest => ({
  text: "",
  column: null,
  files: [],
  reuse: { all: false, but: [] },
  ...part,
});

const fileOf = (id: string, more: { column?: number; mends?: Mend[] } = {}): ListFile => ({
  id,
  name: `${id}.csv`,
  bytes: 1,
  column: more.column ?? null,
  mends: more.mends ?? [],
});

const keeperWith = async (files: Record<string, string>): Promise<ListKeeper> => {
  const keeper = new ListKeeper();
  for (const [id, text] of Object.entries(files)) {
    expect(await keeper.add(id, `${id}.csv`, new Blob([text]))).toBeNull();
  }
  return keeper;
};

const TEXT = "acme.com\nhttps://www.Harbor.com/x, lucia.es\nACME.com\nno domain\n";

describe("the list of a page", () => {
  it("is sorted into what runs, what was fixed, what is there twice and what is none", async () => {
    const keeper = new ListKeeper();
    const summary = await keeper.sort(requestOf({ text: TEXT }));
    expect(summary?.counts).toEqual({ valid: 2, fixed: 1, recent: 0, duplicate: 1, invalid: 1 });
    expect(summary?.running).toBe(3);
    expect(summary?.fixes).toBe("https://, paths and www. removed; lower case");
    expect(keeper.rows("duplicate", 0, 9)).toMatchObject([
      { line: 3, input: "ACME.com", of: { file: null, line: 1 } },
    ]);
    expect(keeper.rows("invalid", 0, 9)).toMatchObject([{ line: 4, input: "no domain" }]);
    expect(keeper.toSend()).toEqual({ text: TEXT });
  });

  it("gives only the rows that are asked for", async () => {
    const keeper = new ListKeeper();
    const text = Array.from({ length: 500 }, (_, at) => `acme-${at}.com`).join("\n");
    await keeper.sort(requestOf({ text }));
    const rows = keeper.rows("valid", 200, 203);
    expect(rows.map(({ domain }) => domain)).toEqual([
      "acme-200.com",
      "acme-201.com",
      "acme-202.com",
    ]);
  });

  it("reads each file by itself, numbers its lines from one, and finds doubles across all", async () => {
    const keeper = await keeperWith({
      one: "Name,Website\nAcme,acme.com\nHarbor,harbor.com",
      two: "Web;Ort\nlucia.es;Bern\nacme.com;Bern\nkein Name;Zug",
    });
    const files = [fileOf("one"), fileOf("two")];
    const summary = await keeper.sort(requestOf({ text: "harbor.com", files }));
    expect(
      summary?.parts.map(({ id, lines, nameColumn }) => [id, lines, nameColumn?.name]),
    ).toEqual([
      [null, 1, undefined],
      ["one", 2, "Website"],
      ["two", 3, "Web"],
    ]);
    expect(keeper.rows("duplicate", 0, 9)).toMatchObject([
      { file: "one.csv", line: 3, of: { file: null, line: 1 } },
      { file: "two.csv", line: 3, of: { file: "one.csv", line: 2 } },
    ]);
    expect(keeper.rows("invalid", 0, 9)).toMatchObject([{ file: "two.csv", line: 4 }]);
    expect(keeper.rows("valid", 1, 2)).toMatchObject([{ domain: "acme.com", beside: "Acme" }]);
    expect(keeper.toSend()).toEqual({
      column: 0,
      fileName: "one.csv",
      rows: [
        ["Website", "Name", "Ort"],
        ["harbor.com", "", ""],
        ["acme.com", "Acme", ""],
        ["harbor.com", "Harbor", ""],
        ["lucia.es", "", "Bern"],
        ["acme.com", "", "Bern"],
        ["kein Name", "", "Zug"],
      ],
    });
  });

  it("takes another column when one is chosen", async () => {
    const keeper = await keeperWith({ one: "Website,Partner\nacme.com,harbor.com" });
    const files = [fileOf("one", { column: 1 })];
    await keeper.sort(requestOf({ files }));
    expect(keeper.rows("valid", 0, 9)).toMatchObject([{ domain: "harbor.com" }]);
    expect(keeper.toSend()).toEqual({
      text: "Website,Partner\nacme.com,harbor.com",
      column: 1,
      fileName: "one.csv",
    });
  });

  it("puts what was mended in the place of what was refused, in that line only", async () => {
    const keeper = await keeperWith({ one: "no name\nacme.com\nno name\nneither" });
    const mends = [
      { line: 3, from: "no name", to: "lucia.es" },
      { line: 4, from: "neither", to: "" },
    ];
    const summary = await keeper.sort(requestOf({ files: [fileOf("one", { mends })] }));
    expect(summary?.counts).toMatchObject({ valid: 2, invalid: 1 });
    expect(keeper.rows("invalid", 0, 9)).toMatchObject([{ line: 1 }]);
    expect(keeper.toSend()).toEqual({
      rows: ["no name", "acme.com", "lucia.es"],
      fileName: "one.csv",
    });
  });

  it("sends a mended table with its columns, in their order of importance", async () => {
    const keeper = await keeperWith({
      one: "Nr,Website,E-Mail\n1,acme.com,i@x.com\n2,none,i@y.com\n3,,i@z.com",
    });
    const mends = [
      { line: 3, from: "none", to: "harbor.com" },
      { line: 4, from: "3,,i@z.com", to: "lucia.es" },
    ];
    const summary = await keeper.sort(requestOf({ files: [fileOf("one", { mends })] }));
    expect(summary?.counts).toMatchObject({ valid: 3, invalid: 0 });
    expect(keeper.toSend()).toEqual({
      column: 0,
      fileName: "one.csv",
      rows: [
        ["Website", "Nr", "E-Mail"],
        ["acme.com", "1", "i@x.com"],
        ["harbor.com", "2", "i@y.com"],
        ["lucia.es", "3", "i@z.com"],
      ],
    });
  });

  it("reads a workbook's sheet, and says which and how many others there are", async () => {
    const keeper = new ListKeeper();
    const rows = [
      ["Nr", "Website"],
      [1, "acme.com"],
      [2, "nothing"],
    ];
    const book = await writeXlsx({
      sheets: [
        { name: "About", rows: [["Read me"]] },
        { name: "Leads", rows },
      ],
    });
    expect(await keeper.add("book", "Leads.xlsx", new Blob([book as BlobPart]))).toBeNull();
    const mends = [{ line: 3, from: "nothing", to: "harbor.com" }];
    const summary = await keeper.sort(requestOf({ files: [fileOf("book", { mends })] }));
    expect(summary?.parts).toMatchObject([{ sheet: { name: "Leads", others: 1 }, lines: 2 }]);
    expect(keeper.rows("valid", 0, 9)).toMatchObject([
      { line: 2, domain: "acme.com", beside: "1" },
      { line: 3, domain: "harbor.com", beside: "2" },
    ]);
  });

  it("says which file the browser has no longer", async () => {
    const summary = await new ListKeeper().sort(requestOf({ files: [fileOf("gone")] }));
    expect(summary?.parts).toMatchObject([{ id: "gone", missing: true, lines: 0 }]);
  });

  it("scans again what was scanned lately, unless the last scan is chosen, for all or for some", async () => {
    const keeper = new ListKeeper();
    const text = "acme.com\nhttps://harbor.com\nlucia.es";
    await keeper.sort(requestOf({ text }));
    expect(keeper.unasked(2)).toEqual(["acme.com", "harbor.com"]);
    const lastScanAt = "2026-11-29T05:00:00Z";
    keeper.learn(["acme.com", "harbor.com", "lucia.es"], {
      recent: [
        { line: 2, domain: "harbor.com", lastScanAt },
        { line: 3, domain: "lucia.es", lastScanAt },
      ],
      invalid: [],
    });
    expect(keeper.unasked(9)).toEqual([]);

    const again = await keeper.sort(requestOf({ text }));
    expect(again).toMatchObject({
      counts: { valid: 1, recent: 2, fixed: 0 },
      running: 3,
      reused: 0,
    });
    expect(keeper.rows("recent", 0, 1)).toMatchObject([{ domain: "harbor.com", lastScanAt }]);

    const kept = await keeper.sort(requestOf({ text, reuse: { all: true, but: ["lucia.es"] } }));
    expect(kept).toMatchObject({ running: 2, reused: 1 });
    expect(keeper.toSend()).toEqual({ text, reuse: ["harbor.com"] });
  });

  it("tells what is never visited among what is refused, and counts it as nothing that runs", async () => {
    const keeper = new ListKeeper();
    const text = "acme.com\nhttps://www.harbor.com/x\nharbor.com";
    await keeper.sort(requestOf({ text }));
    const reason = "Never visited.";
    keeper.learn(keeper.unasked(9), {
      recent: [],
      invalid: [{ line: 2, input: "harbor.com", reason }],
    });
    const again = await keeper.sort(requestOf({ text }));
    expect(again).toMatchObject({ counts: { valid: 1, duplicate: 0, invalid: 2 }, running: 1 });
    expect(keeper.rows("invalid", 0, 9)).toMatchObject([
      { line: 2, input: "https://www.harbor.com/x", reason },
      { line: 3, input: "harbor.com", reason },
    ]);
    expect(keeper.toSend()).toEqual({ text });
  });

  it("lets a newer list take the place of one that is being read", async () => {
    const keeper = new ListKeeper();
    const [older, newer] = await Promise.all([
      keeper.sort(requestOf({ text: "acme.com" })),
      keeper.sort(requestOf({ text: "harbor.com\nlucia.es" })),
    ]);
    expect([older, newer?.running]).toEqual([null, 2]);
  });

  it("sends the domains of addresses beside the addresses, where several files become one table", async () => {
    const keeper = await keeperWith({
      one: "E-Mail,Name\ninfo@acme.com,Acme\nhi@harbor.com,Harbor",
    });
    await keeper.sort(requestOf({ text: "lucia.es", files: [fileOf("one")] }));
    expect(keeper.toSend()).toMatchObject({
      rows: [
        ["E-Mail", "Name"],
        ["lucia.es", ""],
        ["acme.com", "Acme"],
        ["harbor.com", "Harbor"],
      ],
    });
  });
});

describe("a list larger than the server takes at once", () => {
  const list = (count: number, entryOf: (at: number) => string): string =>
    Array.from({ length: count }, (_, at) => entryOf(at)).join("\n");
  const sortedWith = async (text: string) => {
    const keeper = await keeperWith({ one: text });
    return { keeper, summary: await keeper.sort(requestOf({ files: [fileOf("one")] })) };
  };

  it("goes as the names that run when it has more lines than are taken", async () => {
    const most = await sortedWith(
      list(100_000, (at) => (at === 7 ? "none" : `acme-${at % 50_000}.com`)),
    );
    expect(most.summary).toMatchObject({ whole: true, running: 50_000 });
    expect(most.keeper.toSend()).toHaveProperty("text");
    const more = await sortedWith(list(100_001, (at) => `acme-${at % 50_000}.com`));
    expect(more.summary).toMatchObject({ whole: false, tooLarge: false, running: 50_000 });
    expect(more.keeper.toSend()).toMatchObject({ domains: { length: 50_000 } });
  });

  it("goes as the names that run when its columns have more bytes than are taken", async () => {
    const row = (at: number): string =>
      `${`acme-${at}.com`.padEnd(14)},${"ü".repeat(250)},"${"x".repeat(480)}"`;
    const most = await sortedWith(list(19_960, row));
    expect(most.summary).toMatchObject({ whole: true, tooLarge: false });
    expect(most.keeper.toSend()).toHaveProperty("text");
    // Within the 20 MB of a file; as JSON each quote takes a byte more.
    const more = await sortedWith(list(19_999, row));
    expect(more.summary).toMatchObject({ whole: false, tooLarge: false });
    expect(more.keeper.toSend()).toMatchObject({ domains: { length: 19_999 } });
  });
});

describe("a file", () => {
  it("is refused in words when it is empty, too large, or no list", async () => {
    const keeper = new ListKeeper();
    const tell = (name: string, content: BlobPart) => keeper.add(name, name, new Blob([content]));
    expect(await tell("a.csv", "")).toBe("a.csv is empty.");
    expect(await tell("a.csv", new Uint8Array(20_000_001))).toMatch(/larger than 20 MB/);
    expect(await tell("a.csv", new Uint8Array(20_000_000).fill(0x61))).toBeNull();
    for (const name of ["old.xls", "open.ods", "apple.numbers"]) {
      expect(await tell(name, "x")).toMatch(/save it as \.xlsx or CSV/);
    }
    expect(await tell("a.pdf", "%PDF-1.7")).toMatch(/no list that can be read/);
    expect(await tell("a.docx", "PK\u0003\u0004 and so on")).toMatch(/^a\.docx .*save it/);
    expect(await tell("list", "acme.com")).toBeNull();
  });
});
