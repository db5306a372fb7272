import fc from "fast-check";
import { expect, test } from "vitest";
import { remembered } from "../src/remembered.ts";
import { narrow } from "../src/text.ts";

/** A function with what it was asked for. */
function asked(entriesMax: number) {
  const seen: string[] = [];
  const ask = remembered(entriesMax, (text) => {
    seen.push(text);
    return text.length === 0 ? undefined : text.toUpperCase();
  });
  return { ask, seen };
}

test("each text is worked out once, also one that gives nothing", () => {
  const { ask, seen } = asked(10);
  expect(["a", "", "a", "", "b"].map(ask)).toEqual(["A", undefined, "A", undefined, "B"]);
  expect(seen).toEqual(["a", "", "b"]);
});

test("so many texts are known, and one more forgets them", () => {
  const { ask, seen } = asked(2);
  ["a", "b", "a", "b"].forEach(ask);
  expect(seen).toEqual(["a", "b"]);
  ["c", "a"].forEach(ask);
  expect(seen).toEqual(["a", "b", "c", "a"]);
});

test("texts of up to 300 characters are kept, longer ones are not", () => {
  const { ask, seen } = asked(10);
  const [short, long] = ["x".repeat(300), "x".repeat(301)];
  [short, long, short, long].forEach(ask);
  expect(seen).toEqual([short, long, long]);
});

test("a narrow text is the same text, whatever stands in it and however long it is", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 40 }), (text) => {
      expect(narrow(text)).toBe(text);
    }),
  );
  for (const length of [1_023, 1_024, 1_025]) {
    const text = "ä".repeat(length);
    expect(narrow(text)).toBe(text);
  }
});
