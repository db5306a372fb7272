import { FIRST_TENANT } from "@scrapersky/embedded/fixtures";
import { describe, expect, test } from "vitest";
import { applyAdoption, describeAdoption, scriptsOf } from "../../src/adopt/index.ts";
import { migrate } from "../../src/migrate.ts";
import {
  adopt,
  migrations,
  planOf,
  query,
  runScript,
  snapshot,
  useFirstSystem,
} from "./harness.ts";

const databases = useFirstSystem();

/** What happens between a plan and its execution. */
const CHANGES: Record<string, string> = {
  "a page that was doubled changed": "update pages set title = 'New' where title = 'Start'",
  "a page became a double":
    "insert into pages (tenant_id, domain_id, url) select tenant_id, domain_id, url from pages where url like '%contact'",
  "a double is gone": "delete from role_permissions where role_id = 5",
  "a job names another batch": "update jobs set batch_id = 'another' where id = 8",
  "a batch without uuid came": `insert into batch_jobs (id_uuid, tenant_id, processor_type, batch_id) values (gen_random_uuid(), '${FIRST_TENANT}', 'x', 'new')`,
  "a role was renamed": "update roles set name = 'other' where id = 6",
  "a table of others refers to pages since":
    "create table late (page_id uuid references pages (id))",
  "a column changed its type": "alter table sidebar_features alter column icon type varchar(40)",
};

describe("between the plan and its execution", () => {
  test.each(Object.entries(CHANGES))(
    "%s: nothing is done, by command or by script",
    async (_, change) => {
      const database = await databases.create();
      const plan = await planOf(database);
      await runScript(database, change);
      const before = await snapshot(database);
      await expect(applyAdoption(database.db, migrations, plan.fingerprint)).rejects.toThrow(
        "rows or tables changed since the plan was made, so nothing was done",
      );
      // What only the command compares, the script meets when it gets there.
      await runScript(database, scriptsOf(plan).forward).catch(() => {});
      if (!/table|type/.test(change)) expect(await snapshot(database)).toEqual(before);
    },
  );

  test("rows that the plan does not speak of may come and go", async () => {
    const database = await databases.create();
    const plan = await planOf(database);
    await runScript(
      database,
      `insert into domains (tenant_id, domain) values ('${FIRST_TENANT}', 'new.example');
       insert into jobs (job_id, tenant_id, tenant_id_uuid, status, job_type) values (gen_random_uuid(), '${FIRST_TENANT}', '${FIRST_TENANT}', 'x', 'x')`,
    );
    await applyAdoption(database.db, migrations, plan.fingerprint);
    expect((await planOf(database)).state).toBe("current");
  });
});

test("the script that is written runs anywhere, once, and says which rows changed", async () => {
  const database = await databases.create();
  const plan = await planOf(database);
  const { forward } = scriptsOf(plan);
  await runScript(database, "update jobs set batch_id = 'another' where id = 8");
  await expect(runScript(database, forward)).rejects.toMatchObject({
    server: { message: expect.stringContaining("rows changed since the plan was made") as string },
  });
  await runScript(
    database,
    "rollback; update jobs set batch_id = 'batch_that_never_was' where id = 8",
  );
  await runScript(database, forward);
  expect((await planOf(database)).state).toBe("current");
});

test("a row that goes without being kept undoes all of it", async () => {
  // Triggers are held; an event trigger is not a table's, and this one deletes behind our back.
  const database = await databases.create(
    {},
    `
    create function steal() returns event_trigger language plpgsql as $$
    begin
      delete from public.tasks where name = 'Call';
    end
    $$;
    create event trigger stealing on ddl_command_end when tag in ('ALTER TABLE') execute function steal();`,
  );
  const before = await snapshot(database);
  await expect(adopt(database)).rejects.toThrow(
    "public.tasks: rows are gone that were not kept, so all is undone",
  );
  expect(await snapshot(database)).toEqual(before);
});

test("a table in use is waited for a moment, and told", async () => {
  const database = await databases.create();
  const plan = await planOf(database);
  const before = await snapshot(database);
  await database.db.transaction(async (tx) => {
    await runScript({ ...database, db: tx as never }, "select from pages limit 1");
    await expect(applyAdoption(database.db, migrations, plan.fingerprint)).rejects.toThrow(
      "a table is in use, so nothing was done: stop the first system",
    );
  });
  expect(await snapshot(database)).toEqual(before);
});

test("who may not alter a table, or may not see all of it, is told so before", async () => {
  const database = await databases.create({ ordinary: true });
  const admin = databases.connect(database.adminUrl);
  await runScript(admin, "alter table pages owner to postgres; grant all on pages to public");
  expect((await planOf(database)).obstacles).toEqual([
    expect.stringContaining("public.pages belongs to postgres, and"),
  ]);
  const { fingerprint } = await planOf(database);
  await expect(applyAdoption(database.db, migrations, fingerprint)).rejects.toThrow(
    "nothing was done: public.pages belongs to postgres",
  );
  await runScript(admin, "alter table pages enable row level security");
  const blind = await planOf(database);
  expect(blind).toMatchObject({ steps: [], forward: [] });
  expect(blind.obstacles).toEqual([
    expect.stringContaining("row security hides rows of public.pages from the role"),
  ]);
  expect(describeAdoption(blind)).toContain("1. By yourself");
});

test("what no statement of adoption mends is told before anything is done", async () => {
  const database = await databases.create(
    {},
    `
    alter table contacts alter column has_gmail type text;
    create table profile (id int);
    alter table jobs add column short text generated always as (left(batch_id, 5)) stored;
    create function batch_of(wanted int) returns varchar begin atomic select batch_id from jobs where id = wanted; end;`,
  );
  const { obstacles } = await planOf(database);
  expect(obstacles).toEqual([
    expect.stringContaining("contacts.has_gmail is text in the database and boolean in the schema"),
    expect.stringContaining("profile is a table in the database, where the schema has a view"),
    expect.stringMatching(
      /column short .* stands on public\.jobs\.batch_id, which changes its type/,
    ),
    expect.stringContaining("function batch_of(integer) stands on public.jobs.batch_id"),
  ]);
});

test("an empty database and a migrated one have nothing to adopt, and say what comes next", async () => {
  const database = await databases.create();
  await runScript(database, "drop schema public cascade; create schema public");
  const empty = await planOf(database);
  expect(empty).toMatchObject({ state: "empty", steps: [], obstacles: [] });
  expect(describeAdoption(empty)).toMatch(
    /nothing to adopt[^]*1\. npm run db -- migrate[^]*2\. npm run staff -- tenant create/,
  );
  await migrate({ url: database.url });
  const current = await planOf(database);
  expect(current).toMatchObject({
    state: "current",
    steps: [],
    obstacles: [],
    remains: [],
    migrations: [],
  });
  expect(describeAdoption(current)).toMatch(/nothing to adopt[^]*1\. npm run staff -- link EMAIL/);
});

test("two adoptions at once: one does it, the other is told", async () => {
  const database = await databases.create();
  const { fingerprint } = await planOf(database);
  const results = await Promise.allSettled(
    [1, 2].map(() => applyAdoption(database.db, migrations, fingerprint)),
  );
  expect(results.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
  expect((await planOf(database)).state).toBe("current");
});

test("the way back ends where migrations begin", async () => {
  const database = await databases.create();
  const plan = await adopt(database);
  await migrate({ url: database.url });
  await expect(runScript(database, scriptsOf(plan).back)).rejects.toMatchObject({
    server: { message: expect.stringContaining("migrations ran since") as string },
  });
});

test("twenty thousand batches and their jobs are adopted as one is", async () => {
  const database = await databases.create(
    {},
    `
    insert into batch_jobs (id_uuid, tenant_id, processor_type, batch_id)
      select gen_random_uuid(), '${FIRST_TENANT}', 'x', 'batch_' || n from generate_series(1, 20000) n;
    insert into jobs (job_id, tenant_id, tenant_id_uuid, status, job_type, batch_id)
      select gen_random_uuid(), '${FIRST_TENANT}', '${FIRST_TENANT}', 'x', 'x', 'batch_' || n from generate_series(1, 20000) n;`,
  );
  await adopt(database);
  expect(
    await query(
      database,
      `select count(*)::int as found from jobs j join app.batch_names n using (batch_id) where n.name ~ '^batch_[0-9]{1,6}$'`,
    ),
  ).toEqual([{ found: 20_000 }]);
});
