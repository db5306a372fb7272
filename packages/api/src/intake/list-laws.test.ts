import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CELL_LENGTH_MAX, COLUMNS_MAX, LIST_LINES_MAX, type ReadList } from "./list-reading.ts";
import { INPUT_LENGTH_MAX } from "./find-names.ts";
import { readElementsInSlices, readList, readListInSlices } from "./read-list.ts";
import { groupLines, sortLines } from "./sort-lines.ts";
import { runSteps, runStepsInTurn } from "./steps.ts";

const NAME = /^(?=.{4,253}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z0-9-]{2,63}$/;

const piece = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      "mueller.de",
      "https://schmidt.ch/x",
      "Website",
      "Müller GmbH",
      "info@foo.com",
      "1,5",
      "",
    ),
  },
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      ...Array.from('",;|\t\n\r {}[]:<>()-.'),
      "\r\n",
      '""',
      "\f",
      "\u2028",
      "sep=;\n",
    ),
  },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 12 }) },
  { weight: 1, arbitrary: fc.oneof(fc.webUrl(), fc.domain(), fc.emailAddress(), fc.ipV4()) },
);
const anyList = fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join(""));

const stepsOf = (text: string): number => {
  let steps = 1;
  for (const reading = readListInSlices(text); !reading.next().done;) steps++;
  return steps;
};

test("whatever is pasted, nothing throws, and what is said of it can be stored and shown", () => {
  fc.assert(
    fc.property(anyList, (text) => {
      const list = readList(text);
      let before = 0;
      for (const { line, input, cells, entries } of list.lines) {
        expect(line).toBeGreaterThanOrEqual(before);
        before = line;
        expect(entries.length).toBeGreaterThan(0);
        expect(cells.length).toBeLessThanOrEqual(COLUMNS_MAX);
        for (const told of [input, ...cells, ...entries.map((entry) => entry.input)]) {
          expect(told.isWellFormed()).toBe(true);
          expect(told).not.toContain("\0");
        }
        for (const entry of entries) {
          expect(Array.from(entry.input).length).toBeLessThanOrEqual(INPUT_LENGTH_MAX);
          if (entry.domain === null) expect(entry.reason).toMatch(/^\S.*\.$/su);
          else expect(entry.domain).toMatch(NAME);
        }
      }
    }),
    { numRuns: 1500 },
  );
});

test("each entry is in one group, and none is lost on the way", () => {
  fc.assert(
    fc.property(anyList, (text) => {
      const { lines } = readList(text);
      const groups = groupLines(
        sortLines(lines, {
          scanned: new Map([["schmidt.ch", "2026-11-29T00:00:00Z"]]),
          refused: new Map([["mueller.de", "Never."]]),
        }),
      );
      const told = Object.values(groups).reduce((sum, group) => sum + group.length, 0);
      expect(told).toBe(lines.reduce((sum, { entries }) => sum + entries.length, 0));
      const runs = [...groups.valid, ...groups.fixed, ...groups.recent].map(({ domain }) => domain);
      expect(new Set(runs).size).toBe(runs.length);
    }),
    { numRuns: 500 },
  );
});

const word = fc.constantFrom(
  "mueller.de",
  "nothing here",
  "www.schmidt.ch",
  "foo.com and bar.com",
  "localhost",
  "Mueller - x.de",
  "a@b.de",
  "",
);

test("of plain lines each is told, but for blank ones", () => {
  fc.assert(
    fc.property(
      fc.array(word, { maxLength: 40 }),
      fc.constantFrom("\n", "\r\n", "\r", "\f"),
      (lines, end) => {
        const list = readList(lines.join(end));
        const filled = lines.flatMap((line, at) => (line === "" ? [] : [at + 1]));
        expect(list.lines.map(({ line }) => line)).toEqual(filled);
      },
    ),
  );
});

const cell = fc.constantFrom("Mueller", "a, b", 'the "best"', "two\nlines", "x;y", "1,5", "");
const site = fc.constantFrom("mueller.de", "https://schmidt.ch/a,b", "foo.com", "");
const quote = (text: string): string => `"${text.replaceAll('"', '""')}"`;

test("of a table with quotes each row is told, with all its cells, whatever they hold", () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(cell, site, cell), { minLength: 1, maxLength: 20 }),
      fc.constantFrom(",", ";", "\t", "|"),
      (rows, delimiter) => {
        fc.pre(rows.some(([, name]) => name !== ""));
        const table = [["Company", "Website", "Note"], ...rows];
        const text = table.map((row) => row.map(quote).join(delimiter)).join("\n");
        const list = readList(text);
        expect(list.columns).toEqual(table[0]);
        expect(list.nameColumn).toMatchObject({ index: 1, by: "header" });
        const filled = rows.filter((row) => row.some((text) => /[a-z0-9]/i.test(text)));
        expect(list.lines.map(({ cells }) => cells)).toEqual(
          filled.map((row) => row.map((text) => text.trim())),
        );
      },
    ),
  );
});

test("rows, text and elements say the same of the same lines, where these are not addresses of people alone", () => {
  fc.assert(
    fc.property(fc.array(word, { maxLength: 20 }), (words) => {
      const lines = words.filter((text) => !text.includes("@"));
      const of = ({ lines: read }: ReadList) => read.map(({ line, entries }) => [line, entries]);
      const elements = of(runSteps(readElementsInSlices(lines)));
      expect(of(readList(lines.join("\n")))).toEqual(elements);
      expect(of(readList(lines))).toEqual(elements);
    }),
  );
});

test("read in turns, a list says what it says read at once", async () => {
  const text = Array.from({ length: 20_000 }, (_, at) => `Mueller ${at};"a\n${at}";m${at}.de`).join(
    "\n",
  );
  expect(stepsOf(text)).toBeGreaterThan(10);
  expect(await runStepsInTurn(readListInSlices(text))).toEqual(readList(text));
});

describe("the pauses grow with the list and no faster, and come however it is made:", () => {
  test.each([
    ["one line of names", "n.com, "],
    ["newlines", "\n"],
    ["quotes", '"'],
    ["quotes that open lines", '"a,b\n'],
    ["quotes over lines", '"a,b\nc",d.de\n'],
    ['"a/,b"', '"a/,b"'],
    ["one cell", "a"],
    ["delimiters", ",;\t|"],
    ["brackets", "[{"],
    ["JSON lines", '{"url":"a.de"}\n'],
    ["dots", "."],
    ["schemes", "http://"],
    ["marks of HTML", "<a href="],
    ["hidden dots", "a[.]"],
  ])("%s", (_, text) => {
    const [half, whole] = [400_000, 800_000].map((length) =>
      stepsOf(text.repeat(length / text.length)),
    );
    expect(whole).toBeLessThanOrEqual(2 * (half ?? 0) + 2);
  });
});

test("130,000 names on one line are read", () => {
  const text = Array.from({ length: 130_000 }, (_, at) => `n${at}.com`).join(", ");
  const { lines, cut } = readList(text);
  expect(lines.map(({ line, entries }) => [line, entries.length])).toEqual([[1, 130_000]]);
  expect(cut.afterLine).toBeNull();
});

describe("what is kept has limits, and says what it left out:", () => {
  const rowOf = (cells: number, lastCell = "end") =>
    ["mueller.de", ...Array.from({ length: cells - 2 }, (_, at) => `c${at}`), lastCell].join(";");
  const headOf = (cells: number) => rowOf(cells, "Last").replace("mueller.de", "Website");

  test("40 columns, and not one more", () => {
    const most = readList(`${headOf(COLUMNS_MAX)}\n${rowOf(COLUMNS_MAX)}`);
    expect([most.columns.length, most.lines[0]?.cells.at(-1), most.cut.columns]).toEqual([
      40,
      "end",
      0,
    ]);
    const more = readList(`${headOf(COLUMNS_MAX + 1)}\n${rowOf(COLUMNS_MAX + 1)}`);
    expect([more.columns.length, more.lines[0]?.cells.length, more.cut.columns]).toEqual([
      40, 40, 1,
    ]);
  });

  test.each(["x", "😀"])("500 characters a cell of %s, and not one more", (letter) => {
    const list = (count: number) => readList(`Website;Note\nmueller.de;${letter.repeat(count)}`);
    const whole = list(CELL_LENGTH_MAX);
    expect([Array.from(whole.lines[0]?.cells[1] ?? "").length, whole.cut.cells]).toEqual([500, 0]);
    const cut = list(CELL_LENGTH_MAX + 1);
    expect([Array.from(cut.lines[0]?.cells[1] ?? "").length, cut.cut.cells]).toEqual([500, 1]);
  });

  test("150,000 lines, and not one more", () => {
    const text = "a.de\n".repeat(LIST_LINES_MAX);
    const whole = readList(text);
    expect([whole.lines.length, whole.cut.afterLine]).toEqual([150_000, null]);
    const cut = readList(`${text}b.de`);
    expect([cut.lines.length, cut.cut.afterLine]).toEqual([150_000, 150_000]);
  });

  test.each([
    ["a list", "[", ",\n", "]"],
    ["lines", "", "\n", ""],
  ])("150,000 elements of JSON in %s, and not one more", (_, open, between, close) => {
    const list = (count: number) =>
      readList(open + Array.from({ length: count }, () => '{"url":"a.de"}').join(between) + close);
    const whole = list(LIST_LINES_MAX);
    expect([whole.form, whole.lines.length, whole.cut.afterLine]).toEqual(["json", 150_000, null]);
    const cut = list(LIST_LINES_MAX + 2);
    expect([cut.form, cut.lines.length, cut.cut.afterLine]).toEqual(["json", 150_000, 150_000]);
  });

  test("150,000 names on one line, and not one more without a word", () => {
    const line = (count: number) => Array.from({ length: count }, (_, at) => `n${at}.de`).join(" ");
    const namesOf = (list: ReturnType<typeof readList>) =>
      list.lines.reduce((sum, { entries }) => sum + entries.length, 0);
    const whole = readList(line(LIST_LINES_MAX));
    expect([namesOf(whole), whole.cut.afterLine]).toEqual([150_000, null]);
    const cut = readList(line(LIST_LINES_MAX + 1));
    expect([namesOf(cut), cut.cut.afterLine]).toEqual([150_000, 1]);
    const second = readList([line(LIST_LINES_MAX - 1), "x.de y.de"]);
    expect([namesOf(second), second.cut.afterLine]).toEqual([150_000, 2]);
  });

  test("every address of a cell, however long it is", () => {
    const mails = Array.from({ length: 2_000 }, (_, at) => `info@bakery-${at}.de`);
    const list = readList([
      ["Name", "E-Mail"],
      ["A", "info@one.de"],
      ["B", mails.join("; ")],
    ]);
    expect(list.lines[1]?.entries).toHaveLength(2_000);
  });

  test("a quoted cell of 40,000 characters, while a longer one was never closed", () => {
    const list = (count: number) =>
      readList(`Website;Note\nmueller.de;"${"x".repeat(count)}\n;"\nschmidt.ch;b`);
    expect(list(39_990).lines.map(({ line }) => line)).toEqual([2, 4]);
    expect(list(40_010).lines.map(({ line }) => line)).toEqual([2, 4]);
    expect(list(39_990).lines[0]?.cells.length).toBe(2);
  });

  test("fifty keys of JSON; what stands under further ones shares a column", () => {
    const list = (keys: number) =>
      readList(
        JSON.stringify(Array.from({ length: keys }, (_, at) => ({ [`k${at}`]: `v${at}.de` }))),
      );
    expect(list(50).lines).toHaveLength(50);
    const more = list(52);
    expect(more.lines.map(({ entries }) => entries.length)).toHaveLength(52);
    expect(more.cut.columns).toBe(51 - COLUMNS_MAX);
  });
});

describe("the column with names", () => {
  const LEADS =
    "Company,Mail,Site,Shop\nA,info@a-mail.de,a.de,shop.a.de\nB,b@gmx.de,b.de,shop.b.de";

  test("is named, with how it was found and what could be chosen instead", () => {
    const list = readList(LEADS);
    expect(list.nameColumn).toEqual({ index: 2, name: "Site", by: "header" });
    expect(list.choices).toEqual([
      { index: 2, holds: "names" },
      { index: 3, holds: "names" },
      { index: 1, holds: "emails" },
    ]);
    expect(readList("1,google.com\n2,amazon.com").nameColumn).toEqual({
      index: 1,
      name: "Column 2",
      by: "content",
    });
  });

  test("can be another one, also of addresses, whose providers are no sites", () => {
    const domains = (column: number) =>
      readList(LEADS, { column }).lines.flatMap(({ entries }) =>
        entries.map(({ domain }) => domain),
      );
    expect(domains(3)).toEqual(["shop.a.de", "shop.b.de"]);
    expect(domains(1)).toEqual(["a-mail.de", null]);
    expect(readList(LEADS, { column: 1 }).nameColumn).toMatchObject({ by: "choice" });
    expect(readList(LEADS, { column: 99 }).nameColumn).toMatchObject({ index: 2 });
  });

  test("is that of addresses where nothing else names a site", () => {
    const list = readList("Name;E-Mail\nA;info@mueller.de\nB;b@gmail.com\nC;Foo <c@foo.com>");
    expect(list.nameColumn).toEqual({ index: 1, name: "E-Mail", by: "email" });
    expect(list.lines.map(({ entries }) => entries[0]?.domain)).toEqual([
      "mueller.de",
      null,
      "foo.com",
    ]);
    const running = readList(
      "a@mueller.de; b@schmidt.ch, c@gmx.de\nd@foo.com; e@bar.com, f@baz.com",
    );
    expect(running.lines.map(({ entries }) => entries.map(({ domain }) => domain))).toEqual([
      ["mueller.de", "schmidt.ch", null],
      ["foo.com", "bar.com", "baz.com"],
    ]);
    const bare = readList("info@mueller.de\nkontakt@schmidt.ch");
    expect(bare.lines.flatMap(({ entries }) => entries)).toEqual([
      { input: "info@mueller.de", domain: "mueller.de", note: "domain of an e-mail address" },
      { input: "kontakt@schmidt.ch", domain: "schmidt.ch", note: "domain of an e-mail address" },
    ]);
  });
});
