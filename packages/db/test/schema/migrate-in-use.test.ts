import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readCatalogue } from "../../src/drift/catalogue.ts";
import { checkDrift, DriftError } from "../../src/drift/index.ts";
import {
  type Database,
  executeForLibrary,
  executeRawSql,
  executeRawSqlOne,
} from "../../src/index.ts";
import { migrate } from "../../src/migrate.ts";
import { useServer } from "./harness.ts";

// Databases that others use meanwhile, and migrations that are killed.

const server = useServer();
const migrations = join(import.meta.dirname, "../../migrations");
let firstTwo: string;
let firstThree: string;

beforeAll(async () => {
  firstTwo = await mkdtemp(join(tmpdir(), "migrations-"));
  for (const name of ["0001_real_tables", "0002_app"]) {
    await cp(join(migrations, `${name}.sql`), join(firstTwo, `${name}.sql`));
  }
  firstThree = await mkdtemp(join(tmpdir(), "migrations-"));
  await cp(firstTwo, firstThree, { recursive: true });
  await writeFile(join(firstThree, "0003_note.sql"), "create table app.note (id int);");
});
afterAll(async () => {
  await rm(firstTwo, { recursive: true });
  await rm(firstThree, { recursive: true });
});

let original: Promise<string> | undefined;

/** A database as the running system left it: the real tables, with rows; each a copy of the first. */
const createReal = async () => server.clone(await (original ??= makeReal()));

async function makeReal(): Promise<string> {
  const database = await server.createEmpty();
  await executeForLibrary(
    database.db,
    await readFile(join(migrations, "0001_real_tables.sql"), "utf8"),
  );
  await executeForLibrary(
    database.db,
    `insert into jobs (job_id, tenant_id, status, job_type)
       select gen_random_uuid(), 'one', 'complete', 'x' from generate_series(1, 5000);
     insert into tenants (name) values ('Old')`,
  );
  await database.close();
  return database.name;
}

const schemasOf = async (database: Database) =>
  (
    await executeRawSql(
      database.db,
      "select nspname from pg_namespace where nspname in ('app', 'pgboss')",
    )
  ).map((row) => row["nspname"]);

/** Waits until a query gives a row. */
async function waitFor(database: Database, sql: string): Promise<Record<string, unknown>> {
  let row: Record<string, unknown> | undefined;
  const look = async () => (row = await executeRawSqlOne(database.db, `${sql} limit 1`));
  await expect.poll(look, { interval: 5 }).toBeDefined();
  return row!;
}

/** Somebody who writes jobs and does not commit, until told to. */
async function writeJobs(database: Database): Promise<() => Promise<void>> {
  let release = () => {};
  const released = new Promise<void>((resolve) => (release = resolve));
  let began = () => {};
  const hasBegun = new Promise<void>((resolve) => (began = resolve));
  const done = database.db.transaction(async (tx) => {
    await executeRawSql(
      tx,
      "insert into jobs (job_id, tenant_id, status, job_type) values (gen_random_uuid(), 'two', 'pending', 'x')",
    );
    began();
    await released;
  });
  await hasBegun;
  return () => {
    release();
    return done;
  };
}

describe("a database that has the real tables", () => {
  test("keeps every one of them as it is, and gains only what is ours", async () => {
    const database = await createReal();
    const before = await readCatalogue(database.db, ["public"]);
    const said: string[] = [];
    const result = await migrate({ url: database.url, log: (line) => said.push(line) });
    expect(result.recorded).toEqual(["0001_real_tables"]);
    expect(said[0]).toBe("the real tables are there: 17 verified");
    const after = await readCatalogue(database.db, ["public"]);
    const added = after.indexes.filter(({ name }) => name.startsWith("app_"));
    expect(added.length).toBeGreaterThan(2);
    expect({
      ...after,
      indexes: after.indexes.filter((index) => !added.includes(index)),
      tables: after.tables.filter(({ table }) => table !== "profile"),
      views: [],
      triggers: after.triggers.filter(({ schema }) => schema !== "app"),
      functions: after.functions.filter(({ schema }) => schema !== "app"),
    }).toEqual(before);
    expect((await checkDrift(database)).differences).toEqual([]);
  });

  test("that would break the product stops it before anything is touched, with the report", async () => {
    const database = await createReal();
    await executeRawSql(database.db, "alter table jobs drop column error");
    const before = await readCatalogue(database.db, ["public", "app"]);
    const error = await migrate({ url: database.url }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(DriftError);
    expect((error as DriftError).message).toContain("so nothing was touched");
    expect((error as DriftError).message).toContain(
      "jobs.error does not exist in the database: reading or creating a job will fail",
    );
    expect(await readCatalogue(database.db, ["public", "app"])).toEqual(before);
    expect(await schemasOf(database)).toEqual([]);
  });

  test("that broke since the last migration stops the next one", async () => {
    const database = await createReal();
    await migrate({ url: database.url, folder: firstTwo });
    await executeRawSql(database.db, "alter table roles add column tenant_id uuid not null");
    await expect(migrate({ url: database.url })).rejects.toThrow("creating a role will fail");
    const rows = await executeRawSql(database.db, "select name from app.migrations");
    expect(rows).toHaveLength(2);
  });

  test.each([
    ["create table profile (id int)", "profile is a table in the database, where the schema has"],
    ["create sequence profile", "view profile does not exist in the database"],
    ["create view profile as select id from profiles", "view profile has no name, email"],
  ])("with something else in the place of a view is left as it is: %s", async (sql, says) => {
    const database = await createReal();
    await executeRawSql(database.db, sql);
    const before = await readCatalogue(database.db, ["public", "app"]);
    await expect(migrate({ url: database.url })).rejects.toThrow(says);
    expect(await readCatalogue(database.db, ["public", "app"])).toEqual(before);
    expect(await schemasOf(database)).toEqual([]);
  });

  test("and lost a view since it was made is told before the next migration", async () => {
    const database = await createReal();
    const folder = await mkdtemp(join(tmpdir(), "migrations-"));
    await cp(migrations, folder, { recursive: true });
    await migrate({ url: database.url, folder });
    await executeRawSql(database.db, "drop view profile");
    await writeFile(join(folder, "9999_note.sql"), "create table app.note (id int);");
    await expect(migrate({ url: database.url, folder })).rejects.toThrow(
      "view profile does not exist in the database",
    );
    await rm(folder, { recursive: true });
  });

  test("with a view of its own that gives the same columns is migrated", async () => {
    const database = await createReal();
    await executeRawSql(
      database.db,
      `create view profile as
         select id, name, email, role, bio, tenant_id, active, created_at, updated_at from profiles`,
    );
    const said: string[] = [];
    await migrate({ url: database.url, log: (line) => said.push(line) });
    expect(said).toContainEqual(expect.stringContaining("harmful: view profile reads with"));
  });

  test("with drift that breaks nothing is migrated, and told of it", async () => {
    const database = await createReal();
    await executeRawSql(database.db, "drop index idx_contacts_page_id");
    const said: string[] = [];
    await migrate({ url: database.url, log: (line) => said.push(line) });
    expect(said).toContainEqual(
      expect.stringContaining("harmful: index idx_contacts_page_id on contacts (page_id)"),
    );
  });
});

test("a table in use is waited for in short tries, so that its writers never queue for long", async () => {
  const database = await createReal();
  const commit = await writeJobs(database);
  const tries: string[] = [];
  let committed: Promise<void> | undefined;
  const result = await migrate({
    url: database.url,
    log: (line) => {
      if (!line.includes("in use")) return;
      tries.push(line);
      committed ??= commit();
    },
  });
  await committed;
  expect(tries[0]).toBe("migration 0002_app: a table is in use, trying again");
  expect(result.applied).toContain("0002_app");
});

test("writers of a table go on while its index is built", async () => {
  const database = await createReal();
  await migrate({ url: database.url, folder: firstTwo });
  const commit = await writeJobs(database);
  const migrating = migrate({ url: database.url });
  await waitFor(database, building);
  await executeRawSql(
    database.db,
    "insert into jobs (job_id, tenant_id, status, job_type) values (gen_random_uuid(), 'three', 'pending', 'x')",
    {},
    { timeoutMs: 5_000 },
  );
  await commit();
  expect((await migrating).applied).toContain("0003_real_table_indexes");
});

const building =
  "select pid from pg_stat_progress_create_index where datname = current_database() and index_relid <> 0";

test("the time a role grants a transaction is not that of migrations, which wait", async () => {
  const database = await createReal();
  const commit = await writeJobs(database);
  const limits = "-c transaction_timeout=1s -c idle_in_transaction_session_timeout=1s";
  let committed: Promise<void> | undefined;
  const result = await migrate({
    url: `${database.url}?options=${encodeURIComponent(limits)}`,
    log: (line) => {
      if (line.includes("in use")) committed ??= commit();
    },
  });
  await committed;
  expect(result.applied).toContain("0002_app");
});

describe("when the connection that holds the lock ends", () => {
  const loseLock = async (database: Database) => {
    const { pid } = await waitFor(
      database,
      "select pid from pg_locks where locktype = 'advisory' and granted and objid = 2809584686",
    );
    await executeRawSql(database.db, "select pg_terminate_backend(:pid, 10000)", { pid });
  };
  const waiting = "select 1 from pg_locks where not granted and relation = 'jobs'::regclass";

  test("the process that waits for a table stops, and another one takes over", async () => {
    const database = await createReal();
    const commit = await writeJobs(database);
    const one = migrate({ url: database.url }).catch((error: unknown) => error);
    await waitFor(database, waiting);
    await loseLock(database);
    const two = migrate({ url: database.url });
    expect(await one).toMatchObject({
      message: expect.stringMatching(
        /lock of the migrations ended.*Done until then: 0001_real_tables; what was under way is undone/,
      ) as string,
    });
    await commit();
    expect((await two).applied).toContain("0002_app");
    expect((await checkDrift(database)).differences).toEqual([]);
  });

  test("the process that builds an index stops too", async () => {
    const database = await createReal();
    await migrate({ url: database.url, folder: firstTwo });
    const commit = await writeJobs(database);
    const one = migrate({ url: database.url }).catch((error: unknown) => error);
    await waitFor(database, building);
    await loseLock(database);
    expect(await one).toMatchObject({
      message: expect.stringContaining("Done until then: nothing") as string,
    });
    await commit();
    expect((await migrate({ url: database.url })).applied).toContain("0003_real_table_indexes");
    expect((await checkDrift(database)).differences).toEqual([]);
  });
});

test("a migration that another process is still in the middle of is not run beside it", async () => {
  const database = await server.createEmpty();
  await migrate({ url: database.url, folder: firstTwo });
  const { db } = database;
  const said: string[] = [];
  let migrating: ReturnType<typeof migrate> | undefined;
  await db.transaction(async (tx) => {
    await executeRawSql(tx, "select pg_advisory_xact_lock(7104551983)");
    const waits = new Promise<void>((resolve) => {
      migrating = migrate({
        url: database.url,
        folder: firstThree,
        log: (line) => {
          said.push(line);
          if (line.includes("another process is still at it")) resolve();
        },
      });
    });
    await waits;
    await executeForLibrary(tx, await readFile(join(firstThree, "0003_note.sql"), "utf8"));
    const checksum = createHash("sha256").update("create table app.note (id int);").digest("hex");
    await executeRawSql(
      tx,
      "insert into app.migrations (name, checksum) values ('0003_note', :checksum)",
      { checksum },
    );
  });
  expect(await migrating).toEqual({ applied: [], recorded: [] });
  expect(said.at(-1)).toBe("migration 0003_note: another process was faster");
});

describe("killed without warning", () => {
  const kill = async (url: string, when: () => Promise<unknown>) => {
    const program = join(import.meta.dirname, "migrate-process.ts");
    const child = spawn(process.execPath, [program, url], { stdio: "ignore" });
    const ended = once(child, "close");
    await when();
    child.kill("SIGKILL");
    await ended;
  };

  test("in the middle of a migration: the next run begins it anew", async () => {
    const database = await createReal();
    const commit = await writeJobs(database);
    await kill(database.url, () =>
      waitFor(database, "select 1 from pg_locks where not granted and relation = 'jobs'::regclass"),
    );
    expect(await schemasOf(database)).not.toContain("pgboss");
    await commit();
    const result = await migrate({ url: database.url });
    expect(result.applied).toContain("0002_app");
    expect((await checkDrift(database)).differences).toEqual([]);
  });

  test("while an index is built: the next run lets the server finish it", async () => {
    const database = await createReal();
    await migrate({ url: database.url, folder: firstTwo });
    const commit = await writeJobs(database);
    await kill(database.url, () => waitFor(database, building));
    let waits = () => {};
    const isWaiting = new Promise<void>((resolve) => (waits = resolve));
    const migrating = migrate({
      url: database.url,
      log: (line) => line.includes("waiting for an index that is being built on jobs") && waits(),
    });
    await isWaiting;
    await commit();
    expect((await migrating).applied).toContain("0003_real_table_indexes");
    expect((await checkDrift(database)).differences).toEqual([]);
  });

  test("and its index build with it: what is left is removed and built anew", async () => {
    const database = await createReal();
    await migrate({ url: database.url, folder: firstTwo });
    const commit = await writeJobs(database);
    let pid: unknown;
    await kill(database.url, async () => ({ pid } = await waitFor(database, building)));
    await executeRawSql(database.db, "select pg_terminate_backend(:pid, 10000)", { pid });
    await commit();
    const [invalid] = (await checkDrift(database)).differences.filter(({ sentence }) =>
      sentence.includes("is INVALID in the database"),
    );
    expect(invalid?.what).toBe("index jobs.app_jobs_batch_id_status");
    const said: string[] = [];
    await migrate({ url: database.url, log: (line) => said.push(line) });
    expect(said).toContain(
      "index app_jobs_batch_id_status: removing what an interrupted build left",
    );
    expect((await checkDrift(database)).differences).toEqual([]);
  });
});
