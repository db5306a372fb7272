import { expect, test } from "vitest";
import { TextCache } from "../../src/session/sql/text-cache.ts";

test("what was worked out about a text is known when it comes again, falsehoods too", () => {
  const cache = new TextCache<boolean>(10);
  expect(cache.get("select 1")).toBeUndefined();
  expect(cache.keep("select 1", false)).toBe(false);
  expect(cache.get("select 1")).toBe(false);
});

test("texts that are written for one use each never fill the memory", () => {
  const cache = new TextCache<number>(3);
  const texts = Array.from({ length: 100 }, (_, at) => `select ${at}`);
  const known = () => texts.filter((text) => cache.get(text) !== undefined).length;
  for (const [at, text] of texts.entries()) {
    cache.keep(text, at);
    expect(cache.get(text)).toBe(at);
    expect(known()).toBeLessThanOrEqual(3);
  }
});

test("a long text is not kept, as it was most likely written for one use", () => {
  const cache = new TextCache<string>(10);
  const [long, longest] = [" ".repeat(10_001), " ".repeat(10_000)];
  expect(cache.keep(long, "long")).toBe("long");
  expect(cache.get(long)).toBeUndefined();
  cache.keep(longest, "longest");
  expect(cache.get(longest)).toBe("longest");
});
