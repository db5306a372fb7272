import { type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { APPS } from "../api-process.ts";
import { cpuSecondsOf } from "../process-times.ts";
import { median, ratioOfRounds, rotated } from "../db/load.ts";
import { type Program, startProgram } from "../db/programs.ts";
import { measured } from "../env.ts";
import { startBenchPostgres } from "../postgres.ts";
import type { Report } from "../report.ts";
import { HARNESS_CORE, pinSelf, spawnOn, startSiteServer } from "../scrape/processes.ts";
import { type Contender, rowsOf, startBareHono, startNext, startProcedure } from "./contenders.ts";
import { type Ground, layGround } from "./ground.ts";
import type { Heard } from "./listen.ts";
import type { Answers } from "./load.ts";
import type { Question } from "./load-process.ts";
import { buildNextApp } from "./next-app.ts";

const ROUNDS = 5;
const ROUND_MS = 4_000;
const WARM_MS = 3_000;
const CALLERS = 32;
const ROWS = 20;
const DOMAINS = 100_000;
/** Each answers late, so that they last as long as is measured. */
const SITES = 2_000;
const SITE_LATENCY_MS = 500;
const STATUS_MS = 12_000;
const WATCHERS = 500;
const WATCH_MS = 15_000;

/** What a procedure costs beside the same router in Next and the same statement in bare Hono; statuses and streams of a large batch. */
export async function benchApi(scale: number): Promise<Report> {
  const app = await buildNextApp();
  const folder = await mkdtemp(join(tmpdir(), "scrapersky-bench-"));
  const pinned = pinSelf(HARNESS_CORE);
  const postgres = await startBenchPostgres();
  const stops: (() => Promise<unknown>)[] = [
    () => postgres.stop(),
    () => rm(folder, { recursive: true }),
  ];
  try {
    const ground = await layGround(postgres.url);
    stops.unshift(() => ground.database.close());
    const asker = await startProgram("../api/load-process.ts", []);
    stops.unshift(() => asker.stop());
    const contenders: Contender[] = [];
    for (const start of [
      () => startProcedure(postgres.url),
      () => startNext(postgres.url, app),
      () => startBareHono(postgres.url, ground.tenantId),
    ]) {
      const contender = await start();
      stops.unshift(() => contender.stop());
      contenders.push(contender);
    }
    const load = loadavg()[0]!;
    const rates = await compare(contenders, asker, ground.key, scale);
    const [procedure] = contenders;
    for (const other of contenders.slice(1)) await other.stop();
    const allowFile = join(folder, "sites.json");
    const sites = await startSiteServer(allowFile, {
      sites: Math.ceil(SITES * scale),
      pages: 1,
      latencyMs: SITE_LATENCY_MS,
    });
    stops.unshift(() => sites.stop());
    const batch = await startBatch(ground, sites.names, Math.ceil(DOMAINS * scale));
    const worker = startWorker(postgres.url, allowFile);
    stops.unshift(() => ended(worker));
    const running = await watchBatch(procedure!, asker, { ...ground, batch, scale });
    return toReport(rates, running, { scale, pinned, load: [load, loadavg()[0]!] });
  } finally {
    for (const stop of stops) await stop();
  }
}

/** Requests a second of each contender, and milliseconds of its process for each, round by round. */
type Rates = Record<string, { perSecond: number[]; cpuMs: number[] }>;

async function compare(
  contenders: Contender[],
  asker: Program,
  key: string,
  scale: number,
): Promise<Rates> {
  const headers = { authorization: `Bearer ${key}` };
  const ask = async ({ origin, path }: Contender, ms: number): Promise<Answers> => {
    const question: Question = { load: { origin, path, headers, connections: CALLERS, ms } };
    return (await asker.ask(question)) as Answers;
  };
  const told = await Promise.all(
    contenders.map(async ({ origin, path }) =>
      JSON.stringify(rowsOf(await (await fetch(origin + path, { headers })).json())),
    ),
  );
  if (new Set(told).size !== 1 || rowsOf({ items: JSON.parse(told[0]!) }).length !== ROWS) {
    throw new Error(`The contenders gave different rows: ${told.join("\n")}`);
  }
  for (const contender of contenders) await ask(contender, WARM_MS * scale);
  const rates: Rates = Object.fromEntries(
    contenders.map(({ who }) => [who, { perSecond: [], cpuMs: [] }]),
  );
  for (let round = 0; round < ROUNDS; round++) {
    for (const contender of rotated(contenders, round)) {
      const before = cpuSecondsOf(contender.pid);
      const { perSecond, times } = await ask(contender, ROUND_MS * scale);
      const cpuMs = ((cpuSecondsOf(contender.pid) - before) * 1000) / times.length;
      rates[contender.who]!.perSecond.push(perSecond);
      rates[contender.who]!.cpuMs.push(cpuMs);
    }
  }
  return rates;
}

/** A batch whose first sites answer slowly; all others have no name, and are far behind. */
function startBatch(ground: Ground, sites: string[], domains: number): Promise<string> {
  const others = Array.from({ length: domains - sites.length }, (_, at) => `nobody-${at}.example`);
  return ground.submit([...sites, ...others]);
}

const startWorker = (databaseUrl: string, allowFile: string): ChildProcess => {
  const worker = spawnOn(undefined, [join(APPS, "worker/src/main.ts")], {
    PATH: measured["PATH"],
    NODE_ENV: "test",
    DATABASE_URL: databaseUrl,
    LOG_LEVEL: "warn",
    SCRAPER_SITES_FILE: allowFile,
    SCRAPER_DELAY_MS: "0",
  });
  worker.stdout?.pipe(process.stdout);
  return worker;
};

async function ended(child: ChildProcess): Promise<void> {
  child.kill("SIGTERM");
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
}

/** Milliseconds of the answers about a batch that runs, and what its watchers heard. */
interface Running {
  status: number[];
  progress: number[];
  heard: Heard;
}

async function watchBatch(
  { origin }: Contender,
  asker: Program,
  { key, batch, scale }: Pick<Ground, "key"> & { batch: string; scale: number },
): Promise<Running> {
  const headers = { authorization: `Bearer ${key}` };
  const input = encodeURIComponent(JSON.stringify({ batchId: batch }));
  const status = `/api/v3/batch_page_scraper/batch/${batch}/status`;
  const progress = `/api/trpc/batches.byId?input=${input}`;
  const isRunning = async (): Promise<boolean> => {
    const answer = await fetch(origin + status, { headers });
    return ((await answer.json()) as { status: string }).status === "running";
  };
  while (!(await isRunning())) await delay(100);
  const ask = async (path: string): Promise<number[]> => {
    const load = { origin, path, headers, connections: 1, ms: STATUS_MS * scale };
    return ((await asker.ask({ load } satisfies Question)) as Answers).times;
  };
  const [statuses, readings] = [await ask(status), await ask(progress)];
  const listen = {
    url: `${origin}/api/trpc/batches.onProgress?input=${input}`,
    headers,
    streams: Math.ceil(WATCHERS * scale),
    ms: WATCH_MS * scale,
  };
  const heard = (await asker.ask({ listen } satisfies Question)) as Heard;
  if (!(await isRunning())) throw new Error("The batch ended while it was looked at.");
  return { status: statuses, progress: readings, heard };
}

const at = (times: readonly number[], share: number): number => {
  const sorted = times.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
};

function toReport(
  rates: Rates,
  { status, progress, heard }: Running,
  { scale, pinned, load }: { scale: number; pinned: boolean; load: number[] },
): Report {
  const count = (of: number) => Math.ceil(of * scale).toLocaleString("en");
  const large = `batch of ${count(DOMAINS)}`;
  const ms = (who: string, what: string, value: number) => ({ who, what, value, unit: "ms" });
  const [ours, next, bare] = ["procedure", "router in Next", "bare Hono"].map((who) => rates[who]!);
  return {
    name: "api",
    notes: [
      `${ROWS} people a request, ${CALLERS} connections, ${ROUNDS} rounds in turn, medians; a durable Postgres.`,
      pinned
        ? "Each server has the second core; whoever asks, and Postgres, the first."
        : "All processes share the cores: taskset is missing, or there is one core.",
      `Load of the machine from ${load.map((one) => one.toFixed(1)).join(" to ")}.`,
      `Events that all of ${count(WATCHERS)} watchers heard: ${heard.spreads.length}; ${heard.heard} watchers heard any.`,
    ],
    results: [
      ...Object.entries(rates).flatMap(([who, { perSecond, cpuMs }]) => [
        { who, what: "requests", value: median(perSecond), unit: "1/s" },
        { who, what: "CPU a request", value: median(cpuMs), unit: "ms" },
      ]),
      ...(
        [
          [`status of a ${large}`, status],
          [`batches.byId of a ${large}`, progress],
        ] as const
      ).flatMap(([who, times]) => [
        ms(who, "p50", at(times, 0.5)),
        ms(who, "p95", at(times, 0.95)),
      ]),
      ms(`${count(WATCHERS)} watchers`, "first to last, p95", at(heard.spreads, 0.95)),
      { who: `${count(WATCHERS)} watchers`, what: "events", value: heard.perSecond, unit: "1/s" },
    ],
    ratios: {
      procedureVsNext: ratioOfRounds(ours!.perSecond, next!.perSecond),
      procedureVsBareHono: ratioOfRounds(ours!.perSecond, bare!.perSecond),
      statusP95Ms: at(status, 0.95),
      progressP95Ms: at(progress, 0.95),
      cpuVsNext: ratioOfRounds(ours!.cpuMs, next!.cpuMs),
      cpuVsBareHono: ratioOfRounds(ours!.cpuMs, bare!.cpuMs),
      watchersHeard: heard.heard,
      watchersSpreadMs: at(heard.spreads, 0.95),
    },
  };
}
