// The ground of the queue's benchmark: a durable server, tenants, batches made as the product makes them, and
// workers in processes of their own that scrape nothing.
import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as delay } from "node:timers/promises";
import {
  type Caller,
  cancelBatch,
  cancelNextOfBatch,
  createBatch,
  readGiven,
} from "@scrapersky/api/services";
import { createDatabase, type Database, executeRawSql, executeRawSqlOne } from "@scrapersky/db";
import { migrate } from "@scrapersky/db/migrate";
import { createQueue, installQueue, type Queue } from "@scrapersky/queue";
import { measured } from "../env.ts";
import { startBenchPostgres } from "../postgres.ts";
import { cpuSecondsBelow } from "../process-times.ts";

const PROGRAMS = join(import.meta.dirname, "../../../../apps/worker/test");
const DEADLINE_MS = 900_000;

export type Tenant = Caller & { queue: Queue };

export interface Counts {
  statements: number;
  transactions: number;
}

export interface Ground {
  url: string;
  database: Database;
  tenant(name: string): Promise<Tenant>;
  /** Batches of these sizes, committed together, of names that no other batch of this run has. */
  create(tenant: Tenant, ...sizes: number[]): Promise<string[]>;
  /** Cancels a batch, to its last job; gives the seconds until nothing of it runs any more. */
  cancel(tenant: Tenant, batchId: string): Promise<number>;
  untilEnded(batchIds: readonly string[]): Promise<void>;
  /** Jobs of the batches a second, from the first that began to the last that ended. */
  rateOf(batchIds: readonly string[]): Promise<number>;
  /** Runs the work while as many workers run; what they sent to the database comes back. */
  withWorkers<T>(count: number, work: () => Promise<T>): Promise<{ result: T; counts: Counts }>;
  /** Milliseconds of each claim of one domain. */
  claimTimes(count: number): Promise<number[]>;
  /** Processor time of the whole server so far, seconds. */
  serverCpu(): number;
  stop(): Promise<void>;
}

export async function openGround(): Promise<Ground> {
  const postgres = await startBenchPostgres();
  await migrate({ url: postgres.url });
  const database = createDatabase({ url: postgres.url, max: 6 });
  await installQueue(database);
  const queue = createQueue(database);
  await queue.start();
  let words = 0;

  const run = (file: string, args: string[], env: Record<string, string>): ChildProcess =>
    spawn(process.execPath, ["--disable-warning=ExperimentalWarning", file, ...args], {
      env: { ...measured, DATABASE_URL: postgres.url, ...env },
      stdio: ["ignore", "pipe", "inherit"],
    });

  async function startWorker(workerId: string) {
    const child = run(join(PROGRAMS, "idle-worker.ts"), [], { WORKER_ID: workerId });
    const said: string[] = [];
    const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream });
    lines.on("line", (line) => said.push(line));
    await Promise.race([once(lines, "line"), once(child, "close")]);
    if (said[0] !== "ready") throw new Error("A worker did not start; its message is above.");
    return async (): Promise<Counts> => {
      const ended = once(child, "close");
      child.kill("SIGTERM");
      await ended;
      return JSON.parse(said.at(-1) ?? "") as Counts;
    };
  }

  return {
    url: postgres.url,
    database,
    tenant: (name) => createTenant(database, queue, name),

    create: (tenant, ...sizes) =>
      database.db.transaction(async (tx) => {
        const batchIds: string[] = [];
        for (const size of sizes) {
          const word = `b${words++}`;
          const domains = Array.from({ length: size }, (_, at) => `${word}-${at}.example`);
          const input = { domains, maxPages: 5, maxConcurrent: 100 };
          const list = await readGiven({ domains });
          batchIds.push((await createBatch(tx, tenant, input, list)).batchId);
        }
        return batchIds;
      }),

    async cancel(tenant, batchId) {
      const startedAt = performance.now();
      const { tenantId } = tenant.actor;
      const { cancelling } = await database.db.transaction((tx) =>
        cancelBatch(tx, tenant, batchId),
      );
      const next = () =>
        database.db.transaction((tx) => cancelNextOfBatch(tx, queue, { batchId, tenantId }));
      let more = cancelling && (await next());
      const seconds = (performance.now() - startedAt) / 1000;
      while (more) more = await next();
      return seconds;
    },

    async untilEnded(batchIds) {
      const until = performance.now() + DEADLINE_MS;
      while (performance.now() < until) {
        const row = await executeRawSqlOne<{ open: number }>(
          database.db,
          "select count(*)::int as open from batch_jobs where batch_id = any(:batchIds::uuid[]) and end_time is null",
          { batchIds },
        );
        if (row?.open === 0) return;
        await delay(100);
      }
      throw new Error("The batches did not end; the workers' messages are above.");
    },

    async rateOf(batchIds) {
      const row = await executeRawSqlOne<{ rate: number }>(
        database.db,
        `select (count(*) / extract(epoch from max(completed_at) - min(started_at)))::float8 as rate
         from jobs where batch_id = any(:batchIds::uuid[])`,
        { batchIds },
      );
      return row?.rate ?? Number.NaN;
    },

    async withWorkers(count, work) {
      const stops = await Promise.all(
        Array.from({ length: count }, (_, at) => startWorker(`idle-${at}`)),
      );
      const result = await work();
      const each = await Promise.all(stops.map((stop) => stop()));
      const sum = (key: keyof Counts) => each.reduce((total, counts) => total + counts[key], 0);
      return {
        result,
        counts: { statements: sum("statements"), transactions: sum("transactions") },
      };
    },

    async claimTimes(count) {
      const child = run(join(PROGRAMS, "claim-probe.ts"), [String(count)], {});
      const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream });
      let last = "";
      lines.on("line", (line) => (last = line));
      await once(child, "close");
      return (JSON.parse(last) as number[]).toSorted((one, other) => one - other);
    },

    serverCpu: () => cpuSecondsBelow(postgres.pid),

    async stop() {
      await queue.stop();
      await database.close();
      await postgres.stop();
    },
  };
}

async function createTenant(database: Database, queue: Queue, name: string): Promise<Tenant> {
  const tenantId = randomUUID();
  const profileId = randomUUID();
  await executeRawSql(
    database.db,
    "insert into tenants (id, name) values (:tenantId::uuid, :name)",
    { tenantId, name },
  );
  await executeRawSql(
    database.db,
    "insert into profiles (id, tenant_id, name) values (:profileId::uuid, :tenantId::uuid, :name)",
    { profileId, tenantId, name },
  );
  return {
    actor: {
      id: profileId,
      kind: "person",
      name: null,
      email: null,
      tenantId,
      tenantSlug: name,
      tenantName: name,
      role: "owner",
      permissions: new Set(),
      apiKeyId: null,
    },
    requestId: "bench",
    source: "trpc",
    queue,
  };
}
