import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import type { Report, Result } from "../report.ts";
import type { Course, Finish } from "./contender.ts";
import { runPipeline } from "./pipeline.ts";
import {
  CONTENDER_CORE,
  HARNESS_CORE,
  pinSelf,
  runContender,
  startSiteServer,
} from "./processes.ts";

const SITES = 300;
const PAGES = 6;
const CONCURRENCY = 64;

const CONTENDERS: readonly (readonly [who: string, file: string])[] = [
  ["undici + gunzip, no parsing", "floor.ts"],
  ["scrape(), not stored", "ours.ts"],
  ["CheerioCrawler 3.18.1, not stored", "crawlee.ts"],
];
const PIPELINE = "worker: scrape, store, count";

/**
 * The same sites for everyone, one contender after another, each in a process of its own. With two cores the
 * contender has one for itself; the sites and the database server share the other one.
 */
export async function benchScrape(): Promise<Report> {
  const folder = mkdtempSync(join(tmpdir(), "scrapersky-bench-"));
  const pinned = pinSelf(HARNESS_CORE);
  const allowFile = join(folder, "sites.json");
  const courseFile = join(folder, "course.json");
  const server = await startSiteServer(allowFile, { sites: SITES, pages: PAGES });
  try {
    const allow = JSON.parse(readFileSync(allowFile, "utf8")) as Course["allow"];
    const names = server.names;
    const course: Course = { names, allow, pages: PAGES, concurrency: CONCURRENCY };
    writeFileSync(courseFile, JSON.stringify(course));
    const finishes = new Map<string, Finish>();
    for (const [who, file] of CONTENDERS) {
      finishes.set(
        who,
        await announced(who, () => runContender(join(import.meta.dirname, file), courseFile)),
      );
    }
    finishes.set(
      PIPELINE,
      await announced(PIPELINE, () =>
        runPipeline({ names, allowFile, pages: PAGES, concurrency: CONCURRENCY }),
      ),
    );
    return report(finishes, pinned);
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function announced(who: string, run: () => Promise<Finish>): Promise<Finish> {
  process.stdout.write(`${who} … `);
  const finish = await run();
  console.log(`${finish.pages} pages in ${finish.seconds.toFixed(2)} s`);
  if (finish.pages < SITES * PAGES) {
    throw new Error(
      `${who} read ${finish.pages} of ${SITES * PAGES} pages: the figures would not compare.`,
    );
  }
  return finish;
}

function report(finishes: Map<string, Finish>, pinned: boolean): Report {
  const results: Result[] = [...finishes].flatMap(
    ([who, { pages, seconds, cpuSeconds, peakRssMb }]) => [
      { who, what: "pages/s", value: pages / seconds, unit: "1/s" },
      { who, what: "CPU per 1000 pages", value: (cpuSeconds / pages) * 1000, unit: "s" },
      { who, what: "peak memory", value: peakRssMb, unit: "MB" },
    ],
  );
  const speed = (who: string): number => {
    const finish = finishes.get(who);
    return finish === undefined ? Number.NaN : finish.pages / finish.seconds;
  };
  const cheerio = speed("CheerioCrawler 3.18.1, not stored");
  return {
    name: "scrape",
    results,
    ratios: {
      pagesVsCheerioCrawler: speed(PIPELINE) / cheerio,
      scrapeVsCheerioCrawler: speed("scrape(), not stored") / cheerio,
      pipelinePagesPerSecond: speed(PIPELINE),
    },
    notes: [
      `${SITES} fake sites of ${PAGES} pages on loopback, about 50 kB a page, gzip, plain HTTP; ${CONCURRENCY} sites at once, one connection per site.`,
      "No pause between requests for any contender; ours also asks for robots.txt, the sitemap and HTTPS first.",
      pinned
        ? `Each contender alone on core ${CONTENDER_CORE}; sites and PostgreSQL on core ${HARNESS_CORE} of ${cpus().length}.`
        : "Not pinned to cores: taskset or a second core is missing.",
    ],
  };
}
