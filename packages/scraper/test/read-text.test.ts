import fc from "fast-check";
import { expect, test } from "vitest";
import { Budget, PLACES_MAX } from "../src/extract/mail/find.ts";
import { findWritten } from "../src/extract/mail/written.ts";
import { inAnyCase, isEnd, Needles, rowOf } from "../src/extract/needles.ts";
import { paymentsInText } from "../src/extract/payments.ts";
import { readText } from "../src/extract/read-text.ts";
import { copyrightYear } from "../src/extract/words.ts";

/** Texts that are full of beginnings of what is looked for. */
const pieces = fc.oneof(
  fc.constantFrom(
    "info (at) laden.de",
    "info[at]laden (dot) de",
    "info -at- laden.de",
    "write to info at laden dot de",
    " arroba ",
    " アット ",
    "snabel-a",
    "infoATladenDOTde",
    "We accept Visa",
    "payment methods: PayPal",
    "aceptamos Visa",
    "© 2019",
    "(C) 2020",
    "CopyRight 2021",
    "CHF 20",
    "R$ 5",
    "20 zł",
    "£3",
    "a",
    "at",
    "AT",
    "(",
    "-",
    " ",
    "\n",
    "\u00a0",
    "\u3000",
    "旅館",
    "ー",
    "１２",
    "7",
    "\ud800",
  ),
  fc.string({ unit: "binary", maxLength: 6 }),
);
const texts = fc.array(pieces, { maxLength: 30 }).map((parts) => parts.join(""));

const first = (text: string, expression: RegExp): number => {
  const at = text.search(expression);
  return at === -1 ? Infinity : at;
};
const SEARCHES = {
  fenced: /[-_*#|~"'+=^°](?:at|AT|ät|ÄT)[-_*#|~"'+=^°]/,
  capitals: /(?<=[a-z\d])AT(?=[a-z\d-])/,
  accepting: /accept|ayment method|ay with|ahlungsart|akzeptier|de pago|aceptamos|e paiement/,
  copyright: /©|\(c\)|copyright/i,
  price: /[A-Z](?:[A-Z]{2}|\$)|[£₹円łč]/,
  digit: /[\d\uff10-\uff19]/,
} as const;

test("a text that was looked through holds what it would hold otherwise, and nothing before the place that is told", () => {
  fc.assert(
    fc.property(texts, (text) => {
      const signs = readText(text);
      for (const [name, expression] of Object.entries(SEARCHES)) {
        const place = first(text, expression);
        const told = signs[name as keyof typeof SEARCHES];
        expect(told, name).toBeLessThanOrEqual(place);
        if (place === Infinity && name !== "fenced") expect(told, name).toBe(Infinity);
      }
      const budget = () => new Budget(PLACES_MAX);
      expect(findWritten(text, "laden.de", budget(), signs)).toEqual(
        findWritten(text, "laden.de", budget()),
      );
      expect(copyrightYear(text, 2026, signs.copyright)).toBe(copyrightYear(text, 2026));
      expect(paymentsInText(text, signs.accepting < Infinity)).toEqual(
        SEARCHES.accepting.test(text) ? paymentsInText(text) : [],
      );
    }),
    { numRuns: 500 },
  );
});

test("words and needles go on where a long text is taken up again", () => {
  for (const before of [16_380, 16_383, 16_384, 32_767]) {
    const text = `${"x".repeat(before)}yment copyright 2020 旅館 word`;
    const signs = readText(text);
    expect(signs.words).toBe(6);
    expect(signs.copyright).toBe(text.indexOf("copyright"));
    expect(signs.digit).toBe(text.indexOf("2020"));
  }
});

test("each needle is told where it ends, though others run into it", () => {
  const needles = new Needles([
    { places: Array.from("abab"), tells: 1 },
    { places: Array.from("bac"), tells: 2 },
    { places: inAnyCase("ab"), tells: 4 },
  ]);
  const told: [number, number][] = [];
  let state = 0;
  for (const [at, letter] of Array.from("abABabac").entries()) {
    const kind = needles.kinds[letter.charCodeAt(0)] as number;
    const known = needles.steps[state + kind] as number;
    const step = known === -1 ? needles.learn(state, kind) : known;
    state = rowOf(step);
    if (isEnd(step)) told.push([at, needles.told(step)]);
  }
  expect(told).toEqual([
    [1, 4],
    [3, 4],
    [5, 4],
    [7, 2],
  ]);
});
