import { expect, test } from "vitest";
import { readGiven } from "./read-given.ts";

const pairs = (count: number) => [
  ...Array.from({ length: count }, () => "one.example two.example"),
  "last.example",
];

test.each(["rows", "domains"] as const)(
  "%s with more names than are read are refused, and never lose their last lines without a word",
  async (form) => {
    const { entries } = await readGiven({ [form]: pairs(74_999) });
    expect([entries.length, entries.at(-1)?.domain]).toEqual([149_999, "last.example"]);
    await expect(readGiven({ [form]: pairs(75_000) })).rejects.toMatchObject({
      code: "INVALID_INPUT",
      details: { errorCode: "TOO_MANY_LINES", fieldErrors: { [form]: expect.any(String) } },
    });
  },
);
