// What a large batch costs when it is made and when it is cancelled, and whom it keeps waiting.
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { executeRawSql } from "@scrapersky/db";
import type { Figures } from "../report.ts";
import type { Ground } from "./ground.ts";

const TABLES = ["public.jobs", "app.scrape_jobs"];
const TICK_MS = 5;

/** @param size domains of the batch */
export async function measureCreation(ground: Ground, size: number): Promise<Figures> {
  const tenant = await ground.tenant("creation");
  await ground.create(tenant, Math.ceil(size / 10));
  const created = await besideCalls(ground, () => ground.create(tenant, size));
  const [batchId = ""] = created.result;
  const copySeconds = await copySame(ground, batchId);
  const cancelled = await besideCalls(ground, () => ground.cancel(tenant, batchId));
  const who = `batch of ${size.toLocaleString("en")}`;
  return {
    results: [
      { who, what: "created in", value: created.seconds, unit: "s" },
      { who: "COPY of the same rows", what: "created in", value: copySeconds, unit: "s" },
      { who, what: "others waited", value: created.waitedMs, unit: "ms" },
      { who, what: "cancelled in", value: cancelled.result, unit: "s" },
      { who, what: "rows of its jobs in", value: cancelled.seconds, unit: "s" },
      { who, what: "others waited meanwhile", value: cancelled.waitedMs, unit: "ms" },
    ],
    ratios: {
      batchVsCopy: created.seconds / copySeconds,
      createWaitMs: created.waitedMs,
      cancelSeconds: cancelled.result,
      cancelRowsSeconds: cancelled.seconds,
    },
  };
}

/** Runs the work beside small calls of the same process; the longest wait of one of them is told. */
async function besideCalls<T>({ database }: Ground, work: () => Promise<T>) {
  let over = false;
  let waitedMs = 0;
  const calls = (async () => {
    while (!over) {
      const startedAt = performance.now();
      await executeRawSql(database.db, "select 1 as one");
      await delay(TICK_MS);
      waitedMs = Math.max(waitedMs, performance.now() - startedAt - TICK_MS);
    }
  })();
  const startedAt = performance.now();
  const result = await work();
  const seconds = (performance.now() - startedAt) / 1000;
  over = true;
  await calls;
  return { result, seconds, waitedMs };
}

/** COPY by the server itself of the batch's rows into tables with the same columns and indexes. */
async function copySame({ database }: Ground, batchId: string): Promise<number> {
  let seconds = 0;
  for (const [at, table] of TABLES.entries()) {
    const file = join(tmpdir(), `scrapersky-bench-${process.pid}-${at}`);
    const rows = `select * from ${table} where batch_id = '${batchId}' order by job_id`;
    await executeRawSql(database.db, `create table same_${at} (like ${table} including all)`);
    await executeRawSql(database.db, `copy (${rows}) to '${file}'`);
    const startedAt = performance.now();
    await executeRawSql(database.db, `copy same_${at} from '${file}'`);
    seconds += (performance.now() - startedAt) / 1000;
    await rm(file, { force: true });
  }
  return seconds;
}
