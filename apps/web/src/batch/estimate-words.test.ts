import { expect, it } from "vitest";
import { estimateWords } from "./estimate-words.ts";

const PACE = { pagesPerDomain: 12, secondsPerPage: 1 };

it.each([
  [48, 50, 5, { pages: "About 576 pages, at most 2,400", time: "1–3m" }],
  [1, 1, 5, { pages: "At most 1 page", time: "under 10s" }],
  [48, 12, 5, { pages: "At most 576 pages", time: "1–3m" }],
  [100_000, 50, 5, { pages: "About 1,200,000 pages, at most 5,000,000", time: "1–5d" }],
])(
  "tells what %d domains of at most %d pages take, %d at once",
  (domains, maxPages, maxConcurrent, words) => {
    expect(estimateWords(domains, { maxPages, maxConcurrent }, PACE)).toEqual(words);
  },
);
