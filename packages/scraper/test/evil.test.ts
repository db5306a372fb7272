import { EVIL_TAGS, EVIL_TEXTS, repeatTo } from "@scrapersky/testing/sites";
import { describe, expect, test } from "vitest";
import { findEmails } from "../src/extract/mail/find.ts";
import { readJsonLd } from "../src/extract/json-ld.ts";
import { paymentsInText } from "../src/extract/payments.ts";
import { DigitLines } from "../src/extract/digit-lines.ts";
import { TextMarks } from "../src/extract/text-marks.ts";
import { findNumbers } from "../src/phones/find.ts";
import { Numbers } from "../src/phones/numbers.ts";
import { readText } from "../src/extract/read-text.ts";
import { copyrightYear } from "../src/extract/words.ts";
import { parseSitemap } from "../src/crawl/sitemap-text.ts";
import { isBotWall } from "../src/site/bot-wall.ts";
import { isParked } from "../src/site/parked.ts";
import { read } from "./read.ts";

// Quadratic work on a megabyte takes minutes, longer than any test may: who gets through has not done it. How quick
// each is, and how it grows, is measured by `npm run bench evil`.
const MEGABYTE = 1_000_000;

describe("a megabyte of one thing is read to its end, and little is kept of it", () => {
  test.for(EVIL_TEXTS)("text of %j", (piece) => {
    const text = repeatTo(piece, MEGABYTE);
    expect(findEmails(text, "one.example")).toEqual([]);
    const reading = { numbers: new Numbers(), region: "DE" };
    expect(findNumbers(text, "", reading)).toEqual([]);
    for (const line of new DigitLines().of(text, [], new TextMarks()).lines)
      expect(findNumbers(line.text, line.before, reading)).toEqual([]);
    const words = /\p{Script=Katakana}/u.test(piece)
      ? text.length
      : text.split(/\s+/).filter(Boolean);
    expect(readText(text).words).toBe(typeof words === "number" ? words : words.length);
    expect(copyrightYear(text, 2026)).toBeUndefined();
    expect(paymentsInText(text)).toEqual([]);
    expect(parseSitemap(`<urlset>${text}`, 1_000)).toEqual({ sitemaps: [], pages: [] });
  });

  test.for(EVIL_TAGS)("a page of %j", (piece) => {
    const { page, links, traces, emails } = read(repeatTo(piece, MEGABYTE));
    expect(links.length).toBeLessThanOrEqual(1);
    expect(emails.length).toBeLessThanOrEqual(1);
    expect(page.wordCount).toBeLessThanOrEqual(1);
    expect(`${page.title}${page.h1}`.length).toBeLessThanOrEqual(1_000);
    expect(traces.classes.size).toBeLessThanOrEqual(2);
  });

  test("distinct links, classes and scripts are capped, not only repeated ones", () => {
    const many = Array.from(
      { length: 40_000 },
      (_, index) =>
        `<a class="c${index}" href="/p/${index}?q=${index}">x</a><script>v${index}</script>`,
    ).join("");
    const result = read(many);
    expect(result.links).toHaveLength(1_000);
    expect(result.traces.classes.size).toBe(4_000);
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
    ).toMatchObject({
      businessType: "Plumber",
      phones: [
        { text: "1", label: null, fax: false },
        { text: "2", label: null, fax: false },
      ],
    });
    expect(readJsonLd(["{broken", "null", "[]", "3", '"x"']).types).toEqual([]);
  });
});

test("large pages that begin like a wall or a parking page are judged whole", () => {
  expect(isBotWall(403, {}, repeatTo("<title <div x", 60_000))).toBe(false);
  expect(isParked(read("<p>the domain "), repeatTo("the domain ", MEGABYTE))).toBe(false);
});
