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
    expect(keeper.entriesToSend()).toEqual(["acme.com", "https://www.Harbor.com/x", "lucia.es"]);
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
    expect(keeper.entriesToSend()).toEqual(["harbor.com", "acme.com", "lucia.es"]);
  });

  it("takes another column when one is chosen", async () => {
    const keeper = await keeperWith({ one: "Website,Partner\nacme.com,harbor.com" });
    const files = [fileOf("one", { column: 1 })];
    await keeper.sort(requestOf({ files }));
    expect(keeper.entriesToSend()).toEqual(["harbor.com"]);
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
    expect(keeper.entriesToSend()).toEqual(["acme.com", "lucia.es"]);
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
    keeper.learn(
      ["acme.com", "harbor.com", "lucia.es"],
      [
        { domain: "harbor.com", lastScanAt },
        { domain: "lucia.es", lastScanAt },
      ],
    );
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
    expect(keeper.entriesToSend()).toEqual(["acme.com", "lucia.es"]);
  });

  it("lets a newer list take the place of one that is being read", async () => {
    const keeper = new ListKeeper();
    const [older, newer] = await Promise.all([
      keeper.sort(requestOf({ text: "acme.com" })),
      keeper.sort(requestOf({ text: "harbor.com\nlucia.es" })),
    ]);
    expect([older, newer?.running]).toEqual([null, 2]);
  });

  it("sends a name where the server would read something else from what was written", async () => {
    const keeper = new ListKeeper();
    await keeper.sort(requestOf({ text: "E-Mail,Name\ninfo@acme.com,Acme\nhi@harbor.com,Harbor" }));
    expect(keeper.entriesToSend()).toEqual(["acme.com", "harbor.com"]);
  });
});

describe("a list larger than the server takes at once", () => {
  const list = (count: number, entryOf: (at: number) => string): string =>
    Array.from({ length: count }, (_, at) => entryOf(at)).join("\n");

  it("goes as names when these fit", async () => {
    const path = "/a-long-path".repeat(20);
    const keeper = await keeperWith({
      one: list(20_000, (at) => `https://www.acme-${at}.com${path}`),
    });
    const summary = await keeper.sort(requestOf({ files: [fileOf("one")] }));
    expect([summary?.running, summary?.tooLarge]).toEqual([20_000, false]);
    expect(keeper.entriesToSend()[7]).toBe("acme-7.com");
  });

  it("is known for it before it is sent, by its bytes", async () => {
    const label = "long-".repeat(11);
    const names = (count: number) => list(count, (at) => `${label}x.${label}x.${at}.com`);
    const tooLarge = async (count: number) => {
      const keeper = await keeperWith({ one: names(count) });
      return (await keeper.sort(requestOf({ files: [fileOf("one")] })))?.tooLarge;
    };
    expect([await tooLarge(38_000), await tooLarge(42_000)]).toEqual([false, true]);
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
