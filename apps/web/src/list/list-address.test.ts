import { type AnyList, BATCH_LIST, JOB_LIST, PROFILE_LIST } from "@scrapersky/api/lists";
import { describe, expect, it } from "vitest";
import { inBatch } from "../job/in-batch.ts";
import { type Fixed, readListAddress, writeFilters } from "./list-address.ts";
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
      open: { kind: "words", max: 9, address: "o" },
      one: { kind: "text", max: 9 },
      yes: { kind: "flag" },
    },
    orders: { newest: [] },
  } as const satisfies AnyList;

  it.each([
    [{ some: ["c", "a"] }, { some: ["c", "a"] }],
    [{ open: ["x", "y"] }, { open: ["x", "y"] }],
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
      expect(written).toEqual({ some: ["b"], open: [], one: ["was"], yes: ["yes"] });
      writeFilters(EVERY_KIND, params, { some: [], open: [], one: [], yes: [], ...words });
      expect(inputOf(EVERY_KIND, params)).toEqual({ limit: 50, ...asked });
      expect(params.get("other")).toBe("1");
      expect(params.has("cursor")).toBe(false);
    },
  );
});
