import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import type { Report, Result } from "../report.ts";
import { differencesOf } from "./compare.ts";
import type { Course, Finish, Reads } from "./contender.ts";
import { runPipeline, type StoredFinish } from "./pipeline.ts";
import {
  CONTENDER_CORE,
  HARNESS_CORE,
  pinSelf,
  runContender,
  startSiteServer,
} from "./processes.ts";
import { hasScrapy, PYTHON } from "./scrapy-package.ts";
import { SPIDER_VERSION, spiderPackages } from "./spider-package.ts";

const PAGES_PER_SITE = 6;
const CONCURRENCY = 64;
/** More than four times what the compilers of V8 want to see of a function. */
const WARMUP_SITES = 200;

const FLOOR = "undici + gunzip, no parsing";
const OURS = "scrape(), not stored";
const HTTP = "Crawlee HttpCrawler 3.18.1 + our extract(), not stored";
const CHEERIO = "CheerioCrawler 3.18.1, not stored";
const SCRAPY = "Scrapy of Debian, not stored";
const SPIDER = `spider-rs ${SPIDER_VERSION}, pages and links only`;
const PIPELINE = "worker: scrape, store, count";

export interface ScrapeAsked {
  /** Pages that each contender reads against the clock. */
  pages: number;
  tls: boolean;
  latencyMs: number;
}

interface Running {
  who: string;
  run: (judge: (reads: Reads) => void) => Promise<Finish & Partial<StoredFinish>>;
}

/**
 * The same sites for everyone, one contender after another, each in a process of its own. With two cores the
 * contender has one for itself; the sites and the database server share the other one. Before the clock of each starts, what
 * it read of the sites for warming up is held against what those before it read.
 */
export async function benchScrape({ pages, tls, latencyMs }: ScrapeAsked): Promise<Report> {
  const folder = mkdtempSync(join(tmpdir(), "scrapersky-bench-"));
  const spider = tls ? undefined : spiderPackages();
  const scrapy = hasScrapy();
  const pinned = pinSelf(HARNESS_CORE);
  const allowFile = join(folder, "sites.json");
  const files = { course: join(folder, "course.json"), reads: join(folder, "reads.json") };
  const sites = Math.ceil(pages / PAGES_PER_SITE);
  const server = await startSiteServer(allowFile, {
    sites: sites + WARMUP_SITES,
    pages: PAGES_PER_SITE,
    tls,
    latencyMs,
  });
  try {
    const course: Course = {
      warmup: server.names.slice(0, WARMUP_SITES),
      names: server.names.slice(WARMUP_SITES),
      allow: JSON.parse(readFileSync(allowFile, "utf8")) as Course["allow"],
      pages: PAGES_PER_SITE,
      concurrency: CONCURRENCY,
      tls,
      ...(spider === undefined ? {} : { packages: spider }),
    };
    // the pages are made when they are asked for first: whoever came first would wait for that
    const everything = { ...course, warmup: server.names, names: [] };
    writeFileSync(files.course, JSON.stringify(everything));
    await runContender(nodeProgram("floor.ts"), files, () => {});
    writeFileSync(files.course, JSON.stringify(course));

    const program = (who: string, file: string): Running => ({
      who,
      run: (judge) => runContender(nodeProgram(file), files, judge),
    });
    const contenders: Running[] = [
      program(FLOOR, "floor.ts"),
      program(OURS, "ours.ts"),
      program(HTTP, "crawlee-http.ts"),
      program(CHEERIO, "crawlee.ts"),
      ...(scrapy ? [{ who: SCRAPY, run: runScrapy(files) }] : []),
      ...(spider === undefined ? [] : [program(SPIDER, "spider-rs.ts")]),
      { who: PIPELINE, run: (judge) => runPipeline({ ...course, allowFile }, judge) },
    ];
    const finishes = new Map<string, Finish & Partial<StoredFinish>>();
    const references: Reads[] = [];
    for (const { who, run } of contenders) {
      const finish = await announced(who, course.names.length * PAGES_PER_SITE, () =>
        run((reads) => judged(who, reads, references)),
      );
      finishes.set(who, finish);
    }
    const missing = [...(scrapy ? [] : [SCRAPY]), ...(spider === undefined ? [SPIDER] : [])];
    return { ...report(finishes, course, { tls, latencyMs, pinned }), missing };
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

const nodeProgram = (file: string) => ({ args: [join(import.meta.dirname, file)] });

const runScrapy =
  (files: { course: string; reads: string }): Running["run"] =>
  (judge) =>
    runContender(
      { program: PYTHON, args: [join(import.meta.dirname, "scrapy-contender.py")] },
      files,
      judge,
    );

/** The floor tells pages and their sizes, ours all the rest: each of the others has to agree with both. */
function judged(who: string, reads: Reads, references: Reads[]): void {
  const differences = references.flatMap((reference) => differencesOf(reads, reference));
  if (differences.length > 0) {
    const list = differences.map((what) => `  ${what}`).join("\n");
    throw new Error(`${who} read otherwise than those before it:\n${list}`);
  }
  if (references.length < 2) references.push(reads);
}

async function announced<F extends Finish>(
  who: string,
  pages: number,
  run: () => Promise<F>,
): Promise<F> {
  process.stdout.write(`${who} … `);
  const finish = await run();
  console.log(`${finish.pages} pages in ${finish.seconds.toFixed(2)} s`);
  if (finish.pages !== pages)
    throw new Error(
      `${who} read ${finish.pages} of ${pages} pages: the figures would not compare.`,
    );
  return finish;
}

function report(
  finishes: Map<string, Finish & Partial<StoredFinish>>,
  { names, warmup }: Course,
  { tls, latencyMs, pinned }: { tls: boolean; latencyMs: number; pinned: boolean },
): Report {
  const cpuPer1000 = ({ cpuSeconds, pages }: Finish) => (cpuSeconds / pages) * 1000;
  const results: Result[] = [...finishes].flatMap(([who, finish]) => [
    { who, what: "pages/s", value: finish.pages / finish.seconds, unit: "1/s" },
    { who, what: "CPU per 1000 pages", value: cpuPer1000(finish), unit: "s" },
    { who, what: "peak memory", value: finish.peakRssMb, unit: "MB" },
  ]);
  const ratio = (of: (finish: Finish) => number, one: string, other: string): number[] => {
    const [upper, lower] = [finishes.get(one), finishes.get(other)];
    return upper === undefined || lower === undefined ? [] : [of(upper) / of(lower)];
  };
  const speed = ({ pages, seconds }: Finish) => pages / seconds;
  const ratios: Record<string, number> = {};
  const tell = (name: string, [value]: number[]) => {
    if (value !== undefined) ratios[name] = value;
  };
  tell("pagesVsCheerioCrawler", ratio(speed, PIPELINE, CHEERIO));
  tell("pagesVsCrawleeHttp", ratio(speed, PIPELINE, HTTP));
  tell("pagesVsFloor", ratio(speed, OURS, FLOOR));
  tell("cpuVsSpiderRs", ratio(cpuPer1000, OURS, SPIDER));
  tell("scrapeVsCheerioCrawler", ratio(speed, OURS, CHEERIO));
  tell("scrapeVsScrapy", ratio(speed, OURS, SCRAPY));
  const own = [finishes.get(OURS), finishes.get(PIPELINE)].filter((finish) => finish !== undefined);
  tell("peakRssMb", [Math.max(...own.map(({ peakRssMb }) => peakRssMb))]);
  tell("cpuPer1000Pages", own.slice(0, 1).map(cpuPer1000));
  tell("pipelinePagesPerSecond", own.slice(1).map(speed));
  const { serverCpuMsPerSite, bytesPerSite } = finishes.get(PIPELINE) ?? {};
  tell("serverCpuMsPerSite", [serverCpuMsPerSite ?? Number.NaN]);
  tell("bytesPerSite", [bytesPerSite ?? Number.NaN]);
  const wire = tls ? "TLS" : "plain HTTP";
  const wait = latencyMs === 0 ? "" : ` that wait ${latencyMs} ms before each answer`;
  return {
    name: "scrape",
    results,
    ratios,
    notes: [
      `${names.length} fake sites of ${PAGES_PER_SITE} pages on loopback${wait}, about 50 kB a page, gzip, ${wire}; ${CONCURRENCY} sites at once, one connection per site.`,
      `Everyone read ${warmup.length} other sites before, and the same of them. No pause between requests for anybody; ours also asks for robots.txt, the sitemap and HTTPS first.`,
      pinned
        ? `Each contender alone on core ${CONTENDER_CORE}; sites and PostgreSQL on core ${HARNESS_CORE} of ${cpus().length}.`
        : "Not pinned to cores: taskset or a second core is missing.",
    ],
  };
}
