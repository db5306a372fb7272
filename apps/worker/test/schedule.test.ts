import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { executeRawSql, executeRawSqlOne } from "@scrapersky/db";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type Harness, openHarness } from "./harness.ts";

let harness: Harness;
let folder: string;
const processes: ChildProcess[] = [];

beforeAll(async () => {
  harness = await openHarness();
  folder = await mkdtemp(join(tmpdir(), "scrapersky-schedules-"));
  // No site is there: what matters is which batches are made.
  await writeFile(join(folder, "sites.json"), "{}");
});
afterEach(async () => {
  for (const child of processes.splice(0)) {
    child.kill("SIGKILL");
    await ended(child);
  }
});
afterAll(async () => {
  await harness.close();
  await rm(folder, { recursive: true });
});

/** The worker as it is run: a process of its own. */
function spawnWorker(): ChildProcess {
  const child = spawn(process.execPath, [join(import.meta.dirname, "../dist/main.js")], {
    env: {
      PATH: process.env.PATH,
      NODE_ENV: "test",
      DATABASE_URL: harness.url,
      WORKER_CONCURRENCY: "2",
      SCRAPER_SITES_FILE: join(folder, "sites.json"),
      SCRAPER_DELAY_MS: "0",
      LOG_LEVEL: "silent",
    },
    stdio: ["ignore", "ignore", "inherit"],
  });
  processes.push(child);
  return child;
}

const ended = (child: ChildProcess) =>
  child.exitCode !== null || child.signalCode !== null
    ? Promise.resolve()
    : new Promise<void>((resolve) => child.once("exit", () => resolve()));

/** Schedules that are due now, each of a list of its own. */
async function makeDue(count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let at = 0; at < count; at++) {
    const batchId = await harness.createBatch([`site-${at}.example`]);
    const row = await executeRawSqlOne<{ id: string }>(
      harness.database.db,
      `insert into app.schedules (tenant_id, name, status, cron, time_zone, missed, overlap, batch_id, max_pages, max_concurrent,
         next_run_at, created_by, run_by)
       select tenant_id, 'Due', 'active', '0 6 * * *', 'UTC', 'once', 'run', :batchId::uuid, 5, 5, now() - interval '1 minute', created_by, created_by
       from batch_jobs where batch_id = :batchId::uuid returning id`,
      { batchId },
    );
    ids.push(row?.id ?? "");
  }
  return ids;
}

/** How many batches each schedule made, and what its runs say. */
const madeBy = (ids: string[]) =>
  executeRawSql<{ runs: number; batches: number; outcome: string }>(
    harness.database.db,
    `select count(r.id)::int as runs, count(distinct b.batch_id)::int as batches, min(r.outcome) as outcome
     from unnest(:ids::uuid[]) given (id)
     left join app.schedule_runs r on r.schedule_id = given.id left join batch_jobs b on b.batch_id = r.batch_id
     group by given.id`,
    { ids },
  );
const batchCount = async () =>
  (
    await executeRawSqlOne<{ n: number }>(
      harness.database.db,
      "select count(*)::int as n from batch_jobs",
    )
  )?.n;

/** Workers that stand still in the middle of a run. */
const held = async () =>
  (
    await executeRawSql(
      harness.database.db,
      `select from pg_stat_activity
       where datname = current_database() and wait_event_type = 'Lock' and query like '%worker.schedules%batch_windows%'`,
    )
  ).length;

test("workers that are killed in the middle of a run lose no moment and run none twice", async () => {
  await executeRawSql(harness.database.db, "update profiles set active = true");
  await executeRawSql(
    harness.database.db,
    `insert into user_tenants (user_id, tenant_id, role_id)
     select p.id, p.tenant_id, r.id from profiles p, roles r where r.name = 'owner'`,
  );
  await executeRawSql(
    harness.database.db,
    "insert into app.tenant_slugs (tenant_id, slug) values (:tenantId::uuid, 'worker-tests') on conflict do nothing",
    { tenantId: harness.tenantId },
  );
  const ids = await makeDue(6);
  const before = (await batchCount()) ?? 0;
  await harness.database.db.transaction(async (tx) => {
    // A run gets as far as its batch's window, and no further.
    await executeRawSql(tx, "lock table app.batch_windows in exclusive mode");
    const [one, other] = [spawnWorker(), spawnWorker()];
    await expect.poll(held, { interval: 50 }).toBe(2);
    one.kill("SIGKILL");
    other.kill("SIGKILL");
    await Promise.all([ended(one), ended(other)]);
  });
  expect(await batchCount()).toBe(before);
  const nothing = { runs: 0, batches: 0, outcome: null };
  expect(await madeBy(ids)).toEqual(ids.map(() => nothing));

  spawnWorker();
  spawnWorker();
  const once = { runs: 1, batches: 1, outcome: "created" };
  await expect.poll(() => madeBy(ids), { interval: 100 }).toEqual(ids.map(() => once));
  expect(await batchCount()).toBe(before + ids.length);
  const due = await executeRawSql(
    harness.database.db,
    "select from app.schedules where next_run_at <= now()",
  );
  expect(due).toEqual([]);
});
