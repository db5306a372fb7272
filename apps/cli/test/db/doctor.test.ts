import { createDatabase, type Database, executeForLibrary, executeRawSql } from "@scrapersky/db";
import { migrate } from "@scrapersky/db/migrate";
import { installQueue } from "@scrapersky/queue";
import { getTestServer, preparePgBouncer, startPgBouncer } from "@scrapersky/testing/database";
import { useVariants } from "@scrapersky/testing/fixtures";
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { adviseOnHost } from "../../src/db/doctor/way.ts";
import { type OpenDatabase, openEmpty, openMigrated } from "../databases.ts";
import { runCommand } from "./run-command.ts";

const canPool = await preparePgBouncer();
const variants = await useVariants();
let original: OpenDatabase;
const undo: (() => Promise<unknown>)[] = [];

beforeAll(async () => (original = await openMigrated()));
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

interface Check {
  name: string;
  status: string;
  says: string;
  todo?: string;
}

async function examine(settings: Record<string, string>) {
  const { code, stdout } = await runCommand(["doctor", "--json"], settings);
  const { checks } = JSON.parse(stdout) as { checks: Check[] };
  return { code, checks: new Map(checks.map((check) => [check.name, check])) };
}

/** The same database as another role of its own. */
async function asRole(database: { name: string; url: string } & Database, options = "login") {
  const role = `role_${database.name}`;
  await executeForLibrary(database.db, `create role ${role} ${options}`);
  undo.push(() => executeForLibrary(database.db, `drop owned by ${role}; drop role ${role}`));
  const url = new URL(database.url);
  url.username = role;
  return { role, url: url.href };
}

test("a database that is well passes every check", async () => {
  const { code, stdout } = await runCommand(["doctor"], { DATABASE_URL: original.url });
  expect(stdout).not.toMatch(/warn|FAIL/);
  expect(code).toBe(0);
  expect(stdout.match(/^ok {4}/gm)).toHaveLength(18);
  expect(stdout).toMatch(/versions +PostgreSQL \d+.*, Node.js \d+/);
});

test.each([
  [
    "no_such_database",
    "",
    /check the database name at the end of the address, or create that database/,
  ],
  ["postgres", "?sslmode=require", /switch TLS on at the server, or add sslmode=disable/],
])("an address of %s%s that does not answer is told in its own words", async (name, rest, todo) => {
  const DATABASE_URL = original.url.replace(/\/[^/]*$/, `/${name}${rest}`);
  const { code, checks } = await examine({ DATABASE_URL });
  expect([code, checks.get("connection")?.todo]).toEqual([3, expect.stringMatching(todo)]);
});

test("a database that no migration saw is told to be migrated", async () => {
  const { url } = await openEmpty();
  const { code, checks } = await examine({ DATABASE_URL: url });
  expect(code).toBe(1);
  const todo = "run `npm run db -- migrate`";
  expect(checks.get("migrations")).toMatchObject({ status: "fail", todo });
  expect(checks.get("queue")).toMatchObject({ status: "fail", todo });
  expect(checks.get("drift")?.status).toBe("fail");
});

test("real tables that need decisions lead to adopt, from every check and command", async () => {
  const { url, db } = await openMigrated(
    "alter table domains add constraint uq_domains_domain unique (domain)",
  );
  await executeForLibrary(db, "drop schema app cascade; drop schema pgboss cascade");
  const { checks } = await examine({ DATABASE_URL: url });
  for (const name of ["migrations", "queue", "drift"]) {
    expect(checks.get(name)?.todo, name).toContain("`npm run db -- adopt`");
  }
  for (const command of ["drift", "migrate"]) {
    const { code, stderr } = await runCommand([command], { DATABASE_URL: url });
    expect(code).toBe(1);
    expect(stderr, command).toContain("`npm run db -- adopt`");
    expect(stderr, command).not.toMatch(/npm run db -- (drift|migrate|doctor)/);
  }
});

test("a read-only database, drift and a newer schema are each named", async () => {
  const database = await openMigrated(
    `drop index idx_contacts_page_id;
     insert into app.migrations (name, checksum) values ('9999_future', 'x')`,
  );
  await executeForLibrary(
    database.db,
    `alter database ${database.name} set default_transaction_read_only = on`,
  );
  const { checks } = await examine({ DATABASE_URL: database.url });
  expect(checks.get("mode")).toMatchObject({ status: "fail" });
  expect(checks.get("drift")).toMatchObject({ status: "warn", says: "1 harmful" });
  expect(checks.get("migrations")).toMatchObject({
    status: "warn",
    says: "the database is newer than this code: 9999_future",
  });
});

test("what a search by any part of a name lacks is told with the statements that make it", async () => {
  const { url, db } = await openMigrated("drop extension pg_trgm cascade");
  const search = async () => (await examine({ DATABASE_URL: url })).checks.get("search");
  const lacking = await search();
  expect(lacking).toMatchObject({ status: "warn", says: expect.stringContaining("pg_trgm") });
  await executeForLibrary(db, lacking?.todo?.replaceAll(" concurrently", "") ?? "");
  expect((await search())?.status).toBe("ok");

  await executeForLibrary(db, "drop index app.scrape_jobs_domain_idx");
  const partly = await search();
  expect(partly?.says).toMatch(/^1 of the indexes/);
  await executeForLibrary(db, partly?.todo?.replaceAll(" concurrently", "") ?? "");
  expect((await search())?.status).toBe("ok");
});

test("pg_trgm where Supabase puts extensions is as good, whatever the search path", async () => {
  const { url, db } = await openMigrated(
    "create schema if not exists extensions; alter extension pg_trgm set schema extensions",
  );
  const { checks } = await examine({ DATABASE_URL: url });
  expect(checks.get("search")?.status).toBe("ok");
  expect(checks.get("drift")?.status).toBe("ok");

  const empty = await openEmpty();
  await executeForLibrary(
    empty.db,
    "create schema if not exists extensions; create extension pg_trgm with schema extensions",
  );
  await migrate({ url: empty.url });
  await installQueue(empty);
  const made = (await examine({ DATABASE_URL: empty.url })).checks;
  expect([made.get("search")?.status, made.get("drift")?.status]).toEqual(["ok", "ok"]);
  expect(await executeRawSql(db, "select to_regproc('similarity') is null as hidden")).toEqual([
    { hidden: true },
  ]);
});

test("a database that needs a newer program says so", async () => {
  const { url } = await openMigrated(
    "insert into app.migrations (name, checksum, lowest_program) values ('9999_future', 'x', '9999')",
  );
  const { code, checks } = await examine({ DATABASE_URL: url });
  expect(code).toBe(1);
  const says = "this program is too old for the database";
  expect(checks.get("migrations")?.says).toContain(says);
  for (const command of ["migrate", "seed"]) {
    const refused = await runCommand([command], { DATABASE_URL: url });
    expect([refused.code, refused.stderr], command).toEqual([1, expect.stringContaining(says)]);
  }
});

test("another isolation by default is told with the statement that ends it", async () => {
  const database = await openMigrated();
  await executeForLibrary(
    database.db,
    `alter database ${database.name} set default_transaction_isolation = 'serializable'`,
  );
  const before = (await examine({ DATABASE_URL: database.url })).checks.get("mode");
  expect(before).toMatchObject({
    status: "warn",
    says: expect.stringContaining("serializable by default"),
  });
  await executeForLibrary(database.db, before?.todo ?? "");
  expect((await examine({ DATABASE_URL: database.url })).checks.get("mode")?.status).toBe("ok");
  await executeForLibrary(
    database.db,
    `alter role postgres in database ${database.name} reset all`,
  );
});

describe("the search path", () => {
  test.each([
    ["extensions", "(extensions) does not lead to schema public: no table is found"],
    ["''", "does not lead to schema public"],
    [
      "elsewhere, public",
      "(elsewhere, public) finds elsewhere.jobs before the table of schema public",
    ],
    ['"$user", elsewhere', "does not lead to schema public"],
  ])("%s is told with the statement that mends it", async (path, says) => {
    const database = await openMigrated("create schema elsewhere; create table elsewhere.jobs ()");
    await executeForLibrary(
      database.db,
      `alter database ${database.name} set search_path = ${path}`,
    );
    const { code, checks } = await examine({ DATABASE_URL: database.url });
    expect(code).toBe(1);
    const found = checks.get("search path");
    expect(found).toMatchObject({ status: "fail", says: expect.stringContaining(says) });
    const [statement = ""] = found?.todo?.split("; then") ?? [];
    await executeForLibrary(database.db, statement);
    const after = await examine({ DATABASE_URL: database.url });
    expect(after.checks.get("search path")?.status, statement).toBe("ok");
    await executeForLibrary(
      database.db,
      `alter role postgres in database ${database.name} reset all`,
    );
  });
});

describe("a role", () => {
  test("that lacks rights is given the statements that grant them, and no more", async () => {
    const database = await openMigrated();
    const { role, url } = await asRole(database);
    const before = await examine({ DATABASE_URL: url });
    const found = before.checks.get("permissions");
    expect(found?.status).toBe("fail");
    expect(found?.says).toMatch(
      /^\d+ tables the role may not fully use, app.accounts first: no select, insert, update, delete$/,
    );
    expect(found?.todo).toMatch(
      new RegExp(`^grant usage on schema app, pgboss to ${role}; grant select, insert`),
    );
    await executeForLibrary(database.db, found?.todo ?? "");
    const { checks } = await examine({ DATABASE_URL: url });
    expect(checks.get("permissions")?.status).toBe("ok");

    await executeForLibrary(database.db, `revoke update, delete on jobs, app.users from ${role}`);
    const less = await examine({ DATABASE_URL: url });
    expect(less.checks.get("permissions")).toMatchObject({
      says: "2 tables the role may not fully use, app.users first: no update, delete",
      todo: `grant update, delete on table app.users, public.jobs to ${role};`,
    });
  });

  test("that row security blinds is told of each way out, and each of them is one", async () => {
    const database = await openMigrated(
      "alter table jobs enable row level security; alter table app.scrape_jobs enable row level security",
    );
    const { role, url } = await asRole(database);
    const permissions = (await examine({ DATABASE_URL: url })).checks.get("permissions");
    await executeForLibrary(database.db, permissions?.todo ?? "");
    const find = async () => (await examine({ DATABASE_URL: url })).checks.get("row security");
    const found = await find();
    expect(found).toMatchObject({
      status: "fail",
      says: "row security hides rows of app.scrape_jobs, public.jobs from the role: lists are empty without an error",
    });
    const [, bypass, policies] =
      /as superuser: (.*?;) or, as their owner: (.*)$/.exec(found?.todo ?? "") ?? [];
    await executeForLibrary(database.db, bypass ?? "");
    expect((await find())?.status).toBe("ok");
    await executeForLibrary(database.db, `alter role ${role} nobypassrls`);
    expect((await find())?.status).toBe("fail");
    await executeForLibrary(database.db, policies ?? "");
    expect((await find())?.status).toBe("ok");
  });
});

for (const variant of variants.list.filter(({ role }) => role === "ordinary owner")) {
  describe.runIf(variant.available)(`a project of Supabase on ${variant.name}`, () => {
    test("has its tables open to the web until the statements are run, and new ones stay closed", async () => {
      const project = await variants.createDatabase(variant, { supabase: true });
      const owner = createDatabase({ url: project.directUrl, max: 2 });
      undo.push(() => owner.close());
      await migrate({ url: project.directUrl });
      await installQueue(owner);
      const settings = {
        DATABASE_URL: project.url,
        DATABASE_MIGRATION_URL: project.directUrl,
        DATABASE_MODE: variant.way === "directly" ? "direct" : "transaction",
      };
      const { code, checks } = await examine(settings);
      const failing = [...checks.values()].filter(({ status }) => status === "fail");
      expect(failing).toEqual([]);
      expect(code).toBe(0);
      const found = checks.get("exposure");
      expect(found).toMatchObject({ status: "warn" });
      expect(found?.says).toMatch(
        /^\d+ tables of schema public are open to anon and authenticated, without row security: public\.batch_jobs, public\.contacts, /,
      );
      await executeForLibrary(owner.db, `${found?.todo} create table later (id int)`);
      expect((await examine(settings)).checks.get("exposure")).toMatchObject({ status: "ok" });
      expect(
        await executeRawSql(
          owner.db,
          `select has_table_privilege('anon', 'contacts', 'select') as read,
             has_table_privilege('authenticated', 'later', 'insert') as write,
             has_table_privilege('service_role', 'later', 'select') as service`,
        ),
      ).toEqual([{ read: false, write: false, service: true }]);
    });
  });
}

test("what is open by a column, to everybody, or by a view of its owner is open; what is closed is not", async () => {
  const roles = "do $$ begin create role anon; exception when duplicate_object then null; end $$;";
  const database = await openMigrated(`${roles}
    grant usage on schema public to anon;
    grant select (email) on contacts to anon;
    grant select on domains to public;
    create view "All jobs" as select * from jobs; grant select on "All jobs" to anon;
    create view careful with (security_invoker) as select * from jobs; grant select on careful to anon;
    alter table pages enable row level security; grant select on pages to anon`);
  const find = async () => (await examine({ DATABASE_URL: database.url })).checks.get("exposure");
  const found = await find();
  expect(found?.says).toMatch(
    /^3 tables .* public\."All jobs", public\.contacts, public\.domains$/,
  );
  await executeForLibrary(database.db, found?.todo ?? "");
  expect((await find())?.status).toBe("ok");
});

describe.runIf(canPool)("behind PgBouncer", () => {
  async function startPooler(settings: { poolSize: number; poolMode?: "session" }) {
    const pooler = await startPgBouncer({ target: getTestServer(), ...settings });
    undo.push(() => pooler.stop());
    return pooler.url(original.name);
  }

  test("a transaction pooler is recognised, and so is one on the way of the migrations", async () => {
    const url = await startPooler({ poolSize: 3 });
    const name = expect.stringMatching(/^PgBouncer( [\d.]+)? in transaction mode/);
    const missaid = await examine({ DATABASE_URL: url, DATABASE_MODE: "session" });
    expect(missaid.checks.get("pooler")).toMatchObject({
      status: "warn",
      says: name,
      todo: "set DATABASE_MODE=transaction",
    });
    const DATABASE_MODE = "transaction";
    const ways: Record<string, string>[] = [{}, { DATABASE_MODE }];
    for (const said of ways) {
      const alone = await examine({ DATABASE_URL: url, ...said });
      expect(alone.checks.get("pooler")).toMatchObject({
        status: "warn",
        says: expect.stringMatching(/, and no direct address$/),
        todo: expect.stringMatching(/^set DATABASE_MIGRATION_URL .*build indexes concurrently/),
      });
    }
    const both = await examine({
      DATABASE_URL: url,
      DATABASE_MODE,
      DATABASE_MIGRATION_URL: original.url,
    });
    expect(both.checks.get("pooler")).toEqual({ name: "pooler", status: "ok", says: name });
    expect(both.checks.get("direct")?.status).toBe("ok");
    expect(both.code).toBe(0);
    const twice = await examine({
      DATABASE_URL: original.url,
      DATABASE_MIGRATION_URL: `${url}?application_name=other`,
    });
    expect(twice.checks.get("direct")).toMatchObject({
      status: "warn",
      says: "DATABASE_MIGRATION_URL leads through a pooler in transaction mode",
    });
    const health = await runCommand(["health"], { DATABASE_URL: url, DATABASE_MODE });
    expect(health.stdout).toMatch(/Way +mode transaction, PgBouncer( [\d.]+)? in between\n/);
  });

  test("a pool that is smaller than what api and worker may open is told, with what to set", async () => {
    const DATABASE_URL = await startPooler({ poolSize: 8 });
    const settings = { DATABASE_URL, DATABASE_MODE: "transaction" };
    const narrow = await examine(settings);
    expect(narrow.checks.get("pool size")).toMatchObject({
      status: "warn",
      says: "api and worker open 20 connections at most, 10 each, and PgBouncer's pool has only 8",
      todo: expect.stringMatching(
        /^set DATABASE_POOL_MAX=4 for all of them, .* or raise its default_pool_size/,
      ),
    });
    const fitting = await examine({ ...settings, DATABASE_POOL_MAX: "4" });
    expect(fitting.checks.get("pool size")?.status).toBe("ok");
  });
});

test("a limit of the role counts like the pool of a pooler", async () => {
  const database = await openMigrated();
  const { url } = await asRole(database, "login connection limit 6");
  const { checks } = await examine({ DATABASE_URL: url });
  expect(checks.get("pool size")).toMatchObject({
    status: "warn",
    says: expect.stringMatching(/and the role has only 6$/),
    todo: expect.stringMatching(/^set DATABASE_POOL_MAX=3 /),
  });
});

test("each worker that lives counts for what it may open", async () => {
  const database = await openMigrated();
  const { role, url } = await asRole(database, "login connection limit 12");
  await executeForLibrary(
    database.db,
    `grant usage on schema app to ${role};
     grant select on app.workers to ${role};
     insert into app.workers (id, version, concurrency, running, seen_at)
     values ('one', '0', 1, 0, now()), ('two', '0', 1, 0, now()), ('gone', '0', 1, 0, now() - interval '1 minute')`,
  );
  const { checks } = await examine({ DATABASE_URL: url });
  expect(checks.get("pool size")).toMatchObject({
    status: "warn",
    says: "api and 2 workers open 30 connections at most, 10 each, and the role has only 12",
    todo: expect.stringMatching(/^set DATABASE_POOL_MAX=4 /),
  });
});

describe("a host that cannot be reached", () => {
  const v6 = async () => [{ family: 6 }];
  const project = "postgresql://postgres:x@db.abcdefghijklmnop.supabase.co:5432/postgres";

  test("of a project of Supabase answers on IPv6 only: the session pooler is named", async () => {
    for (const find of [v6, () => Promise.reject(new Error("ENOTFOUND"))]) {
      expect(await adviseOnHost(project, find)).toMatch(
        /^db\.abcdefghijklmnop\.supabase\.co answers on IPv6 only.*user postgres\.abcdefghijklmnop, port 5432/,
      );
    }
    expect(await adviseOnHost(project, async () => [{ family: 4 }, { family: 6 }])).toBeUndefined();
  });

  test("of anybody else is told of IPv6 where it has nothing else", async () => {
    const url = "postgresql://me@database.example/app";
    expect(await adviseOnHost(url, v6)).toContain("database.example answers on IPv6 only");
    expect(await adviseOnHost(url, async () => [])).toBeUndefined();
  });
});
