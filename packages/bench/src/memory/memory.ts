import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { createDatabase } from "@scrapersky/db";
import { migrate } from "@scrapersky/db/migrate";
import { createQueue, installQueue } from "@scrapersky/queue";
import { startTemporaryPostgres } from "@scrapersky/embedded";
import { startSites } from "@scrapersky/testing/sites";
import { APPS } from "../api-process.ts";
import { measured } from "../env.ts";
import { rssMbOf } from "../process-times.ts";
import { createCaller, submit, untilEnded } from "../product.ts";
import type { Report } from "../report.ts";
import { CONTENDER_CORE, spawnOn } from "../scrape/processes.ts";
import { hostileSites } from "./hostile-sites.ts";
import { plotMemory } from "./plot.ts";

const MINUTES = 30;
const SAMPLES = 360;
/** Batches at a time: while the slowest sites of one are waited for, the others go on. */
const LANES = 4;
const CONCURRENCY = 32;
const PLOT = join(import.meta.dirname, "../../../../.data/bench/memory.svg");

/**
 * A real worker that visits hostile sites again and again: the memory it ends with beside that it has once it is warm. Its
 * course is drawn into `.data/bench/memory.svg`.
 * @param scale share of thirty minutes
 */
export async function benchMemory(scale: number): Promise<Report> {
  const folder = mkdtempSync(join(tmpdir(), "scrapersky-memory-"));
  const served = await startSites({ sites: hostileSites() });
  const allowFile = join(folder, "sites.json");
  served.writeAllowFile(allowFile);
  const postgres = await startTemporaryPostgres({ database: "bench" });
  const database = createDatabase({ url: postgres.url, max: LANES });
  let worker: ChildProcess | undefined;
  try {
    await migrate({ url: postgres.url });
    await installQueue(database);
    const caller = await createCaller(database, createQueue(database));
    const started = spawnOn(CONTENDER_CORE, [join(APPS, "worker/src/main.ts")], {
      ...measured,
      DATABASE_URL: postgres.url,
      WORKER_CONCURRENCY: String(CONCURRENCY),
      SCRAPER_SITES_FILE: allowFile,
      SCRAPER_DELAY_MS: "0",
      LOG_LEVEL: "silent",
    });
    worker = started;
    const ended = once(started, "close");
    const names = served.sites.map(({ name }) => name);
    const [beganAt, lengthMs] = [Date.now(), MINUTES * 60_000 * scale];
    const isOver = () => started.exitCode !== null || Date.now() - beganAt >= lengthMs;
    let rounds = 0;
    const lane = async (own: string[]) => {
      while (!isOver()) {
        const batch = { domains: own, maxPages: 10, maxConcurrent: CONCURRENCY };
        const batchId = await submit(database, caller, batch);
        const over = untilEnded(database, batchId, () => started.exitCode !== null);
        await Promise.race([over, delay(Math.max(0, beganAt + lengthMs - Date.now()))]);
        // Where time is up first, its end is nobody's concern.
        over.catch(() => {});
        if (!isOver()) rounds++;
      }
    };
    const faults: unknown[] = [];
    const lanes = Promise.all(
      Array.from({ length: LANES }, (_, at) =>
        lane(names.filter((_name, place) => place % LANES === at)),
      ),
    ).catch((error: unknown) => faults.push(error));
    const samples: { seconds: number; mb: number }[] = [];
    while (!isOver() && faults.length === 0) {
      await delay(lengthMs / SAMPLES);
      samples.push({ seconds: (Date.now() - beganAt) / 1000, mb: rssMbOf(started.pid) });
    }
    await lanes;
    started.kill("SIGTERM");
    await ended;
    if (faults.length > 0) throw new Error("A batch did not end.", { cause: faults[0] });
    mkdirSync(join(PLOT, ".."), { recursive: true });
    writeFileSync(PLOT, plotMemory(samples));
    return report(samples, rounds, names.length);
  } finally {
    worker?.kill("SIGKILL");
    await database.close();
    await postgres.stop();
    await served.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function report(samples: { mb: number }[], rounds: number, sites: number): Report {
  const between = (from: number, to: number) =>
    median(samples.slice(samples.length * from, samples.length * to).map(({ mb }) => mb));
  const [begin, end] = [between(0.1, 0.2), between(0.9, 1)];
  const who = "worker";
  return {
    name: "memory",
    results: [
      { who, what: "at first", value: begin, unit: "MB" },
      { who, what: "at the end", value: end, unit: "MB" },
      { who, what: "peak", value: Math.max(...samples.map(({ mb }) => mb)), unit: "MB" },
      { who, what: "rounds", value: rounds / LANES, unit: "" },
    ],
    ratios: { memoryEndVsBegin: end / begin },
    notes: [
      `A worker with ${CONCURRENCY} places and ${sites} hostile sites, again and again; at first is the second tenth of the time, at the end the last one, medians of its resident memory.`,
    ],
  };
}

function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
