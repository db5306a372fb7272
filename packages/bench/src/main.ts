/** `pnpm bench <name> [FOLDER] [--scale SHARE] [--json FILE]`, for `scrape` also its own flags: runs one benchmark, prints a table and writes its figures as JSON. */
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { type Report, reportTable } from "./report.ts";

interface Asked {
  folder?: string | undefined;
  /** Share of the sizes that are measured otherwise, for a busy machine. */
  scale: number;
  /** Of `scrape`: pages to read, over TLS, each answer so many milliseconds late. */
  pages: number;
  tls: boolean;
  latencyMs: number;
}

const BENCHES: Record<string, { about: string; run: (asked: Asked) => Promise<Report> }> = {
  api: {
    about: "requests of a procedure a second beside Next and bare Hono, statuses, 500 watchers",
    run: async ({ scale }) => (await import("./api/api.ts")).benchApi(scale),
  },
  scrape: {
    about:
      "pages per second beside Crawlee, Scrapy and spider-rs; --pages 10000, --tls, --latency MS",
    run: async (asked) => (await import("./scrape/scrape.ts")).benchScrape(asked),
  },
  batch: {
    about: "time to accept 10,000 domains over HTTP, and to answer their status while they run",
    run: async () => (await import("./batch/batch.ts")).benchBatch(),
  },
  db: {
    about: "queries per second through PgBouncer beside the bare drivers, with and without Drizzle",
    run: async () => (await import("./db/db.ts")).benchDb(),
  },
  drift: {
    about:
      "time to compare schema and database, on a stock server with JIT and on the embedded one",
    run: async () => (await import("./drift/drift.ts")).benchDrift(),
  },
  evil: {
    about: "how long pages take that are made to be read slowly, and how that grows with them",
    run: async () => (await import("./evil/evil.ts")).benchEvil(),
  },
  extract: {
    about: "what is found on saved sites beside what a reader finds there; FOLDER has other ones",
    run: async ({ folder }) => (await import("./extract/extract.ts")).benchExtract(folder),
  },
  export: {
    about: "how fast all jobs of a tenant leave as a file, beside COPY of the same query",
    run: async ({ scale }) => (await import("./export/export.ts")).benchExport(scale),
  },
  fleet: {
    about: "what three workers ask of one network address at a time, and how long dead names take",
    run: async () => (await import("./fleet/fleet.ts")).benchFleet(),
  },
  intake: {
    about: "how long lists of 10 MB take to read and sort, whatever they are written in",
    run: async ({ scale }) => (await import("./intake/intake.ts")).benchIntake(scale),
  },
  lists: {
    about: "how fast lists answer in a tenant of 600,000 jobs and 180,000 leads, whatever is asked",
    run: async ({ scale }) => (await import("./lists/lists.ts")).benchLists(scale),
  },
  proxies: {
    about: "what nginx and Caddy before the API cost a request, with the samples of deploy/",
    run: async ({ scale }) => (await import("./proxies/proxies.ts")).benchProxies(scale),
  },
  memory: {
    about: "what memory a worker has after half an hour of hostile sites, beside what it had",
    run: async ({ scale }) => (await import("./memory/memory.ts")).benchMemory(scale),
  },
  queue: {
    about: "what the queue costs and how fair it is, with workers that scrape nothing",
    run: async ({ scale }) => (await import("./queue/queue.ts")).benchQueue(scale),
  },
  web: {
    about: "how soon pages of a tenant of 100,000 jobs are there, and how soon they answer hands",
    run: async ({ scale }) => (await import("./web/web.ts")).benchWeb(scale),
  },
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: "string" },
    scale: { type: "string", default: "1" },
    pages: { type: "string", default: "10000" },
    tls: { type: "boolean", default: false },
    latency: { type: "string", default: "0" },
  },
});
const [name = "", folder] = positionals;
const bench = Object.hasOwn(BENCHES, name) ? BENCHES[name] : undefined;
const [scale, pages, latencyMs] = [values.scale, values.pages, values.latency].map(Number) as [
  number,
  number,
  number,
];
const isPossible = scale > 0 && scale <= 1 && pages >= 1 && pages <= 50_000 && latencyMs >= 0;
if (bench === undefined || !isPossible) {
  const known = Object.entries(BENCHES).map(([key, { about }]) => `  ${key.padEnd(10)} ${about}`);
  console.error(
    `Usage: npm run bench -- <name> [FOLDER] [--scale SHARE] [--pages COUNT] [--tls] [--latency MS] [--json FILE]\n\nBenchmarks:\n${known.join("\n")}`,
  );
  process.exit(2);
}

const report = await bench.run({ folder, scale, pages, tls: values.tls, latencyMs });
console.log(`\n${reportTable(report)}`);
if (values.json !== undefined) {
  const { name: reportName, results, ratios } = report;
  writeFileSync(values.json, `${JSON.stringify({ name: reportName, results, ratios }, null, 2)}\n`);
  console.log(`\nWritten to ${values.json}`);
}
process.exit(0);
