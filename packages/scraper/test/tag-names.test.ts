import fc from "fast-check";
import { expect, test } from "vitest";
import { tagName } from "../src/extract/tag-names.ts";

test("the name of a tag is what stands there, in lower case", () => {
  const known = fc.constantFrom(
    "div",
    "DIV",
    "Textarea",
    "a",
    "h1",
    "h2",
    "h7",
    "app-root",
    "x",
    "dI",
  );
  fc.assert(
    fc.property(known, fc.string({ maxLength: 20 }), fc.boolean(), (tag, other, isKnown) => {
      const name = isKnown ? tag : `b${other}`;
      expect(tagName(`<${name}>`, 1, 1 + name.length)).toBe(name.toLowerCase());
    }),
  );
});
