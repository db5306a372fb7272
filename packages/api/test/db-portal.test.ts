import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { SQL_LENGTH_MAX } from "@scrapersky/db/portal";
import { SAVED_SQL_MAX, SQL_RUNS_AT_ONCE, SQL_TEXT_LENGTH_MAX } from "../src/contract.ts";
import { type Permission, PERMISSIONS, type Procedures, proceduresFor } from "../src/index.ts";
import { forgetOld } from "../src/services.ts";
import { createWorld, type World } from "./world.ts";

let world: World;
let staff: Procedures;
let personId: string;
beforeAll(async () => {
  world = await createWorld();
  staff = await staffIn("near", "owner");
  personId = world.tenants.near.people.owner;
});
beforeEach(async () => {
  await world.rows("delete from app.sql_runs");
  await world.rows("delete from app.saved_sql");
});
afterAll(() => world.close());

/** Somebody of the platform's staff, who is at home in a tenant as everybody is. */
async function staffIn(slug: "near" | "far", role: "owner" | "viewer"): Promise<Procedures> {
  const actor = await world.actor(world.tenants[slug], role);
  const permissions = new Set(Object.keys(PERMISSIONS) as Permission[]);
  return proceduresFor(world.context({ actor: { ...actor, permissions } }));
}

const query = (sql: string, runId: string = randomUUID()) => staff.db.query({ sql, runId });
const audited = (runId: string) =>
  world.rows<{ action: string; actor_id: string; detail: Record<string, unknown> }>(
    "select action, actor_id, detail from app.audit_log where target_id = :runId order by id",
    { runId },
  );

describe("a run", () => {
  test("reads rows of every tenant, and says so in the log by the hash of its text", async () => {
    const answer = await query("select name from tenants order by name");
    expect(answer).toMatchObject({
      outcome: "answered",
      columns: [{ name: "name", type: "text" }],
      rows: [["far"], ["near"]],
      truncated: false,
    });
    const [entry, ...more] = await audited(answer.runId);
    expect(more).toEqual([]);
    expect(entry).toMatchObject({
      action: "db.query",
      actor_id: personId,
      detail: { outcome: "answered", rows: 2, sqlHash: expect.stringMatching(/^[0-9a-f]{64}$/) },
    });
    expect(JSON.stringify(entry)).not.toContain("select name");
  });

  test("that is refused or fails is told to whoever wrote it, and is in the log", async () => {
    const refused = await query("select pg_sleep(1)");
    expect(refused).toEqual({
      runId: refused.runId,
      outcome: "refused",
      says: "The function pg_sleep cannot be called here: it holds a connection and does nothing.",
      position: 8,
      elapsedMs: 0,
    });
    const failed = await query("select nothing from jobs");
    expect(failed).toMatchObject({ outcome: "failed", position: 8 });
    expect(await audited(refused.runId)).toMatchObject([
      { detail: { outcome: "refused", rows: null } },
    ]);
    expect(await audited(failed.runId)).toMatchObject([{ detail: { outcome: "failed" } }]);
    expect(await query("select 1\0")).toMatchObject({ outcome: "refused" });
  });

  test("has its plan told as a tree", async () => {
    const answer = await staff.db.explain({
      sql: "select t.name, count(*) from jobs j join tenants t on t.id = j.tenant_id_uuid where j.status = 'failed' group by 1",
      runId: randomUUID(),
    });
    expect(answer).toMatchObject({ outcome: "answered", plan: { children: [{}] } });
    if (answer.outcome !== "answered") return;
    const steps = (node: typeof answer.plan): string[] => [
      node.what,
      ...node.children.flatMap(steps),
    ];
    expect(steps(answer.plan).join("\n")).toMatch(/Aggregate[^]*Scan.* on jobs/);
    expect(JSON.stringify(answer.plan)).toContain("(status = 'failed'::text)");
    expect(await audited(answer.runId)).toMatchObject([{ action: "db.explain" }]);
  });

  test("is cancelled from wherever its caller is, and by nobody else", async () => {
    const runId = randomUUID();
    const answer = query("select count(*) from generate_series(1, 1000000000000)", runId);
    await expect.poll(() => staff.db.queryHistory()).toMatchObject([{ runId, outcome: null }]);
    const other = await staffIn("near", "viewer");
    await expect(other.db.cancelQuery({ runId })).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(await staff.db.cancelQuery({ runId })).toEqual({ asked: true });
    expect(await answer).toMatchObject({ outcome: "failed", says: "It was cancelled." });
    expect(await staff.db.cancelQuery({ runId })).toEqual({ asked: true });
    for (const nobody of [randomUUID(), "' or 1=1"]) {
      await expect(staff.db.cancelQuery({ runId: nobody })).rejects.toMatchObject({
        message: "Run not found",
      });
    }
  });

  test("waits while as many run as may, of one person and of all", async () => {
    const begin = (person: string, count: number, ago = "0 s") =>
      world.rows(
        `insert into app.sql_runs (id, person_id, kind, sql, sql_hash, started_at)
         select gen_random_uuid(), :person::uuid, 'query', '', '', now() - :ago::interval from generate_series(1, :count::int)`,
        { person, count, ago },
      );
    const tooMany = { code: "TOO_MANY_REQUESTS" };
    await begin(personId, SQL_RUNS_AT_ONCE.person - 1);
    // The api that ran these has died.
    await begin(personId, 10, "21 s");
    expect(await query("select 1")).toMatchObject({ outcome: "answered" });
    await begin(personId, 1);
    await expect(query("select 1")).rejects.toMatchObject(tooMany);
    const other = await staffIn("near", "viewer");
    const ask = () => other.db.query({ sql: "select 1", runId: randomUUID() });
    expect(await ask()).toMatchObject({ outcome: "answered" });
    await begin(world.tenants.far.people.owner, SQL_RUNS_AT_ONCE.all - SQL_RUNS_AT_ONCE.person - 1);
    expect(await ask()).toMatchObject({ outcome: "answered" });
    await begin(world.tenants.far.people.owner, 1);
    await expect(ask()).rejects.toMatchObject(tooMany);
  });

  test("has so many characters, and no more", async () => {
    expect(SQL_TEXT_LENGTH_MAX).toBe(SQL_LENGTH_MAX);
    const of = (length: number) => query(`select 1${" ".repeat(length - 8)}`);
    expect(await of(SQL_TEXT_LENGTH_MAX)).toMatchObject({ outcome: "answered" });
    await expect(of(SQL_TEXT_LENGTH_MAX + 1)).rejects.toMatchObject({ code: "BAD_REQUEST" });
  });

  test("has an id of its own, a uuid", async () => {
    const { runId } = await query("select 1");
    await expect(query("select 1", runId)).rejects.toMatchObject({ code: "CONFLICT" });
    await expect(query("select 1", "mine")).rejects.toMatchObject({ code: "BAD_REQUEST" });
  });
});

test("the history is one's own, newest first, and forgotten after 90 days", async () => {
  await query("select 1");
  await query("select 2 / 0");
  const [second, first, ...more] = await staff.db.queryHistory();
  expect(more).toEqual([]);
  expect(first).toMatchObject({ sql: "select 1", outcome: "answered", rows: 1, says: null });
  expect(second).toMatchObject({ outcome: "failed", rows: null, says: "division by zero." });
  expect(await (await staffIn("near", "viewer")).db.queryHistory()).toEqual([]);
  const age = (runId: string, days: string) =>
    world.rows(
      "update app.sql_runs set started_at = now() - :days::interval where id = :runId::uuid",
      { runId, days },
    );
  await age(first?.runId ?? "", "90 days");
  await age(second?.runId ?? "", "89 days");
  await forgetOld(world.database.db, { auditDays: 365 });
  expect(await staff.db.queryHistory()).toMatchObject([{ runId: second?.runId }]);
});

test("rows tell of people, and are for those who may read of them", async () => {
  const actor = await world.actor(world.tenants.near, "viewer");
  const permissions = new Set(Object.keys(PERMISSIONS) as Permission[]);
  permissions.delete("contacts:read");
  const { db } = proceduresFor(world.context({ actor: { ...actor, permissions } }));
  const refused = { code: "FORBIDDEN" };
  await expect(db.query({ sql: "select 1", runId: randomUUID() })).rejects.toMatchObject(refused);
  await expect(db.sample({ table: "public.jobs" })).rejects.toMatchObject(refused);
  expect(await db.explain({ sql: "select 1", runId: randomUUID() })).toMatchObject({
    outcome: "answered",
  });
});

test("what a tenant erases is in no statement of the staff any more", async () => {
  await query("select * from lead_emails where email = 'anna@gone.example'");
  await staff.db.saveQuery({ name: "anna@gone.example", sql: "select 'Anna@gone.example', 1" });
  const owner = await world.caller(world.tenants.far, "owner");
  await owner.suppressions.erase({ subject: "anna@gone.example" });
  const kept = JSON.stringify([await staff.db.queryHistory(), await staff.db.savedQueries()]);
  expect(kept).not.toMatch(/anna/i);
  expect(kept).toContain("select * from lead_emails where email = ");
});

test("statements are kept under names, one's own, so many and no more", async () => {
  const saved = await staff.db.saveQuery({ name: " Jobs ", sql: "table jobs" });
  expect(saved).toMatchObject({ name: "Jobs", sql: "table jobs" });
  await staff.db.saveQuery({ name: "Jobs", sql: "select 1" });
  expect(await staff.db.savedQueries()).toEqual([{ ...saved, sql: "select 1" }]);
  const other = await staffIn("near", "viewer");
  expect(await other.db.savedQueries()).toEqual([]);
  await expect(other.db.deleteQuery({ savedId: saved.savedId })).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
  await world.rows(
    `insert into app.saved_sql (person_id, name, sql)
     select :personId::uuid, n::text, 'select 1' from generate_series(1, :count::int) n`,
    { personId, count: SAVED_SQL_MAX - 2 },
  );
  await staff.db.saveQuery({ name: "The last", sql: "select 1" });
  await expect(staff.db.saveQuery({ name: "One more", sql: "select 1" })).rejects.toMatchObject({
    message: `You keep ${SAVED_SQL_MAX} statements. Delete one first.`,
  });
  await staff.db.saveQuery({ name: "The last", sql: "select 2" });
  expect(await staff.db.deleteQuery({ savedId: saved.savedId })).toEqual({ deleted: true });
});

test("the page is told that it is on, its limits, and what can be read", async () => {
  const state = await staff.db.sqlState();
  expect(state).toMatchObject({
    on: true,
    limits: { timeMs: 5_000, rows: 1_000, bytes: 2_097_152, temporaryBytes: 536_870_912 },
  });
  expect(state.tables.find(({ name }) => name === "api_keys")?.columns).not.toContain(
    "secret_hash",
  );
});

describe("tables", () => {
  test("are listed with what they take, those among them whose rows nobody sees", async () => {
    await world.rows("analyze tenants");
    const tables = await staff.db.tables();
    const of = (name: string) => tables.find(({ schema, table }) => `${schema}.${table}` === name);
    expect(of("public.tenants")).toMatchObject({ rows: 2, shown: true });
    expect(of("public.tenants")?.bytes).toBeGreaterThan(0);
    expect(of("app.accounts")).toMatchObject({ shown: false });
    expect(of("pgboss.job")).toMatchObject({ shown: false });
    expect(tables.some(({ schema }) => schema.startsWith("pg_"))).toBe(false);
  });

  test("are told with columns, indexes and keys both ways", async () => {
    const jobs = await staff.db.table({ table: "public.jobs" });
    expect(jobs.columns.find(({ name }) => name === "id")).toEqual({
      name: "id",
      type: "integer",
      nullable: false,
      default: "nextval('jobs_id_seq'::regclass)",
      masked: false,
    });
    expect(jobs.indexes.map(({ name }) => name)).toContain("jobs_pkey");
    expect(jobs.refersTo.map(({ definition }) => definition).join()).toContain("REFERENCES");
    expect(jobs.referredBy.map(({ table }) => table)).toContain("app.scrape_jobs");
    const keys = await staff.db.table({ table: "app.api_keys" });
    expect(keys.columns.filter(({ masked }) => masked).map(({ name }) => name)).toEqual([
      "secret_hash",
    ]);
    const accounts = await staff.db.table({ table: "app.accounts" });
    expect(accounts.columns.every(({ masked }) => masked)).toBe(true);
    for (const table of [
      "jobs",
      "auth.users",
      "pg_catalog.pg_authid",
      "app.x'; drop table jobs --",
    ]) {
      await expect(staff.db.table({ table })).rejects.toMatchObject({ message: "Table not found" });
    }
  });

  test("show some rows without secrets, which is in the log", async () => {
    await world.rows(
      "alter table tenants add column of_the_owner text default 'a secret of theirs'",
    );
    try {
      const { columns, rows } = await staff.db.sample({ table: "public.tenants", limit: 1 });
      expect(rows).toHaveLength(1);
      const name = columns.findIndex((column) => column.name === "name");
      expect(["near", "far"]).toContain(rows[0]?.[name]);
      expect(columns.filter(({ masked }) => masked)).toEqual([
        { name: "of_the_owner", masked: true },
      ]);
      expect(JSON.stringify(rows)).not.toContain("a secret");
    } finally {
      await world.rows("alter table tenants drop column of_the_owner");
    }
    expect(await audited("public.tenants")).toMatchObject([
      { action: "db.sample", detail: { rows: 1 } },
    ]);
    for (const table of ["app.accounts", "app.sessions", "pgboss.job", "app.sql_runs", "nothing"]) {
      await expect(staff.db.sample({ table })).rejects.toMatchObject({
        message: "Table not found",
      });
    }
    await world.rows("insert into tenants (id, name) values (gen_random_uuid(), repeat('x', 501))");
    const { rows } = await staff.db.sample({ table: "public.tenants" });
    expect(JSON.stringify(rows)).toContain(`"${"x".repeat(500)}"`);
    await expect(staff.db.sample({ table: "public.jobs", limit: 101 })).rejects.toMatchObject({
      code: "BAD_REQUEST",
    });
    expect(await staff.db.sample({ table: "public.jobs", limit: 100 })).toMatchObject({ rows: [] });
  });
});
