import { expect, test } from "vitest";
import { withoutReach } from "./without-reach.ts";

const HIDDEN = { mayReadContacts: false };

test.each([
  ["Call +43 1 234 56 78 now", "Call … now"],
  ["(612) 555-0142 | Plumber", "(… | Plumber"],
  ["Write to anna.sonne@bakery.example, or come", "Write to …, or come"],
  ["mailto:info@bäckerei.example", "mailto:…"],
  ["Since 1901, 24 rooms, 12.50 a night", "Since 1901, 24 rooms, 12.50 a night"],
  ["", ""],
])("%j is told as %j to whoever may not read contacts", (text, told) => {
  expect(withoutReach(text, HIDDEN)).toBe(told);
  expect(withoutReach(text, { mayReadContacts: true })).toBe(text);
});

test("no text is none", () => expect(withoutReach(null, HIDDEN)).toBeNull());
