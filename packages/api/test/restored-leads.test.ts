import { createDatabase, type Database, executeRawSql } from "@scrapersky/db";
import { makeServerOfFiles, startOwnServer } from "@scrapersky/testing/database";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Procedures } from "../src/index.ts";
import { addLeads } from "./some-leads.ts";
import { createWorld, type World } from "./world.ts";

let world: World;
let before: Procedures;
let server: Awaited<ReturnType<typeof startOwnServer>>;
let restored: Database;
let after: Procedures;
beforeAll(async () => {
  world = await createWorld();
  before = await world.caller(world.tenants.near, "owner");
  await addLeads(world, world.tenants.near.id, { count: 8 });
  await world.rows("delete from app.leads where domain = 'lead-7.example'");
  server = await startOwnServer();
  restored = createDatabase({ url: server.url, max: 4 });
  after = await world.caller(world.tenants.near, "owner", {
    db: restored.db,
    database: restored,
  });
});
afterAll(async () => {
  await restored.close();
  await server.stop();
  await world.close();
});

const TABLES = [
  "public.tenants",
  "public.domains",
  "app.leads",
  "app.lead_emails",
  "app.lead_tombstones",
  "app.revision_epochs",
];

/** Puts the rows of one server on another as a dump does: as they are, with no trigger at work. */
async function restore(shift: number, cluster?: string): Promise<void> {
  await restored.db.transaction(async (tx) => {
    await executeRawSql(tx, "set local session_replication_role = replica");
    for (const table of TABLES.toReversed()) await executeRawSql(tx, `delete from ${table}`);
    for (const table of TABLES) {
      const [dump] = await world.rows<{ rows: string }>(
        `select coalesce(jsonb_agg(
           case when to_jsonb(t) ? 'revision'
             then to_jsonb(t) || jsonb_build_object('revision', ((t.row ->> 'revision')::bigint + :shift::bigint)::text)
             else to_jsonb(t) end - 'row'), '[]')::text as rows
         from (select *, to_jsonb(a) as row from ${table} a) t`,
        { shift },
      );
      await executeRawSql(
        tx,
        `insert into ${table} overriding system value
         select * from jsonb_populate_recordset(null::${table}, :rows::text::jsonb)`,
        { rows: dump?.rows },
      );
    }
    await executeRawSql(
      tx,
      "select setval(pg_get_serial_sequence('app.lead_tombstones', 'id'), max(id)) from app.lead_tombstones",
    );
    // Servers of tests are copies of one, and say that they are the same.
    if (cluster)
      await executeRawSql(tx, "update app.revision_epochs set cluster = :cluster", { cluster });
  });
}

const told = ({ items }: { items: { domainId: string; deleted: boolean }[] }) =>
  items.map(({ domainId, deleted }) => `${domainId} ${deleted}`).toSorted();

const touch = (note: string) =>
  executeRawSql(
    restored.db,
    "update app.leads set note = :note where domain = 'lead-1.example' returning domain_id",
    { note },
  );

describe.each([
  ["far ahead", 5_000_000_000, "another/00000001"],
  ["behind", -1, "another/00000001"],
  ["far ahead, and which calls itself the same", 9_000_000_000, undefined],
])("a database that comes from a server whose transactions were %s", (_, shift, cluster) => {
  test("tells all there is, and afterwards what is written on the new one", async () => {
    const { cursor: old, ...there } = await before.leads.changed({});
    // As if the old server had just begun to count.
    const [least] = await world.rows<{ least: number }>(
      "select min(revision::text::bigint)::int as least from app.leads",
    );
    await restore(shift < 0 ? 3 - (least?.least ?? 0) : shift, cluster);
    await expect(after.leads.changed({ cursor: old })).rejects.toMatchObject({
      code: "CONFLICT",
      cause: { details: { errorCode: "BEGIN_AGAIN" } },
    });
    await touch("before anybody asked");
    const all = await after.leads.changed({});
    expect(told(all)).toEqual(told(there));
    expect((await after.leads.changed({ cursor: all.cursor })).items).toEqual([]);
    const [row] = await touch("afterwards");
    const next = await after.leads.changed({ cursor: all.cursor });
    expect(next.items).toMatchObject([{ domainId: row?.["domain_id"], deleted: false }]);
    await executeRawSql(restored.db, "delete from domains where domain = 'lead-2.example'");
    expect((await after.leads.changed({ cursor: next.cursor })).items).toMatchObject([
      { deleted: true },
    ]);
  });
});

test("whoever asks while somebody writes waits for them, so that nobody counts by what was before", async () => {
  await restore(7_000_000_000);
  let answer: Promise<{ cursor: string }> | undefined;
  await restored.db.transaction(async (tx) => {
    await executeRawSql(tx, "update app.leads set note = 'slow' where domain = 'lead-3.example'");
    answer = after.leads.changed({});
    answer.catch(() => {});
    await expect
      .poll(() =>
        executeRawSql(
          restored.db,
          "select 1 from pg_locks where not granted and relation = 'app.leads'::regclass and database = (select oid from pg_database where datname = current_database())",
        ),
      )
      .not.toHaveLength(0);
  });
  const { cursor } = (await answer) ?? { cursor: "" };
  expect((await after.leads.changed({ cursor })).items).toEqual([]);
});

test("files of a server that were put back are noticed however far it counts on, and nobody has to begin anew when it is started", async () => {
  const files = await makeServerOfFiles();
  let database: Database | undefined;
  const begin = async (): Promise<Procedures> => {
    const { url } = await files.start();
    database = createDatabase({ url, max: 2 });
    return world.caller(world.tenants.near, "owner", { db: database.db, database });
  };
  const end = async () => {
    await database?.close();
    await files.stop();
  };
  const run = async (sql: string) => {
    if (database) await executeRawSql(database.db, sql);
  };
  const tenant = `'${world.tenants.near.id}'::uuid`;
  const write = async (note: string, name: string) => {
    await run(`update app.leads set note = '${note}' where domain = '${name}.example'`);
    await run(
      `insert into app.changed_work (tenant_id, job_ids) values (${tenant}, array[gen_random_uuid()])`,
    );
  };
  const follow = async (api: Procedures, cursors: { leads?: string; jobs?: string } = {}) => {
    const leads = await api.leads.changed({ cursor: cursors.leads });
    let jobs = await api.jobs.changed({ cursor: cursors.jobs });
    while (jobs.more) jobs = await api.jobs.changed({ cursor: jobs.cursor });
    const names = leads.items.map(({ lead }) => lead?.domain);
    return { names, jobs: jobs.items.length, cursors: { leads: leads.cursor, jobs: jobs.cursor } };
  };
  try {
    let api = await begin();
    await run(`insert into tenants (id, name) values (${tenant}, 'near')`);
    await run(
      `with made as (
         insert into domains (tenant_id, domain) select ${tenant}, name || '.example' from unnest(array['one', 'two']) name
         returning id, tenant_id, domain
       )
       insert into app.leads (domain_id, tenant_id, domain, display_domain, first_scan, last_scan)
       select id, tenant_id, domain, domain, now(), now() from made`,
    );
    await write("before", "one");
    const { cursors: early } = await follow(api);
    await end();
    await files.copy();

    api = await begin();
    expect(await follow(api, early)).toMatchObject({ names: [], jobs: 0 });
    await write("lost", "one");
    const told = await follow(api, early);
    expect(told).toMatchObject({ names: ["one.example"], jobs: 1 });
    await end();
    await files.putBack();

    api = await begin();
    await run(
      "do $$ begin for at in 1..200 loop perform pg_current_xact_id(); commit; end loop; end $$",
    );
    await write("another history", "two");
    for (const asking of [
      () => api.leads.changed({ cursor: told.cursors.leads }),
      () => api.jobs.changed({ cursor: told.cursors.jobs }),
    ]) {
      await expect(asking()).rejects.toMatchObject({
        code: "CONFLICT",
        cause: { details: { errorCode: "BEGIN_AGAIN" } },
      });
    }
    expect(await follow(api, early)).toMatchObject({ names: ["two.example"], jobs: 1 });
  } finally {
    await end();
    await files.remove();
  }
});
