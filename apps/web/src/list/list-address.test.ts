import { type AnyList, BATCH_LIST, JOB_LIST, PROFILE_LIST } from "@scrapersky/api/lists";
import { describe, expect, it } from "vitest";
import { inBatch } from "../job/in-batch.ts";
import { type Fixed, readListAddress, wordsOf, writeFilters, writeOrder } from "./list-address.ts";
import { toSearchParams } from "./page-params.ts";

const inputOf = <L extends AnyList>(list: L, params: URLSearchParams, fixed?: Fixed<L>) =>
  readListAddress(list, params, fixed).input;

const read = (address: string) => new URLSearchParams(address);

describe("the address of a list", () => {
  it("drops what it does not know instead of failing", () => {
    const params = read("status=failed,nonsense&cursor=&q=%20&page=9&active=perhaps");
    expect(inputOf(BATCH_LIST, params)).toEqual({ limit: 50, status: ["failed"] });
    expect(inputOf(JOB_LIST, params)).toEqual({ limit: 50, status: ["failed"] });
    expect(inputOf(PROFILE_LIST, params)).toEqual({ limit: 50 });
  });

  it("asks for every filter it holds, in the list's own order of words", () => {
    const params = toSearchParams({
      status: "failed,running",
      error: "timeout",
      q: " acme ",
      batch: ["b1", "b2"],
      cursor: "c",
    });
    expect(inputOf(JOB_LIST, params)).toEqual({
      limit: 50,
      batchId: "b1",
      status: ["running", "failed"],
      errorCode: ["timeout"],
      q: "acme",
      cursor: "c",
    });
  });

  it("reads a batch's own jobs in the order of its lines, whatever the address says", () => {
    expect(inputOf(JOB_LIST, read("batch=other"), inBatch("mine"))).toMatchObject({
      batchId: "mine",
      order: "batch",
    });
  });

  it("refuses text the server would refuse", () => {
    const params = new URLSearchParams({
      q: "a".repeat(254),
      error: `${"a".repeat(61)},timeout`,
      cursor: "c".repeat(501),
    });
    expect(inputOf(JOB_LIST, params)).toEqual({ limit: 50, errorCode: ["timeout"] });
  });

  const EVERY_KIND = {
    name: "any",
    permission: "jobs:read",
    filters: {
      some: { kind: "choices", words: ["c", "b", "a"] },
      open: { kind: "words", max: 15, address: "o" },
      code: { kind: "words", max: 9, codes: true },
      one: { kind: "text", max: 9 },
      yes: { kind: "flag" },
      since: { kind: "time" },
      most: { kind: "count" },
    },
    orders: { newest: [], name: [], ofOne: ["one"] },
  } as const satisfies AnyList;

  const NOTHING = { some: [], open: [], code: [], one: [], yes: [], since: [], most: [] };

  it.each([
    [{ some: ["c", "a"] }, { some: ["c", "a"] }],
    [{ open: ["x", "y"] }, { open: ["x", "y"] }],
    [{ open: ["Frankfurt, Main", "x"] }, { open: ["Frankfurt, Main", "x"] }],
    [{ code: ["x", "y"] }, { code: ["x", "y"] }],
    [{ since: ["2026-11-01"] }, { since: "2026-11-01" }],
    [{ since: ["2026-11-01T09:30:00+02:00"] }, { since: "2026-11-01T09:30:00+02:00" }],
    [{ most: ["0"] }, { most: 0 }],
    [{ one: ["ü & ?=,"] }, { one: "ü & ?=," }],
    [{ yes: ["yes"] }, { yes: true }],
    [
      { yes: ["no"], one: ["z"] },
      { yes: false, one: "z" },
    ],
    [{}, {}],
  ] as const)(
    "writes %o so that it asks for %o, keeps the rest, and begins anew",
    (words, asked) => {
      const params = read("some=b&o=&one=was&yes=yes&cursor=c&other=1");
      const { input, written } = readListAddress(EVERY_KIND, params);
      expect(input).toMatchObject({ some: ["b"], one: "was", cursor: "c" });
      expect(written).toEqual({ ...NOTHING, some: ["b"], one: ["was"], yes: ["yes"] });
      writeFilters(EVERY_KIND, params, { ...NOTHING, ...words });
      expect(inputOf(EVERY_KIND, params)).toEqual({ limit: 50, ...asked });
      expect(params.get("other")).toBe("1");
      expect(params.has("cursor")).toBe(false);
    },
  );

  it.each([
    ["since=yesterday", {}],
    ["since=2026-02-30", {}],
    ["since=2026-13-01", {}],
    ["since=0000-01-01", {}],
    ["since=12026-01-01", {}],
    ["since=2026-11-01T25:00:00Z", {}],
    // Without its zone a time is another one in each place.
    ["since=2026-11-01T09:00:00", {}],
    ["since=2026-11-01T09:00Z&since=2026-11-02", { since: "2026-11-01T09:00Z" }],
    ["most=-5", { most: 0 }],
    ["most=99999999999", { most: 2_147_483_647 }],
    ["most=2147483647", { most: 2_147_483_647 }],
    ["most=1.5", {}],
    ["most=1e3", {}],
    ["most=", {}],
    ["yes=perhaps&yes=no", { yes: false }],
    ["o=a&o=a&o=+&o=b", { open: ["a", "b"] }],
    ["some=b&some=a,zz", { some: ["b", "a"] }],
    ["code=y,x&code=x", { code: ["y", "x"] }],
    ["one=+&one=z", { one: "z" }],
  ])("reads %s as what the server takes", (address, asked) => {
    expect(inputOf(EVERY_KIND, read(address))).toEqual({ limit: 50, ...asked });
  });

  it("keeps as many words as the server takes", () => {
    const params = new URLSearchParams();
    for (let at = 0; at < 101; at++) params.append("o", `w${at}`);
    const { open } = inputOf(EVERY_KIND, params);
    expect([open?.length, open?.at(-1)]).toEqual([100, "w99"]);
  });

  it("offers words where they are known, and none of what is typed", () => {
    const offered = Object.values(EVERY_KIND.filters).map((filter) => wordsOf(filter));
    expect(offered).toEqual([["c", "b", "a"], [], [], [], ["yes", "no"], [], []]);
  });

  it("asks for an order that the list has, where the filters that it needs hold", () => {
    const orderOf = (address: string, fixed?: Fixed<typeof EVERY_KIND>) =>
      inputOf(EVERY_KIND, read(address), fixed).order;
    expect(orderOf("order=name")).toBe("name");
    for (const order of ["nonsense", "toString", "ofOne", ""])
      expect(orderOf(`order=${order}`)).toBeUndefined();
    expect(orderOf("order=ofOne&one=z")).toBe("ofOne");
    expect(orderOf("order=ofOne", { one: "z" })).toBe("ofOne");
    expect(orderOf("order=name", { order: "newest" })).toBe("newest");
    const params = read("cursor=c&one=z");
    writeOrder(EVERY_KIND, params, "name");
    expect(String(params)).toBe("one=z&order=name");
    writeOrder(EVERY_KIND, params, "newest");
    expect(String(params)).toBe("one=z");
  });
});
