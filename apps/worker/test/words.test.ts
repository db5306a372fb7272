import {
  noteSentenceOf,
  sentenceOf,
  type ScrapeOutcome as Recorded,
} from "@scrapersky/api/services";
import { FailureReasons, SCRAPE_FLAGS, type ScrapeOutcome as Scraped } from "@scrapersky/scraper";
import { expect, expectTypeOf, test } from "vitest";

// The scraper and the services import nothing of each other; the worker is where they meet.

test("what the scraper comes back with is what the services record", () => {
  expectTypeOf<Exclude<Scraped, { kind: "aborted" }>>().toExtend<Recorded>();
});

test.each(Object.entries(FailureReasons))(
  "%s has one sentence, wherever it is told",
  (code, sentence) => {
    expect(sentenceOf(code)).toBe(sentence);
  },
);

test.each(SCRAPE_FLAGS)("the remark %s has a sentence of its own", (flag) => {
  expect(noteSentenceOf(flag)).not.toMatch(/^Noted:/);
});
