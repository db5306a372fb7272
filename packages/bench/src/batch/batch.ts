import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";
import { createDatabase } from "@scrapersky/db";
import { migrate } from "@scrapersky/db/migrate";
import { findFreePort } from "@scrapersky/embedded";
import { installQueue } from "@scrapersky/queue";
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
const apps = join(import.meta.dirname, "../../../../apps");

/** How fast a large batch is accepted over HTTP, and how fast its status answers while a worker runs it. */
export async function benchBatch(): Promise<Report> {
  const folder = await mkdtemp(join(tmpdir(), "scrapersky-bench-"));
  const postgres = await startBenchPostgres();
  const children: ChildProcess[] = [];
  const allowFile = join(folder, "sites.json");
  const sites = await startSiteServer(allowFile, { sites: SITES, pages: 1 });
  const run = (main: string, env: Record<string, string>) => {
    const child = spawn(process.execPath, [join(apps, main)], {
      env: { PATH: measured["PATH"], DATABASE_URL: postgres.url, LOG_LEVEL: "warn", ...env },
      stdio: ["ignore", "inherit", "inherit"],
    });
    children.push(child);
  };
  try {
    await migrate({ url: postgres.url });
    const database = createDatabase({ url: postgres.url, max: 2 });
    await installQueue(database);
    await database.close();
    const apiKey = await seed(postgres.url);
    const port = await findFreePort();
    run("api/src/main.ts", {
      API_PORT: String(port),
      AUTH_SECRET: "a secret for one benchmark run only",
    });
    const client = createClient(`http://127.0.0.1:${port}`, apiKey);
    await client.untilReady();

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
    run("worker/src/main.ts", { SCRAPER_SITES_FILE: allowFile, NODE_ENV: "test" });
    await client.until(statusUrl, ({ status }) => status !== "pending");
    const early = await client.watch(statusUrl);
    await client.until(statusUrl, ({ failed_domains: failed }) => failed >= FAILURES_MIN);
    const late = await client.watch(statusUrl);
    return toReport(acceptSeconds, early, late);
  } finally {
    for (const child of children) {
      child.kill("SIGTERM");
      if (child.exitCode === null) await once(child, "exit");
    }
    await sites.stop();
    await postgres.stop();
    await rm(folder, { recursive: true });
  }
}

async function seed(url: string): Promise<string> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [join(apps, "cli/src/db.ts"), "seed", "--json"],
    {
      env: { PATH: measured["PATH"], DATABASE_URL: url },
    },
  );
  const { users } = JSON.parse(stdout) as { users: { apiKey: string }[] };
  if (!users[0]) throw new Error("The seed made nobody to sign in as.");
  return users[0].apiKey;
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
    async untilReady() {
      for (let tries = 0; tries < 200; tries++) {
        const ready = await fetch(`${origin}/health/ready`).catch(() => undefined);
        if (ready?.ok) return;
        await delay(50);
      }
      throw new Error("The API did not start; its message is above.");
    },
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
