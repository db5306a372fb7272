import { describe, expect, test } from "vitest";
import { findEmails } from "../src/extract/emails.ts";
import { readJsonLd } from "../src/extract/json-ld.ts";
import { paymentsInText } from "../src/extract/payments.ts";
import { findPhones } from "../src/extract/phones.ts";
import { copyrightYear, countWords } from "../src/extract/words.ts";
import { parseSitemap } from "../src/crawl/sitemap.ts";
import { isBotWall, isParked } from "../src/site/walls.ts";
import { read } from "./read.ts";

const MEGABYTE = 1_000_000;
const LIMIT_MS = 50;
/** A page that is read in less needs no comparison. */
const QUICK_MS = 400;
const fill = (piece: string, size = MEGABYTE): string =>
  piece.repeat(Math.ceil(size / piece.length)).slice(0, size);

/**
 * Milliseconds of processor time, the least of ten runs or of as many as it takes to be below the limit: what else the
 * machine does must not matter.
 */
function fastest(run: () => unknown, limitMs: number): number {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 10 && best >= limitMs; round++) {
    const before = process.cpuUsage();
    run();
    const { user, system } = process.cpuUsage(before);
    best = Math.min(best, (user + system) / 1_000);
  }
  return best;
}

const TEXTS = [
  "a",
  "a@",
  "a@a.",
  "@",
  "a@a.a.a.",
  "1",
  "1 ",
  "1-",
  "+1(",
  "(c) 2",
  "© ",
  "copyright 1",
  "we accept ",
  "9999999 ",
  "tel: ",
  " \n",
  "ア",
  "2026-01-01 ",
];

describe("a megabyte of one thing takes well under 50 ms", () => {
  test.for(TEXTS)("text of %j", (piece) => {
    const text = fill(piece);
    expect(fastest(() => findEmails(text), LIMIT_MS)).toBeLessThan(LIMIT_MS);
    expect(fastest(() => findPhones(text), LIMIT_MS)).toBeLessThan(LIMIT_MS);
    expect(fastest(() => countWords(text), LIMIT_MS)).toBeLessThan(LIMIT_MS);
    expect(fastest(() => copyrightYear(text, 2026), LIMIT_MS)).toBeLessThan(LIMIT_MS);
    expect(fastest(() => paymentsInText(text), LIMIT_MS)).toBeLessThan(LIMIT_MS);
    expect(fastest(() => parseSitemap(`<urlset>${text}`, 1_000), LIMIT_MS)).toBeLessThan(LIMIT_MS);
  });
});

const PAGES = [
  "<b>",
  "<div><p>",
  "<a href=x>",
  "<a href='mailto:a@b.example'>",
  "<",
  "</",
  "<!--",
  "<!",
  "<svg>",
  "<svg><title>",
  "<noscript>",
  "<h1>",
  "<address>",
  "<form><textarea>",
  "<meta name=a content=b>",
  "<script>",
  '<script type="application/ld+json">{',
  "<title>",
  "&amp;",
  "&#x41",
  "<x a=1 ",
  "<x a='",
  "\u0000",
  "<p itemprop=telephone>",
  '<div class="a',
  '<div class="logo cookie">',
  "<img alt=visa src=/x/y.svg>",
  "<a href=/a",
  "<li><ul>",
];

describe("a page of a megabyte of one tag grows no faster than its length", () => {
  test.for(PAGES)("%j", (piece) => {
    const page = fill(piece);
    const whole = fastest(() => read(page), QUICK_MS);
    // Twice the page may cost twice the time and some noise; quadratic work would cost four times.
    const half = whole < QUICK_MS ? whole : fastest(() => read(fill(piece, MEGABYTE / 2)), 0);
    expect(whole).toBeLessThan(half * 3);
    expect(whole).toBeLessThan(1_500);
  });

  test("distinct links, classes and scripts are capped, not only repeated ones", () => {
    const many = Array.from(
      { length: 40_000 },
      (_, index) =>
        `<a class="c${index}" href="/p/${index}?q=${index}">x</a><script>v${index}</script>`,
    ).join("");
    const result = read(many);
    expect(result.links.length).toBeLessThanOrEqual(1_000);
    expect(result.traces.classes.size).toBeLessThanOrEqual(4_000);
    expect(fastest(() => read(many), 1_500)).toBeLessThan(1_500);
  });
});

describe("structured data", () => {
  test("depth, breadth and prototype keys do nothing", () => {
    const deep = `${'{"a":'.repeat(5_000)}{"@type":"Bakery"}${"}".repeat(5_000)}`;
    const wide = `[${Array.from({ length: 50_000 }, (_, index) => `{"@type":"T${index}","email":"e${index}@one.example"}`).join(",")}]`;
    expect(readJsonLd([deep]).businessType).toBeNull();
    expect(readJsonLd([wide.slice(0, 400_000), wide]).types.length).toBeLessThanOrEqual(40);
    const facts = readJsonLd([
      '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},"@type":"Bakery"}',
    ]);
    expect(facts.businessType).toBe("Bakery");
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  });

  test("comments, commas too many, line breaks in strings, lists and graphs are read", () => {
    expect(readJsonLd(['<!-- {"@type":"Florist"} -->'.replace("<!-- ", "<!--")]).businessType).toBe(
      "Florist",
    );
    expect(
      readJsonLd(['/* <![CDATA[ */ {"@type":["Thing","Bakery"],} /* ]]> */']).businessType,
    ).toBe("Bakery");
    expect(readJsonLd(['{"@type":"Dentist","description":"two\nlines"}']).businessType).toBe(
      "Dentist",
    );
    expect(
      readJsonLd([
        '{"@graph":[{"@type":"WebSite"},{"@type":"http://schema.org/Plumber","telephone":["1","2"]}]}',
      ]),
    ).toMatchObject({ businessType: "Plumber", phones: ["1", "2"] });
    expect(readJsonLd(["{broken", "null", "[]", "3", '"x"']).types).toEqual([]);
  });
});

test("wall and parking tests stay cheap on large pages", () => {
  const html = fill("<title <div x", 60_000);
  expect(fastest(() => isBotWall(403, {}, html), LIMIT_MS)).toBeLessThan(LIMIT_MS);
  expect(
    fastest(() => isParked(read("<p>the domain "), fill("the domain ", MEGABYTE)), LIMIT_MS),
  ).toBeLessThan(LIMIT_MS);
});
