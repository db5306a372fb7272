import { expect, test } from "vitest";
import { decodeList } from "./decode-list.ts";

const wide = (text: string, order: "le" | "be"): number[] =>
  [...text].flatMap((letter) => {
    const code = letter.charCodeAt(0);
    return order === "le" ? [code & 255, code >> 8] : [code >> 8, code & 255];
  });

test.each([
  ["UTF-8", [0x61, 0xc3, 0xa4], "aä"],
  ["UTF-8 with a mark", [0xef, 0xbb, 0xbf, 0x61], "a"],
  ["UTF-16, little end first", [0xff, 0xfe, ...wide("aä", "le")], "aä"],
  ["UTF-16, big end first", [0xfe, 0xff, ...wide("aä", "be")], "aä"],
  [
    "UTF-16 without a mark, little end first",
    wide("mueller.de\nбюро.рф", "le"),
    "mueller.de\nбюро.рф",
  ],
  [
    "UTF-16 without a mark, big end first",
    wide("mueller.de\nбюро.рф", "be"),
    "mueller.de\nбюро.рф",
  ],
  ["the code page of western Windows", [0x61, 0xe4, 0x80], "aä€"],
  ["UTF-8 with a NUL", [0x61, 0x00, 0x62, 0x63, 0x64], "a\u0000bcd"],
  ["empty", [], ""],
])("a list is read when it is %s", (_, bytes, text) => {
  expect(decodeList(new Uint8Array(bytes))).toBe(text);
});
