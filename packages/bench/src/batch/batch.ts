import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { createDatabase } from "@scrapersky/db";
import { migrate } from "@scrapersky/db/migrate";
import { installQueue } from "@scrapersky/queue";
import { type ApiProcess, APPS, seedDemo, startApiProcess } from "../api-process.ts";
import { startBenchPostgres } from "../postgres.ts";
import type { Report } from "../report.ts";
import { startSiteServer } from "../scrape/processes.ts";
import { measured } from "../env.ts";

const DOMAINS = 10_000;
const SITES = 3_000;
const SAMPLES = 200;
const WATCH_MS = 10_000;
/** More failures than an answer of the status lists. */
const FAILURES_MIN = 2_001;
const FAILURES_WITHIN_MS = 300_000;

/** How fast a large batch is accepted over HTTP, and how fast its status answers while a worker runs it. */
export async function benchBatch(): Promise<Report> {
  const folder = await mkdtemp(join(tmpdir(), "scrapersky-bench-"));
  const postgres = await startBenchPostgres();
  let api: ApiProcess | undefined;
  let worker: ChildProcess | undefined;
  const allowFile = join(folder, "sites.json");
  const sites = await startSiteServer(allowFile, { sites: SITES, pages: 1 });
  const startWorker = () => {
    worker = spawn(process.execPath, [join(APPS, "worker/src/main.ts")], {
      env: {
        PATH: measured["PATH"],
        DATABASE_URL: postgres.url,
        LOG_LEVEL: "warn",
        SCRAPER_SITES_FILE: allowFile,
        NODE_ENV: "test",
      },
      stdio: ["ignore", "inherit", "inherit"],
    });
  };
  try {
    await migrate({ url: postgres.url });
    const database = createDatabase({ url: postgres.url, max: 2 });
    await installQueue(database);
    await database.close();
    const apiKey = await seedDemo(postgres.url);
    api = await startApiProcess(postgres.url);
    const client = createClient(api.origin, apiKey);

    // Mixed evenly, so that failures come from the beginning on.
    const share = SITES / DOMAINS;
    const domains = Array.from({ length: DOMAINS }, (_, index) => {
      const site = Math.floor(index * share);
      const isSite = Math.floor((index + 1) * share) > site;
      return (isSite ? sites.names[site] : undefined) ?? `nobody-${index}.example`;
    });
    // Warms the code paths, as a server in use would be.
    await client.submit(domains.slice(0, 10));
    const startedAt = performance.now();
    const statusUrl = await client.submit(domains);
    const acceptSeconds = (performance.now() - startedAt) / 1000;
    startWorker();
    await client.until(statusUrl, ({ status }) => status !== "pending");
    const early = await client.watch(statusUrl);
    await client.until(statusUrl, ({ failed_domains: failed }) => failed >= FAILURES_MIN);
    const late = await client.watch(statusUrl);
    return toReport(acceptSeconds, early, late);
  } finally {
    worker?.kill("SIGTERM");
    if (worker?.exitCode === null) await once(worker, "exit");
    await api?.stop();
    await sites.stop();
    await postgres.stop();
    await rm(folder, { recursive: true });
  }
}

/** One watch: the times in their order, how many different states were seen, failed domains at its end. */
interface Watch {
  times: number[];
  states: number;
  failed: number;
}

interface Status {
  status: string;
  completed_domains: number;
  failed_domains: number;
}

function createClient(origin: string, apiKey: string) {
  const headers = { authorization: `Bearer ${apiKey}`, "content-type": "application/json" };
  const get = async (path: string): Promise<Status> => {
    const response = await fetch(`${origin}${path}`, { headers });
    return (await response.json()) as Status;
  };
  return {
    async submit(domains: string[]): Promise<string> {
      const response = await fetch(`${origin}/api/v3/batch_page_scraper/batch`, {
        method: "POST",
        headers,
        body: JSON.stringify({ domains, max_pages: 6, max_concurrent: 32 }),
      });
      if (!response.ok) throw new Error(`The batch was refused: ${response.status}`);
      return ((await response.json()) as { status_url: string }).status_url;
    },
    async until(statusUrl: string, isSo: (status: Status) => boolean) {
      const deadline = performance.now() + FAILURES_WITHIN_MS;
      while (!isSo(await get(statusUrl))) {
        if (performance.now() > deadline) throw new Error("The batch did not get that far.");
        await delay(20);
      }
    },
    /** Milliseconds of each reading while the batch runs, evenly spread over the watch. */
    async watch(statusUrl: string): Promise<Watch> {
      const times: number[] = [];
      const states = new Set<number>();
      let failed = 0;
      for (let sample = 0; sample < SAMPLES; sample++) {
        const startedAt = performance.now();
        const status = await get(statusUrl);
        times.push(performance.now() - startedAt);
        states.add(status.completed_domains + status.failed_domains);
        failed = status.failed_domains;
        if (status.status !== "running") break;
        await delay(WATCH_MS / SAMPLES);
      }
      return { times: times.toSorted((one, other) => one - other), states: states.size, failed };
    },
  };
}

const at = ({ times }: Watch, share: number): number =>
  times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? Number.NaN;

function toReport(acceptSeconds: number, early: Watch, late: Watch): Report {
  const who = `batch of ${DOMAINS.toLocaleString("en")} domains`;
  const readings = (watch: Watch, when: string) =>
    `${watch.times.length} readings of the status ${when}, ${watch.states} different ones, the last with ${watch.failed.toLocaleString("en")} failed domains.`;
  return {
    name: "batch",
    notes: [
      "Over HTTP through the API, Postgres durable, one worker with its default settings scraping meanwhile, all on this machine.",
      readings(early, "from the start"),
      readings(late, `after ${FAILURES_MIN.toLocaleString("en")} failures`),
    ],
    results: [
      { who, what: "accepted in", value: acceptSeconds, unit: "s" },
      ...[
        { name: "status", watch: early },
        { name: "status after failures", watch: late },
      ].flatMap(({ name, watch }) => [
        { who, what: `${name} p50`, value: at(watch, 0.5), unit: "ms" },
        { who, what: `${name} p95`, value: at(watch, 0.95), unit: "ms" },
        { who, what: `${name} max`, value: at(watch, 1), unit: "ms" },
      ]),
    ],
    ratios: {
      acceptSeconds10k: acceptSeconds,
      statusMsP50: at(early, 0.5),
      statusMsP95: at(early, 0.95),
      statusWithFailuresMsP50: at(late, 0.5),
      statusWithFailuresMsP95: at(late, 0.95),
    },
  };
}
