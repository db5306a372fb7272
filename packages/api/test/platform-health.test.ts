import { randomUUID } from "node:crypto";
import { createDatabase, type Database, type HealthResult } from "@scrapersky/db";
import { SCRAPE } from "@scrapersky/queue";
import { preparePgBouncer, startPgBouncer, getTestServer } from "@scrapersky/testing/database";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  type PlatformHealth,
  type WorkerShown,
  PAUSABLE_QUEUES,
  VISITS_SHOWN_MAX,
  WORKER_SILENT_SECONDS,
} from "../src/contract.ts";
import {
  findOwnFindings,
  QUEUE_SECONDS_MAX,
  type Seen,
  WAIT_MS_MAX,
} from "../src/health/find-own-findings.ts";
import { tellPart } from "../src/health/tell-part.ts";
import { createWaits, type Procedures, proceduresFor, watchHealth } from "../src/index.ts";
import { PLATFORM_PERMISSIONS } from "../src/rbac/permissions.ts";
import { forgetOld, tellWorker } from "../src/services.ts";
import { claimJobs } from "./claim-and-record.ts";
import { createWorld, type World } from "./world.ts";

const canPool = await preparePgBouncer();

let world: World;
let staff: Procedures;
beforeAll(async () => {
  world = await createWorld();
  staff = await asStaff();
});
afterAll(() => world.close());
beforeEach(async () => {
  await world.rows("delete from app.workers");
  await world.rows("delete from pgboss.queue_pause");
});

async function asStaff(overrides: Parameters<World["context"]>[0] = {}): Promise<Procedures> {
  const owner = await world.actor(world.tenants.near, "owner");
  const permissions = new Set([...owner.permissions, ...PLATFORM_PERMISSIONS]);
  return proceduresFor(world.context({ actor: { ...owner, permissions }, ...overrides }));
}

const addWorker = async (workerId: string, seconds = 0): Promise<string> => {
  await tellWorker(world.database.db, { workerId, version: "test", concurrency: 8, running: 0 });
  await world.rows(
    "update app.workers set seen_at = now() - make_interval(secs => :seconds::float8) where id = :workerId",
    { workerId, seconds },
  );
  return workerId;
};
const findingOf = ({ findings }: PlatformHealth, name: string) =>
  findings.find((finding) => finding.name === name);

test("tells everything that is known, each finding a sentence, the worst first", async () => {
  await addWorker("alive");
  const health = await staff.health.overview();
  expect(health).toMatchObject({
    program: { version: "test" },
    isApart: false,
    mode: "direct",
    pooler: { kind: "none" },
    ways: { pooled: { status: "ok" }, direct: { status: "ok" } },
    workers: { value: [{ workerId: "alive", state: "claiming", isSilent: false, visits: [] }] },
    queues: { value: [{ queue: SCRAPE, isPausable: true, paused: null }, { isPausable: false }] },
    transactions: { reason: null },
    slow: { value: { of: "now" } },
    migrations: { value: { newest: expect.stringMatching(/^\d{4}_/) } },
    sizes: { reason: null },
    retention: { reason: null },
  });
  expect(health.ways.pooled.latency?.count).toBeGreaterThan(0);
  expect(health.migrations.value?.applied).toBe(health.migrations.value?.expected);
  expect(health.findings.filter(({ status }) => status === "fail")).toEqual([]);
  const ranks = health.findings.map(({ status }) => ["fail", "warn", "ok"].indexOf(status));
  expect(ranks).toEqual(ranks.toSorted());
  for (const { status, says, todo } of health.findings) {
    expect(says).not.toBe("");
    if (status !== "ok") expect(todo).not.toBeNull();
  }
});

test("a worker is told with the sites that it is at, whose they are, and that it fell silent", async () => {
  await world.rows("delete from pgboss.job");
  const owner = await world.caller(world.tenants.far, "owner");
  await owner.batches.create({ domains: ["visited.example"] });
  const [claim] = await claimJobs(world, 1);
  const [row] = await world.rows<{ id: string }>(
    "select worker_id as id from app.job_attempts where job_id = :jobId",
    { jobId: claim?.jobId },
  );
  await addWorker(row?.id ?? "", WORKER_SILENT_SECONDS - 10);
  await addWorker("silent", WORKER_SILENT_SECONDS + 1);
  const health = await staff.health.overview();
  expect(health.workers.value).toMatchObject([
    { isSilent: false, visits: [{ domain: "visited.example", tenant: "far", waits: false }] },
    { workerId: "silent", isSilent: true, visits: [] },
  ]);
  expect(health.queues.value?.[0]).toMatchObject({ claimed: 1 });
  expect(findingOf(health, "workers")).toMatchObject({ status: "warn" });
  expect(VISITS_SHOWN_MAX).toBe(200);
});

test("a worker that nobody heard of for an hour is forgotten, and none before", async () => {
  await addWorker("gone", 3_601);
  await addWorker("kept", 3_500);
  await forgetOld(world.database.db, { auditDays: 730 });
  expect(await world.rows("select id from app.workers")).toEqual([{ id: "kept" }]);
});

test("a worker is drained and resumed once, however often and by however many it is asked", async () => {
  const workerId = await addWorker("ordered");
  const requestId = randomUUID();
  const api = await asStaff({ requestId });
  const drained = await Promise.all([1, 2, 3].map(() => api.workers.drain({ workerId })));
  expect(drained).toEqual(Array(3).fill({ workerId, state: "draining" }));
  // A sign of life does not undo it.
  await tellWorker(world.database.db, { workerId, version: "test", concurrency: 8, running: 3 });
  const health = await staff.health.overview();
  expect(health.workers.value).toMatchObject([{ state: "draining", running: 3 }]);
  expect(findingOf(health, "workers")).toMatchObject({
    status: "fail",
    says: "every worker is draining: no site is visited any more",
  });
  expect(await api.workers.resume({ workerId })).toEqual({ workerId, state: "claiming" });
  expect(await api.workers.resume({ workerId })).toEqual({ workerId, state: "claiming" });
  const written = await world.rows(
    "select action, target_id from app.audit_log where request_id = :requestId order by id",
    { requestId },
  );
  expect(written).toEqual([
    { action: "workers.drain", target_id: workerId },
    { action: "workers.resume", target_id: workerId },
  ]);
  for (const unknown of ["nobody", "' or 1=1 --"]) {
    await expect(api.workers.drain({ workerId: unknown })).rejects.toMatchObject({
      code: "NOT_FOUND",
      message: "Worker not found",
    });
  }
  await expect(api.workers.drain({ workerId: "" })).rejects.toMatchObject({ code: "BAD_REQUEST" });
});

test("a queue is paused for everybody, says by whom, and is resumed", async () => {
  expect(PAUSABLE_QUEUES).toEqual([SCRAPE]);
  await world.rows("delete from pgboss.job");
  const owner = await world.caller(world.tenants.near, "owner");
  await owner.batches.create({ domains: ["waits.example"] });
  const requestId = randomUUID();
  const api = await asStaff({ requestId });
  const paused = await Promise.all([1, 2].map(() => api.queues.pause({ queue: SCRAPE })));
  expect(paused).toEqual(Array(2).fill({ queue: SCRAPE, paused: true }));
  expect(await claimJobs(world, 5)).toEqual([]);
  const health = await staff.health.overview();
  expect(health.queues.value?.[0]).toMatchObject({ waiting: 1, paused: { by: "owner" } });
  expect(findingOf(health, `queue ${SCRAPE}`)).toMatchObject({
    status: "warn",
    says: expect.stringContaining("paused by owner"),
  });
  expect(await api.queues.resume({ queue: SCRAPE })).toEqual({ queue: SCRAPE, paused: false });
  expect(await claimJobs(world, 5)).toMatchObject([{ domain: "waits.example" }]);
  const written = await world.rows(
    "select action from app.audit_log where request_id = :requestId order by id",
    { requestId },
  );
  expect(written).toEqual([{ action: "queues.pause" }, { action: "queues.resume" }]);
  const garbage = api.queues.pause({ queue: "scrape-domain-lost" as typeof SCRAPE });
  await expect(garbage).rejects.toMatchObject({ code: "BAD_REQUEST" });
});

describe("what cannot be had", () => {
  test("is told in our own words, and the rest is there", async () => {
    await world.rows("alter table app.workers rename to workers_away");
    try {
      const health = await staff.health.overview();
      expect(health.workers).toEqual({
        value: null,
        reason: expect.stringContaining("could not be read"),
      });
      expect(JSON.stringify(health.workers)).not.toMatch(/select|app\.|relation/);
      expect(health.queues.reason).toBeNull();
      expect(findingOf(health, "workers")).toBeUndefined();
    } finally {
      await world.rows("alter table app.workers_away rename to workers");
    }
  });

  test("is waited for no longer than its time", async () => {
    expect(await tellPart(new Promise(() => {}), 1)).toEqual({
      value: null,
      reason: "The database did not answer in time.",
    });
    expect(await tellPart(Promise.resolve(7), 60_000)).toEqual({ value: 7, reason: null });
    expect(await tellPart(Promise.reject(new Error("secret at db.internal")))).toEqual({
      value: null,
      reason: "It could not be looked at.",
    });
  });

  test("a way that does not answer is told as such beside the other one", async () => {
    const server = getTestServer();
    const [{ name } = { name: "" }] = await world.rows<{ name: string }>(
      "select current_database() as name",
    );
    const database: Database = createDatabase({
      url: `postgres://${server.user}@${server.host}:${server.port}/${name}`,
      migrationUrl: `postgres://${server.user}@${server.host}:1/${name}`,
    });
    try {
      const api = await asStaff({
        db: database.db,
        health: watchHealth(database, { version: "test" }),
      });
      const health = await api.health.overview();
      expect(health).toMatchObject({
        isApart: true,
        ways: {
          pooled: { status: "ok", latency: { count: 1 } },
          direct: { status: "error", reason: "connect_failed", latency: null },
        },
      });
      expect(health.findings[0]).toEqual({
        name: "direct",
        status: "fail",
        says: expect.stringContaining("DATABASE_MIGRATION_URL does not answer"),
        todo: "check that the server runs, and the host and port of the address",
      });
      expect(JSON.stringify(health)).not.toContain(`${server.host}:1`);
    } finally {
      await database.close();
    }
  });
});

test.runIf(canPool)(
  "behind PgBouncer it tells the pooler and both ways, and goes on telling while that hangs",
  async () => {
    const server = getTestServer();
    const [{ name } = { name: "" }] = await world.rows<{ name: string }>(
      "select current_database() as name",
    );
    const bouncer = await startPgBouncer({ target: server });
    const database = createDatabase({
      url: bouncer.url(name),
      migrationUrl: `postgres://${server.user}@${server.host}:${server.port}/${name}`,
    });
    try {
      await database.connect();
      const api = await asStaff({
        db: database.db,
        health: watchHealth(database, { version: "test" }),
      });
      const health = await api.health.overview();
      expect(health).toMatchObject({
        isApart: true,
        mode: "transaction",
        pooler: { kind: "pgbouncer", version: expect.stringMatching(/^\d/) },
        ways: { pooled: { status: "ok" }, direct: { status: "ok" } },
        sizes: { reason: null },
      });
      bouncer.freeze();
      const hung = await api.health.overview();
      expect(hung).toMatchObject({
        ways: { pooled: { status: "error" }, direct: { status: "ok" } },
        workers: { value: null },
        queues: { value: null, reason: expect.stringMatching(/in time/) },
      });
      expect(hung.findings[0]).toMatchObject({ name: "pooled", status: "fail" });
      bouncer.thaw();
    } finally {
      await bouncer.stop();
      await database.close({ drainMs: 0 });
    }
  },
);

describe("what follows from it", () => {
  const well: HealthResult = { ok: true, latencyMs: 1, reason: undefined };
  const measured = { count: 20, p50: 1, p95: 1, max: 1 };
  const SEEN: Seen = {
    pooled: well,
    direct: null,
    pool: { max: 10, inUse: 1, idle: 1, opening: 0, waiting: 0, waits: measured },
    version: "1.0.0",
    workers: [],
    queues: [
      {
        queue: SCRAPE,
        isPausable: true,
        paused: null,
        waiting: 3,
        later: 0,
        claimed: 0,
        oldestSeconds: QUEUE_SECONDS_MAX,
      },
    ],
    retention: [{ what: "Keys", kept: "24 hours", oldestAt: null, isOverdue: false }],
    migrations: null,
  };
  const statusOf = (seen: Partial<Seen>, name: string) =>
    findOwnFindings({ ...SEEN, ...seen }).find((finding) => finding.name === name)?.status;

  test("callers who wait are a finding from the limit on", () => {
    const waiting = (p95: number) => ({
      pool: { ...SEEN.pool, waits: { ...measured, p95 } },
    });
    expect(statusOf(waiting(WAIT_MS_MAX), "pool")).toBe("ok");
    expect(statusOf(waiting(WAIT_MS_MAX + 1), "pool")).toBe("warn");
  });

  test("a message that waits for long is one, and a worker of another version, and none at all", () => {
    const [queue] = SEEN.queues ?? [];
    const older = [{ ...queue!, oldestSeconds: QUEUE_SECONDS_MAX + 1 }];
    expect(statusOf({}, `queue ${SCRAPE}`)).toBe("ok");
    expect(statusOf({ queues: older }, `queue ${SCRAPE}`)).toBe("warn");
    const worker = {
      workerId: "w",
      state: "claiming",
      isSilent: false,
      version: "1.0.0",
      startedAt: "",
      seenAt: "",
      concurrency: 1,
      running: 0,
      visits: [],
    } satisfies WorkerShown;
    expect(statusOf({ workers: [worker] }, "workers")).toBe("ok");
    expect(statusOf({ workers: [{ ...worker, version: "0.9.0" }] }, "workers")).toBe("warn");
    expect(statusOf({ workers: [] }, "workers")).toBe("fail");
  });

  test("what should be gone is one", () => {
    expect(statusOf({}, "retention")).toBe("ok");
    const overdue = SEEN.retention!.map((kept) => ({ ...kept, isOverdue: true }));
    expect(statusOf({ retention: overdue }, "retention")).toBe("warn");
  });

  test("measurements are bounded", () => {
    const waits = createWaits();
    for (let at = 0; at < 1_500; at++) waits.add(1);
    expect(waits.read()?.count).toBe(1_000);
  });
});
