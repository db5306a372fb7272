import { expect, it } from "vitest";
import { decodeList } from "./read-list-file.ts";

it.each([
  ["UTF-8", [0x61, 0xc3, 0xa4], "aä"],
  ["UTF-8 with a mark", [0xef, 0xbb, 0xbf, 0x61], "a"],
  ["UTF-16, little end first", [0xff, 0xfe, 0x61, 0x00], "a"],
  ["UTF-16, big end first", [0xfe, 0xff, 0x00, 0x61], "a"],
  ["the code page of western Windows", [0x61, 0xe4], "aä"],
])("a list file is read when it is %s", (_, bytes, text) => {
  expect(decodeList(new Uint8Array(bytes))).toBe(text);
});
