/** Visits a site per evil piece, at half and at full length, and prints how long the reading of its page took. */
import { scrape } from "@scrapersky/scraper";
import { EVIL_TAGS, EVIL_TEXTS, repeatTo, type Site, startSites } from "@scrapersky/testing/sites";
import type { EvilReading } from "./evil.ts";

const MEGABYTE = 1_000_000;
const ROUNDS = 7;
const NAME = "evil.example";

let body = "";
const site: Site = {
  name: NAME,
  hosts: [NAME],
  schemes: ["http"],
  certificate: "valid",
  presentable: false,
  expect: { outcome: "done" },
  answer: ({ path }) =>
    path === "/" ? { headers: { "content-type": "text/html" }, body } : { status: 404 },
};
const sites = await startSites({ sites: [site] });

/** Milliseconds, the least of several visits: what else the machine does counts as little as can be. */
async function readingMs(page: string): Promise<number> {
  body = page;
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round++) {
    const outcome = await scrape(NAME, {
      maxPages: 1,
      allow: sites.allow,
      limits: { hostDelayMs: 0 },
    });
    if (outcome.kind === "aborted" || outcome.metrics.bytes < page.length)
      throw new Error(`${JSON.stringify(outcome)}`);
    least = Math.min(least, outcome.metrics.parseMs);
  }
  return least;
}

await readingMs(repeatTo("<p>warm ", MEGABYTE));
const readings: EvilReading[] = [];
for (const piece of [...EVIL_TEXTS, ...EVIL_TAGS]) {
  readings.push({
    piece,
    halfMs: await readingMs(repeatTo(piece, MEGABYTE / 2)),
    wholeMs: await readingMs(repeatTo(piece, MEGABYTE)),
  });
}
await sites.close();
console.log(JSON.stringify(readings));
