import { describe, expect, it } from "vitest";
import { placeOf, tabbed } from "./sql-words.ts";

describe("a place in a statement", () => {
  it.each([
    ["select nothing", 8, "Line 1, character 8: nothing"],
    ["select 1\nfrm jobs\nwhere true", 10, "Line 2, character 1: frm jobs"],
    ["select 'ä😀', x", 14, "Line 1, character 14: x"],
    ["select", 7, "Line 1, character 7"],
  ])("of %j at %d is told", (sql, position, words) => {
    expect(placeOf(sql, position)).toBe(words);
  });
});

it("makes rows that a spreadsheet takes and does not run", () => {
  const columns = [
    { name: "a", type: "text" },
    { name: "=b", type: "text" },
  ];
  expect(
    tabbed(columns, [
      ["=1+1", null],
      ["-5", "x\ty\nz"],
      ["@me", "-5 apples"],
    ]),
  ).toBe("a\t'=b\n'=1+1\t\n-5\tx y z\n'@me\t'-5 apples");
});
