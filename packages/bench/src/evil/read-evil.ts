/**
 * Visits a site per evil piece, at half and at full length, and prints how long the reading of its page took, and how
 * long a visit that waits in vain takes to end once it is told to.
 */
import { scrape } from "@scrapersky/scraper";
import {
  EVIL_MAIL,
  EVIL_TAGS,
  EVIL_TEXTS,
  repeatTo,
  type Site,
  startSites,
} from "@scrapersky/testing/sites";
import type { EvilReadings } from "./evil.ts";

const MEGABYTE = 1_000_000;
const ROUNDS = 7;
const NAME = "evil.example";

let body = "";
/** Set: nobody is answered, and this is told of who asks. */
let onSilence: (() => void) | undefined;
const site: Site = {
  name: NAME,
  hosts: [NAME],
  schemes: ["http"],
  certificate: "valid",
  presentable: false,
  expect: { outcome: "done" },
  answer: ({ path }) => {
    if (path !== "/") return { status: 404 };
    onSilence?.();
    const answer = { headers: { "content-type": "text/html" }, body };
    return onSilence ? { ...answer, after: new Promise<void>(() => {}) } : answer;
  },
};
const sites = await startSites({ sites: [site] });

/** Milliseconds of processor time, the least of several visits: what else the machine does counts as little as can be. */
async function readingMs(page: string): Promise<number> {
  body = page;
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round++) {
    const before = process.cpuUsage();
    const outcome = await scrape(NAME, {
      maxPages: 1,
      allow: sites.allow,
      limits: { hostDelayMs: 0 },
    });
    const { user, system } = process.cpuUsage(before);
    if (outcome.kind === "aborted" || outcome.metrics.bytes < page.length)
      throw new Error(`${JSON.stringify(outcome)}`);
    least = Math.min(least, (user + system) / 1_000);
  }
  return least;
}

await readingMs(repeatTo("<p>warm ", MEGABYTE));
const readings: EvilReadings["pages"] = [];
for (const piece of [...EVIL_TEXTS, ...EVIL_TAGS, ...EVIL_MAIL]) {
  readings.push({
    piece,
    halfMs: await readingMs(repeatTo(piece, MEGABYTE / 2)),
    wholeMs: await readingMs(repeatTo(piece, MEGABYTE)),
  });
}

const endings: number[] = [];
for (let round = 0; round < ROUNDS; round++) {
  const controller = new AbortController();
  let toldAt = 0;
  onSilence = () => {
    toldAt = performance.now();
    controller.abort();
  };
  await scrape(NAME, { maxPages: 1, allow: sites.allow, signal: controller.signal });
  endings.push(performance.now() - toldAt);
}
await sites.close();
const report: EvilReadings = { pages: readings, endMs: Math.max(...endings) };
console.log(JSON.stringify(report));
