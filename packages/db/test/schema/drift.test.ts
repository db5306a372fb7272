import { preparePgBouncer, startPgBouncer } from "@scrapersky/embedded/pgbouncer";
import { integer, pgTable, text } from "drizzle-orm/pg-core";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { describeDeclared } from "../../src/drift/declared.ts";
import { checkDrift, findDrift, getDriftReport } from "../../src/drift/index.ts";
import { type Database, executeForLibrary, executeRawSql, type Tx } from "../../src/index.ts";
import { migrate } from "../../src/migrate.ts";
import { companions, plants } from "./drift-plants.ts";
import { useServer } from "./harness.ts";

const server = useServer();
const canPool = await preparePgBouncer();
let original: Database & { url: string; name: string };
let database: Database;

beforeAll(async () => {
  original = await server.createEmpty();
  await migrate({ url: original.url });
  await original.close();
  database = await server.clone(original.name);
});

/** Runs `work` in a transaction that is undone. */
async function undone(work: (tx: Tx) => Promise<void>): Promise<void> {
  const stop = new Error("undone");
  await expect(
    database.db.transaction(async (tx) => {
      await work(tx);
      throw stop;
    }),
  ).rejects.toBe(stop);
}

test("the Drizzle tables and a migrated database are the same, both ways", async () => {
  expect(await checkDrift(database)).toMatchObject({
    differences: [],
    counts: { breaking: 0, harmful: 0, harmless: 0 },
    tables: describeDeclared().tables.length,
    unknownTables: [],
  });
});

test("every declared table is compared: the 17 real ones, and whatever is in app", async () => {
  const declared = new Set(describeDeclared().tables.map((row) => `${row.schema}.${row.table}`));
  const real = [...declared].filter((name) => name.startsWith("public."));
  expect(real).toHaveLength(17);
  const ours = await executeRawSql<{ name: string }>(
    database.db,
    "select 'app.' || relname as name from pg_class where relkind = 'r' and relnamespace = 'app'::regnamespace",
  );
  expect(ours.map(({ name }) => name).filter((name) => !declared.has(name))).toEqual([
    "app.migrations",
  ]);
});

const isStatement = (mend: string) => !/^(--|nothing|a label|cannot)/.test(mend);

describe("a planted difference of each kind is found, and mended where a statement can", () => {
  test.each(plants)("$what: $says", ({ sql, kind, severity, what, says, mend }) =>
    undone(async (tx) => {
      const findIt = async () => (await findDrift(tx)).filter((one) => one.what === what);
      await executeForLibrary(tx, sql);
      const [found, ...others] = await findIt();
      expect([found, ...others]).toMatchObject([{ kind, severity }]);
      expect(found?.sentence).toContain(says);
      expect(found?.mend).toContain(mend);
      if (!isStatement(mend)) return;
      // Concurrent builds refuse a transaction; the statement is the same without.
      await executeForLibrary(tx, found?.mend.replaceAll(" concurrently", "") ?? "");
      expect((await findIt()).filter((one) => one.severity !== "harmless")).toEqual([]);
    }),
  );
});

test("any set of planted differences is found, and nothing else: none planted, none found", async () => {
  await fc.assert(
    fc.asyncProperty(fc.subarray(plants), (chosen) =>
      undone(async (tx) => {
        for (const { sql } of chosen) await executeForLibrary(tx, sql);
        const expected = chosen.flatMap(({ what }) => [what, ...(companions[what] ?? [])]);
        const found = (await findDrift(tx)).map(({ what }) => what);
        expect(found.sort()).toEqual(expected.sort());
      }),
    ),
    { numRuns: 12, examples: [[[]], [plants]] },
  );
});

test("what only looks different is no difference", async () => {
  await undone(async (tx) => {
    await executeForLibrary(
      tx,
      `alter table tenants alter created_at set default current_timestamp;
       alter table tenants alter id set default extensions.uuid_generate_v4();
       alter table roles drop column description; alter table roles add column description text;
       create schema elsewhere; create table elsewhere.jobs (id int);
       create type elsewhere.task_status as enum ('a')`,
    );
    expect(await findDrift(tx)).toEqual([]);
  });
});

test.each(["elsewhere, public", "extensions, public", "app", "''"])(
  "the search path %s changes nothing",
  async (path) => {
    await undone(async (tx) => {
      await executeForLibrary(tx, `set local search_path = ${path}`);
      expect(await findDrift(tx)).toEqual([]);
    });
  },
);

test("tables that nobody declared are listed as unknown and left alone", async () => {
  await undone(async (tx) => {
    await executeForLibrary(
      tx,
      `create table places_staging (id int primary key); create view "Odd one" as select 1 as id`,
    );
    const report = await getDriftReport(tx);
    expect(report.unknownTables).toEqual(['"Odd one"', "places_staging"]);
    expect(report.differences).toEqual([]);
  });
});

test("references to Supabase's accounts are expected where the accounts are", async () => {
  const supabase = await server.createEmpty();
  await executeForLibrary(
    supabase.db,
    "create schema auth; create table auth.users (id uuid primary key)",
  );
  await migrate({ url: supabase.url });
  expect((await checkDrift(supabase)).differences).toEqual([]);
  await executeForLibrary(supabase.db, "alter table profiles drop constraint profiles_id_fkey");
  expect((await checkDrift(supabase)).differences).toMatchObject([
    { kind: "missing", severity: "harmful", what: "foreign key profiles.profiles_id_fkey" },
  ]);
});

test("a trigger on the accounts that writes more than a profile is found", async () => {
  await undone(async (tx) => {
    await executeForLibrary(
      tx,
      `create schema auth; create table auth.users (id uuid primary key);
       create function handle_new_user() returns trigger language plpgsql as
         'begin insert into profiles (id) values (new.id);
                insert into user_tenants (user_id) values (new.id); return new; end';
       create trigger on_auth_user_created after insert on auth.users
         for each row execute function handle_new_user()`,
    );
    expect(await findDrift(tx)).toContainEqual(
      expect.objectContaining({
        severity: "harmful",
        what: "trigger auth.users.on_auth_user_created",
        sentence: expect.stringContaining(
          "it writes profiles, user_tenants behind the code's back",
        ) as string,
      }),
    );
  });
});

test("the worst comes first, and a table that is missing is one difference", async () => {
  const roles = pgTable("roles", { id: integer("id").primaryKey(), name: text("name") });
  const planets = pgTable("planets", { name: text("name").notNull() });
  const report = await checkDrift(database, describeDeclared({ planets, roles }));
  expect(report.differences.filter(({ what }) => what.includes("planets"))).toEqual([
    {
      kind: "missing",
      severity: "breaking",
      what: "table planets",
      sentence:
        "table planets does not exist in the database: everything that reads or writes it will fail",
      mend: "create table planets (name text not null);",
      expected: "table",
      found: undefined,
    },
  ]);
  const order = report.differences.map(({ severity }) => severity);
  expect(order).toEqual(order.toSorted((one, two) => rank.indexOf(one) - rank.indexOf(two)));
  expect(new Set(order)).toEqual(new Set(rank));
});

const rank = ["breaking", "harmful", "harmless"];

test.runIf(canPool)(
  "it reads a database that takes no writes, through a transaction pooler",
  async () => {
    const clone = await server.clone(original.name);
    await executeRawSql(
      clone.db,
      `alter database ${clone.name} set default_transaction_read_only = on`,
    );
    const pooler = await startPgBouncer({ target: server.target, poolSize: 1 });
    const pooled = server.connect(pooler.url(clone.name));
    try {
      expect((await checkDrift(pooled)).differences).toEqual([]);
    } finally {
      await pooled.close();
      await pooler.stop();
    }
  },
);
