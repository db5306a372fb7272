import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type EmbeddedPostgres, startTemporaryPostgres } from "@scrapersky/embedded";
import {
  createDatabase,
  type Database,
  executeForLibrary,
  executeRawSql,
} from "../../src/index.ts";
import { migrate } from "../../src/migrate.ts";
import {
  findPortalState,
  judgeSql,
  PORTAL_LIMITS,
  type PortalLimits,
  runPortalSql,
  shownTables,
} from "../../src/portal/index.ts";
import { ESCAPES } from "./escapes.ts";

let server: EmbeddedPostgres;
let admin: Database;
let plain: Database;
let plainUrl: string;
const told: string[] = [];
const open = (url: string) => createDatabase({ url, max: 2 });
const script = (database: Database, text: string) => executeForLibrary(database.db, text);

beforeAll(async () => {
  server = await startTemporaryPostgres();
  admin = open(server.url);
  // The first one here may make no role, and finds none.
  await script(admin, "create role plain login");
  await script(admin, "create database plain owner plain");
  plainUrl = server.url.replace(/\/\/[^@]+@/, "//plain@").replace(/[^/]+$/, "plain");
  await migrate({ url: plainUrl, log: (line) => told.push(line) });
  plain = open(plainUrl);
  await migrate({ url: server.url });
  await script(
    admin,
    `insert into tenants (id, name) values ('00000000-0000-4000-8000-000000000001', 'One');
     insert into app.verifications (identifier, value, expires_at) values ('x', 'a secret', now())`,
  );
});
afterAll(async () => {
  await Promise.all([admin.close(), plain.close()]);
  await server.stop();
});

const run = (
  text: string,
  more: { tables?: string[]; limits?: PortalLimits; signal?: AbortSignal } = {},
) => runPortalSql(admin, { text, tables: ["tenants"], kind: "query", executor: admin.db, ...more });

test("rows come as Postgres prints them, with their columns, whatever they are called", async () => {
  expect(
    await run(
      "select 1 as a, 'x' as a, null::text as \"__proto__\", true as t, 1.50::numeric as n, '{1,2}'::int[] as l, '{\"b\": 1}'::jsonb as j, '\\x00ff'::bytea as b",
    ),
  ).toEqual({
    outcome: "answered",
    columns: [
      { name: "a", type: "integer" },
      { name: "a", type: "text" },
      { name: "__proto__", type: "text" },
      { name: "t", type: "boolean" },
      { name: "n", type: "numeric" },
      { name: "l", type: "integer[]" },
      { name: "j", type: "jsonb" },
      { name: "b", type: "bytea" },
    ],
    rows: [["1", "x", null, "true", "1.50", "[1,2]", '{"b": 1}', "\\x00ff"]],
    truncated: false,
    elapsedMs: expect.any(Number),
  });
  expect(await run("select name from tenants")).toMatchObject({ rows: [["One"]] });
  expect(await run("select from tenants")).toMatchObject({ columns: [], rows: [[]] });
});

test("every table that may be read is there, without its secrets", async () => {
  for (const { table, columns, masked } of shownTables()) {
    const answer = await run(`select * from "${table}" limit 0`, { tables: [table] });
    expect(answer, table).toMatchObject({ columns: columns.map((name) => ({ name })) });
    for (const name of masked) expect(columns).not.toContain(name);
  }
  const names = shownTables().map(({ table }) => table);
  expect(new Set(names).size).toBe(names.length);
  expect(names).toEqual(expect.arrayContaining(["jobs", "tenants", "leads", "api_keys"]));
  for (const hidden of ["accounts", "sessions", "verifications", "sign_in_links", "sql_runs"]) {
    expect(names).not.toContain(hidden);
  }
  expect(shownTables().find(({ table }) => table === "api_keys")?.masked).toEqual(["secret_hash"]);
});

describe("limits", () => {
  test("a thousand rows are told, and of more that there are more", async () => {
    const series = (rows: number) => run(`select g from generate_series(1, ${rows}) g`);
    expect(PORTAL_LIMITS).toEqual({
      timeMs: 5_000,
      rows: 1_000,
      bytes: 2_097_152,
      temporaryBytes: 536_870_912,
    });
    expect(await series(1_000)).toMatchObject({ truncated: false, rows: { length: 1_000 } });
    expect(await series(1_001)).toMatchObject({ truncated: true, rows: { length: 1_000 } });
  });

  test("an answer has 2 MB at most, and a larger one is never held", async () => {
    const limits = { ...PORTAL_LIMITS, timeMs: 60_000 };
    const value = (bytes: number) =>
      run(`select rpad('x', ${bytes}) from generate_series(1, 2)`, { limits });
    const MB = 1024 * 1024;
    expect(await value(MB - 200)).toMatchObject({ outcome: "answered", rows: { length: 2 } });
    const large = {
      outcome: "failed",
      why: "size",
      says: "The answer is larger than 2 MB: ask for fewer rows or columns.",
    };
    expect(await value(MB + 1)).toMatchObject(large);
    const before = process.memoryUsage().rss;
    expect(await value(100 * MB)).toMatchObject(large);
    expect(process.memoryUsage().rss - before).toBeLessThan(60 * MB);
  });

  test("a statement has its time, and no more", async () => {
    const limits = { ...PORTAL_LIMITS, timeMs: 300 };
    const endless = "select count(*) from generate_series(1, 1000000000000)";
    expect(await run(endless, { limits })).toMatchObject({
      outcome: "failed",
      why: "time",
      says: "It took longer than 0.3 s and was stopped.",
    });
    expect(await run("select 1", { limits })).toMatchObject({ outcome: "answered" });
  });

  test("what is sorted beyond memory has its limit too, whoever holds it", async () => {
    const limits = { ...PORTAL_LIMITS, timeMs: 60_000, temporaryBytes: 8 * 1024 * 1024 };
    const tooMuch = {
      outcome: "failed",
      why: "size",
      says: "It sorts or joins more than 8 MB: narrow what it reads.",
    };
    const endless = "select count(*) from generate_series(1, 1000000000000)";
    expect(await run(endless, { limits })).toMatchObject(tooMuch);
    expect(await run("select 1", { limits })).toMatchObject({ outcome: "answered" });
    // An ordinary login may not set the limit, and sees what is written where somebody lets it.
    await script(admin, "grant scrapersky_reader, pg_monitor to plain");
    try {
      const asPlain = (text: string) =>
        runPortalSql(plain, { text, tables: [], kind: "query", limits, executor: plain.db });
      expect(await asPlain(endless)).toMatchObject(tooMuch);
      expect(await asPlain("select 1")).toMatchObject({ outcome: "answered" });
    } finally {
      await script(admin, "revoke scrapersky_reader, pg_monitor from plain");
    }
  });

  test("whoever gives up ends it", async () => {
    const giving = new AbortController();
    const answer = run("select count(*) from generate_series(1, 1000000000000)", {
      signal: giving.signal,
    });
    await expect.poll(() => countRunning("%fetch 1001 from portal_rows")).toBe(1);
    giving.abort();
    expect(await answer).toMatchObject({ outcome: "failed", why: "cancelled" });
    expect(await run("select 1", { signal: giving.signal })).toMatchObject({ why: "cancelled" });
    await expect.poll(() => countRunning("%fetch 1001 from portal_rows")).toBe(0);
  });
});

/** What of it runs on the server, beside the one who asks. */
async function countRunning(like: string): Promise<number> {
  const [row] = await executeRawSql<{ n: number }>(
    admin.db,
    "select count(*)::int as n from pg_stat_activity where pid <> pg_backend_pid() and state = 'active' and query like :like",
    { like },
  );
  return row?.n ?? -1;
}

test("a connection is opened for one run and ends with it, whatever came of it", async () => {
  const ids = async () => {
    const rows = await executeRawSql<{ pid: number }>(
      admin.db,
      "select pid from pg_stat_activity where datname = current_database() and backend_type = 'client backend'",
    );
    return rows.map(({ pid }) => pid);
  };
  const before = await ids();
  await run("select 1");
  await run("select 1 / 0");
  await run("select nothing");
  await expect.poll(async () => (await ids()).filter((pid) => !before.includes(pid))).toEqual([]);
});

test("a wrong statement is told in the server's words, with its place", async () => {
  expect(await run("select nothing from tenants")).toMatchObject({
    outcome: "failed",
    why: "statement",
    says: expect.stringContaining('column "nothing" does not exist'),
    position: 8,
  });
  expect(await run("select 1 / (id - id) from generate_series(1, 1) x(id)")).toMatchObject({
    says: "division by zero.",
    position: null,
  });
});

test("a plan is told, and nothing of it is run", async () => {
  const answer = await runPortalSql(admin, {
    text: "select count(*) from generate_series(1, 1000000000000)",
    tables: [],
    kind: "explain",
    executor: admin.db,
  });
  expect(answer).toMatchObject({
    outcome: "answered",
    rows: [[expect.stringContaining("Aggregate")]],
  });
});

describe("what the grammar lets through is harmless:", () => {
  test.each(ESCAPES.filter(({ refused }) => refused === undefined))("$what", async ({ sql }) => {
    const tables = new Set(shownTables().map(({ table }) => table));
    expect(await judgeSql(sql, tables)).toMatchObject({ ok: true });
    const answer = await run(sql, { limits: { ...PORTAL_LIMITS, timeMs: 700 } });
    if (answer.outcome === "answered") expect(answer.truncated).toBe(true);
    else expect(["time", "size"]).toContain(answer.why);
  });
});

// The grammar is one wall. These stand although it is not asked.
describe("without the grammar", () => {
  const FAILS = { outcome: "failed", why: "statement" } as const;

  test.each([
    ["select * from app.accounts", "permission denied for schema app"],
    ["select * from public.jobs", "permission denied"],
    ["select * from pg_authid", "permission denied for table pg_authid"],
    ["select lo_create(7)", "read-only transaction"],
    ["select nextval('public.jobs_id_seq')", "permission denied"],
    ["select pg_read_file('/etc/passwd')", "permission denied for function pg_read_file"],
    ["select pg_ls_dir('.')", "permission denied for function pg_ls_dir"],
    ["select lo_import('/etc/passwd')", "permission denied for function lo_import"],
    ["select pg_reload_conf()", "permission denied for function pg_reload_conf"],
    ["select app.open_audit_log()", "permission denied for schema app"],
    ["select * into copied from tenants", "INTO is not allowed here"],
    ["select 1; drop table jobs", "multiple commands"],
    ["select 1 for update; commit", "multiple commands"],
    ["delete from tenants", "syntax error"],
    ["with gone as (delete from tenants returning 1) select 1", "must not contain data-modifying"],
    ["select * from tenants for update", "permission denied for view tenants"],
    ["select set_config('transaction_read_only', 'off', false)", "must be set before any query"],
    ["select pg_notify('x', 'y'), lo_create(8)", "read-only transaction"],
  ])("%s is refused by the server", async (text, says) => {
    expect(await run(text)).toMatchObject({ ...FAILS, says: expect.stringContaining(says) });
    expect(await executeRawSql(admin.db, "select name from tenants")).toEqual([{ name: "One" }]);
  });

  test("what a statement could set is gone with its connection", async () => {
    await run(
      "select set_config('role', 'postgres', false), set_config('search_path', 'app', false)",
    );
    expect(await run("select current_user, current_setting('search_path')")).toMatchObject({
      rows: [["scrapersky_reader", "pg_catalog, pg_temp"]],
    });
    const [row] = await executeRawSql(admin.db, "select current_user = session_user as own");
    expect(row).toEqual({ own: true });
  });

  test("waiting ends with the time of the run", async () => {
    const limits = { ...PORTAL_LIMITS, timeMs: 200 };
    expect(await run("select pg_sleep(600)", { limits })).toMatchObject({ why: "time" });
  });
});

describe("the reading role", () => {
  test("runs nothing while it may do more than read", async () => {
    const off = { why: "off", says: "The role scrapersky_reader may do more than read." };
    for (const [give, take] of [
      ["grant insert on jobs to scrapersky_reader", "revoke insert on jobs from scrapersky_reader"],
      ["alter role scrapersky_reader createdb", "alter role scrapersky_reader nocreatedb"],
      ["grant plain to scrapersky_reader", "revoke plain from scrapersky_reader"],
    ] as const) {
      await script(admin, give);
      expect(await run("select 1"), give).toMatchObject(off);
      await script(admin, take);
    }
    expect(await run("select 1")).toMatchObject({ outcome: "answered" });
  });

  test("is asked for in words where the login may make none, and those are enough", async () => {
    expect(told.filter((line) => line.startsWith("read-only SQL"))).toEqual([
      "read-only SQL is off: this login may make no role; the page SQL says what to run",
    ]);
    const state = await findPortalState(plain.db);
    expect(state).toEqual({
      on: false,
      why: "This login may not become the role scrapersky_reader.",
      mend: "grant scrapersky_reader to plain;",
    });
    const ask = () =>
      runPortalSql(plain, {
        text: "select count(*) from jobs",
        tables: ["jobs"],
        kind: "query",
        executor: plain.db,
      });
    expect(await ask()).toMatchObject({
      why: "off",
      says: "The role scrapersky_reader cannot be used.",
    });
    await script(admin, state.mend!);
    expect(await findPortalState(plain.db)).toEqual({ on: true, why: null, mend: null });
    expect(await ask()).toMatchObject({ outcome: "answered", rows: [["0"]] });
  });
});
