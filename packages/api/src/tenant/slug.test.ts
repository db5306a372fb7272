import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { freeSlug, isSlug, slugOf } from "./slug.ts";

describe("a slug is made of", () => {
  test.each([
    ["Skyline Marketing", "skyline-marketing"],
    ["  Müller & Söhne GmbH ", "muller-sohne-gmbh"],
    ["Straße", "strasse"],
    ["Łódź Ærø Þór Đorđe", "lodz-aero-thor-dorde"],
    ["O'Brien’s", "obriens"],
    ["İstanbul ışık", "istanbul-isik"],
    ["天空營銷", "tenant"],
    ["— — —", "tenant"],
    ["", "tenant"],
    ["24/7 Services", "24-7-services"],
    ["x".repeat(300), "x".repeat(40)],
    [`${"word ".repeat(8)}end`, "word-word-word-word-word-word-word-word"],
    ["550e8400-e29b-41d4-a716-446655440000", "tenant"],
  ])("%j: %s", (name, slug) => {
    expect(slugOf(name)).toBe(slug);
  });
});

test("whatever a tenant is called, its slug may stand in an address, with a number too", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.integer({ min: 0, max: 30 }), (name, others) => {
      const base = slugOf(name);
      const taken = new Set([
        base,
        ...Array.from({ length: others }, (_, n) => `${base}-${n + 2}`),
      ]);
      const slug = freeSlug(base, taken);
      expect(isSlug(base) && isSlug(slug) && !taken.has(slug)).toBe(true);
    }),
  );
});
