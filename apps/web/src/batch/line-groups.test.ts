import { readElementsInSlices, readList, runSteps, sortLines } from "@scrapersky/api/intake";
import { describe, expect, it } from "vitest";
import { groupLines, replaceEntry } from "./line-groups.ts";
import { decodeList, readListFile } from "./read-list-file.ts";

const parseList = (text: string) => sortLines(readList(text).lines);
const readElements = (elements: string[]) =>
  sortLines(runSteps(readElementsInSlices(elements)).lines);

const LIST = "acme.com\nhttps://www.Harbor.com/x, lucia.es\nACME.com\nno domain\n";

describe("the lines of a list", () => {
  const groups = groupLines(parseList(LIST));

  it("fall into what runs, what was fixed, what is there twice and what is none", () => {
    expect(groups.valid.map(({ domain }) => domain)).toEqual(["acme.com", "lucia.es"]);
    expect(groups.fixed.map(({ line, domain }) => [line, domain])).toEqual([[2, "harbor.com"]]);
    expect(groups.duplicate.map(({ line }) => line)).toEqual([3]);
    expect(groups.invalid.map(({ input }) => input)).toEqual(["no domain"]);
  });

  it("are sent as they were written, so that the server reads the same domains again", () => {
    const sent = groups.toRun;
    expect(sent).toEqual(["acme.com", "https://www.Harbor.com/x", "lucia.es"]);
    const again = groupLines(readElements(sent));
    expect([again.invalid, again.duplicate]).toEqual([[], []]);
    expect(again.valid.length + again.fixed.length).toBe(3);
  });

  it("go as the name they mean where the server would take their path for several names", () => {
    const csv = 'url;phone\n"https://www.a.com/x,b.html";1\nhttps://c.com/d e.html;2';
    const { toRun } = groupLines(parseList(csv));
    expect(toRun).toEqual(["a.com", "c.com"]);
    expect(readElements(toRun).map(({ kind }) => kind)).toEqual(["valid", "valid"]);
  });
});

describe("a list larger than the server takes at once", () => {
  const list = (count: number, entryOf: (at: number) => string): string =>
    Array.from({ length: count }, (_, at) => entryOf(at)).join("\n");

  it("goes as names when these fit", () => {
    const path = "/a-long-path".repeat(20);
    const { toRun, tooLarge } = groupLines(
      parseList(list(20_000, (at) => `https://www.acme-${at}.com${path}`)),
    );
    expect([toRun.length, toRun[7], tooLarge]).toEqual([20_000, "acme-7.com", false]);
  });

  it("is known for it before it is sent, by its bytes and not its letters", () => {
    const label = "long-".repeat(11);
    const names = (count: number) => list(count, (at) => `${label}x.${label}x.${at}.com`);
    expect(groupLines(parseList(names(38_000))).tooLarge).toBe(false);
    expect(groupLines(parseList(names(42_000))).tooLarge).toBe(true);
    const umlauts = groupLines(
      parseList(list(40_000, (at) => `${"ü".repeat(50)}${at}.de/${"ü".repeat(25)}`)),
    );
    expect([umlauts.toRun[0]?.startsWith("xn--"), umlauts.tooLarge]).toEqual([true, false]);
  });
});

describe("mending one entry", () => {
  it("changes that entry of that line only", () => {
    expect(replaceEntry("a b, c.com\na b", 1, "a b", "ab.com")).toBe("ab.com, c.com\na b");
  });

  it("takes the line away when nothing is left of it", () => {
    expect(replaceEntry("x.com\nno\ny.com", 2, "no", "")).toBe("x.com\ny.com");
  });

  it("leaves the text alone when the line has changed meanwhile", () => {
    expect(replaceEntry("x.com", 1, "no", "y.com")).toBe("x.com");
    expect(replaceEntry("x.com", 9, "x.com", "y.com")).toBe("x.com");
  });

  it("does not read a replacement as a pattern", () => {
    expect(replaceEntry("no", 1, "no", "$&.com")).toBe("$&.com");
  });
});

describe("a list file", () => {
  it.each([
    ["UTF-8", [0x61, 0xc3, 0xa4], "aä"],
    ["UTF-8 with a mark", [0xef, 0xbb, 0xbf, 0x61], "a"],
    ["UTF-16, little end first", [0xff, 0xfe, 0x61, 0x00], "a"],
    ["UTF-16, big end first", [0xfe, 0xff, 0x00, 0x61], "a"],
    ["the code page of western Windows", [0x61, 0xe4], "aä"],
  ])("is read when it is %s", (_, bytes, text) => {
    expect(decodeList(new Uint8Array(bytes))).toBe(text);
  });

  it("is refused in words when it is something else or too large", async () => {
    expect(await readListFile(new File(["PK"], "list.xlsx"))).toHaveProperty("refused");
    expect(await readListFile(new File([new Uint8Array(5_000_001)], "list.csv"))).toHaveProperty(
      "refused",
    );
    expect(await readListFile(new File(["acme.com"], "LIST.TXT"))).toEqual({ text: "acme.com" });
  });
});
