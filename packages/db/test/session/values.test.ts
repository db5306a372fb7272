import { inspect } from "node:util";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DatabaseError } from "../../src/session/errors/database-error.ts";
import { encodeParameter, json } from "../../src/session/sql/parameters.ts";
import { parseArray, parseRows, parseTimestamp } from "../../src/session/sql/results.ts";
import { currentTags, withStatementTags } from "../../src/session/sql/tags.ts";

describe("encodeParameter", () => {
  test.each([
    [1.5, "1.5"],
    [10n ** 30n, "1000000000000000000000000000000"],
    [true, "true"],
    [null, null],
    [new Date("2026-11-21T10:00:00.123Z"), "2026-11-21T10:00:00.123Z"],
    [new Uint8Array([0, 255]), "\\x00ff"],
    [Buffer.from("xabc").subarray(1), "\\x616263"],
    [{ a: [1, "x"] }, '{"a":[1,"x"]}'],
    [["a,b", 'q"', null, "\\", ["x"]], '{"a,b","q\\"",NULL,"\\\\",{"x"}}'],
    ["NUL\0 and half \ud800", "NUL and half \ufffd"],
    [json([1, "a\0\ud800"]), '[1,"a\ufffd"]'],
    [json("text"), '"text"'],
    [json(null), "null"],
    [{ text: "NUL\0 and half \ud800" }, '{"text":"NUL and half \ufffd"}'],
    [{ "key\0\ud800": [new String("boxed\0")] }, '{"key\ufffd":["boxed"]}'],
    [json("\\u0000 \\\\ud800 🐘 \u0001"), String.raw`"\\u0000 \\\\ud800 🐘 \u0001"`],
  ])("%o", (value, text) => {
    expect(encodeParameter(value)).toBe(text);
  });

  test.each([
    undefined,
    () => 1,
    Symbol("x"),
    new Date(Number.NaN),
    new Date("-000001-01-01T00:00:00Z"),
    new Date("+010000-01-01T00:00:00Z"),
    new Map(),
    new Set(),
    new ArrayBuffer(2),
    [undefined],
    json(undefined),
  ])("refuses %o with a sentence", (value) => {
    expect(() => encodeParameter(value)).toThrow(/cannot send .+: .+/);
  });
});

test("an array of any text comes back from its literal", () => {
  const element = fc.oneof(
    fc.string({ unit: "binary" }).map((text) => text.replaceAll("\0", "")),
    fc.constant(null),
  );
  fc.assert(
    fc.property(fc.array(element), (values) => {
      expect(parseArray(encodeParameter(values) as string)).toEqual(values);
    }),
  );
});

test.each([
  ["2026-11-21 10:00:00.123456+00", "2026-11-21T10:00:00.123Z"],
  ["2026-11-21 10:00:00+05:30", "2026-11-21T04:30:00.000Z"],
  ["2026-11-21 10:00:00", "2026-11-21T10:00:00.000Z"],
  ["2026-11-21", "2026-11-21T00:00:00.000Z"],
])("the server's %s is the instant %s", (text, iso) => {
  expect(parseTimestamp(text).toISOString()).toBe(iso);
});

test("half a character in a request id harms nobody", () => {
  const comment = withStatementTags({ requestId: "half \ud800" }, () => currentTags()?.comment);
  expect(comment).toBe("/*request_id='half%20%EF%BF%BD'*/ ");
});

test("a value that is no JSON is told without itself", () => {
  const result = Object.assign([{ a: "my secret text" }], {
    count: 1,
    command: "SELECT",
    columns: [{ name: "a", type: 3802 }],
  });
  let fault: unknown;
  try {
    parseRows(result, "text");
  } catch (error) {
    fault = error;
  }
  expect(fault).toBeInstanceOf(DatabaseError);
  expect(inspect(fault, { depth: 9 })).not.toMatch(/secret/);
});
