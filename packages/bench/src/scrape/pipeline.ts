import { once } from "node:events";
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { type Caller, createBatch, readGiven } from "@scrapersky/api/services";
import { createDatabase, type Database, executeRawSql, executeRawSqlOne } from "@scrapersky/db";
import { migrate } from "@scrapersky/db/migrate";
import { createQueue, installQueue, type Queue } from "@scrapersky/queue";
import { startBenchPostgres } from "../postgres.ts";
import type { Finish } from "./contender.ts";
import { CONTENDER_CORE, spawnOn } from "./processes.ts";
import { measured } from "../env.ts";

const WORKER = join(import.meta.dirname, "../../../../apps/worker/src/main.ts");
const DEADLINE_MS = 120_000;

/** The product itself: a batch is created, the real worker claims, scrapes, stores and counts until the batch ends. */
export async function runPipeline(course: {
  names: string[];
  allowFile: string;
  pages: number;
  concurrency: number;
}): Promise<Finish> {
  const postgres = await startBenchPostgres();
  const database = createDatabase({
    url: postgres.url,
    max: 4,
    applicationName: "scrapersky-bench",
  });
  const queue = createQueue(database);
  try {
    await migrate({ url: postgres.url });
    await installQueue(database);
    const caller = await createCaller(database, queue);
    const worker = spawnOn(CONTENDER_CORE, [WORKER], {
      ...measured,
      DATABASE_URL: postgres.url,
      WORKER_CONCURRENCY: String(course.concurrency),
      SCRAPER_SITES_FILE: course.allowFile,
      SCRAPER_DELAY_MS: "0",
      LOG_LEVEL: "info",
    });
    const ended = once(worker, "close");
    try {
      // its first line says that it is about to claim; what follows is the batch
      await Promise.race([once(worker.stdout as NodeJS.ReadableStream, "data"), ended]);
      (worker.stdout as NodeJS.ReadableStream).resume();
      await delay(500);
      const cpuBefore = cpuSecondsOf(worker.pid);
      const startedAt = performance.now();
      const list = await readGiven({ domains: course.names });
      const input = {
        domains: course.names,
        maxPages: course.pages,
        maxConcurrent: course.concurrency,
      };
      const { batchId } = await database.db.transaction((tx) =>
        createBatch(tx, caller, input, list),
      );
      await untilEnded(database, batchId, () => worker.exitCode !== null);
      const seconds = (performance.now() - startedAt) / 1000;
      const pages = await executeRawSqlOne<{ count: number }>(
        database.db,
        "select count(*)::int as count from pages",
      );
      return {
        pages: pages?.count ?? 0,
        seconds,
        cpuSeconds: cpuSecondsOf(worker.pid) - cpuBefore,
        peakRssMb: peakRssMbOf(worker.pid),
      };
    } finally {
      worker.kill("SIGTERM");
      await ended;
    }
  } finally {
    await database.close();
    await postgres.stop();
  }
}

async function createCaller(database: Database, queue: Queue): Promise<Caller & { queue: Queue }> {
  const tenantId = randomUUID();
  const profileId = randomUUID();
  await executeRawSql(
    database.db,
    "insert into tenants (id, name) values (:tenantId, 'Benchmark')",
    { tenantId },
  );
  await executeRawSql(
    database.db,
    "insert into profiles (id, tenant_id, name) values (:profileId, :tenantId, 'Benchmark')",
    { profileId, tenantId },
  );
  return {
    actor: {
      id: profileId,
      kind: "person",
      name: null,
      email: null,
      tenantId,
      tenantSlug: "benchmark",
      tenantName: "Benchmark",
      role: "owner",
      permissions: new Set(),
      apiKeyId: null,
    },
    requestId: "benchmark",
    source: "trpc",
    queue,
  };
}

/** Asks every 25 ms: finer than any difference that is reported. */
async function untilEnded(
  database: Database,
  batchId: string,
  workerGone: () => boolean,
): Promise<void> {
  for (
    const startedAt = performance.now();
    performance.now() - startedAt < DEADLINE_MS;
    await delay(25)
  ) {
    const row = await executeRawSqlOne<{ ended: boolean; status: string }>(
      database.db,
      "select end_time is not null as ended, status from batch_jobs where batch_id = :batchId",
      { batchId },
    );
    if (row?.ended) {
      if (row.status !== "complete")
        throw new Error(`The batch ended as ${row.status}, not complete.`);
      return;
    }
    if (workerGone()) throw new Error("The worker ended before the batch; its message is above.");
  }
  throw new Error(`The batch did not end within ${DEADLINE_MS / 1000} s.`);
}

const CLOCK_TICKS = 100;

/** User and system time of a process from /proc; NaN where there is none. */
function cpuSecondsOf(pid: number | undefined): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return (Number(fields[11]) + Number(fields[12])) / CLOCK_TICKS;
  } catch {
    return Number.NaN;
  }
}

function peakRssMbOf(pid: number | undefined): number {
  try {
    return Number(/VmHWM:\s*(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) / 1024;
  } catch {
    return Number.NaN;
  }
}
