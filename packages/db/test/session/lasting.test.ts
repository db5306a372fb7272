import { type EmbeddedPostgres, startTemporaryPostgres } from "@scrapersky/embedded";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  copyOut,
  createDatabase,
  type Database,
  executeForLibrary,
  executeRawSql,
  executeRawSqlOne,
  type Executor,
} from "../../src/index.ts";
import { refuseLasting } from "../../src/session/sql/lasting.ts";
import { failureOf } from "../faults/outcome.ts";

let server: EmbeddedPostgres;
let database: Database;
beforeAll(async () => {
  server = await startTemporaryPostgres();
  database = createDatabase({ url: server.url, max: 1 });
  await executeRawSql(database.db, "create table thing (id int primary key, load int)");
  await executeRawSql(database.db, "create table temp (id int)");
});
afterAll(async () => {
  await database.close();
  await server.stop();
});

/** How much of what outlives a transaction the connection has. */
const left = async (on: Executor) =>
  (await executeRawSqlOne<{ count: number }>(
    on,
    `select ((select count(*) from pg_locks where locktype = 'advisory' and pid = pg_backend_pid())
       + (select count(*) from pg_settings where source = 'session' and name = 'work_mem')
       + (coalesce(current_setting('app.x', true), '') <> '')::int
       + (select count(*) from pg_class where relnamespace = pg_my_temp_schema())
       + (select count(*) from pg_proc where pronamespace = pg_my_temp_schema())
       + (select count(*) from pg_cursors where is_holdable)
       + (select count(*) from pg_listening_channels()))::int as count`,
  ))!.count;

const lasting: [text: string, params?: Record<string, unknown>][] = [
  ["select set_config('app.x', coalesce(null, upper('a')), false)"],
  ["select set_config('app.x', (select 'a'), (1 = 2))"],
  ["select set_config('app.x', 'a', not true)"],
  ["select set_config('app.x', 'a', :local)", { local: false }],
  ["select set_config('app.x', 'a', :local::boolean)", { local: "off" }],
  ["select set_config('app.x', :value, false)", { value: "a" }],
  ["select pg_catalog.set_config ('app.x', 'a', 'f')"],
  [`select "set_config"('app.x', 'a', false)`],
  ["select set_config('app.x', set_config('app.x', 'a', false), true)"],
  ["select n from generate_series(1, 2) n where set_config('app.x', 'a', n > 5) is not null"],
  ["update pg_settings set setting = '2MB' where name = 'work_mem'"],
  [`update pg_catalog."pg_settings" set setting = '2MB' where name = 'work_mem'`],
  ["select 1 as id into temp own"],
  ["select 1 as id into temporary table own"],
  ["select 1 as id into pg_temp.own"],
  ["with one as (select 1 as id) select id into local temp own from one"],
  ["create table pg_temp.own (id int)"],
  [`create table if not exists "pg_temp".own (id int)`],
  ["create table pg_temp.own as select 1 as id"],
  ["create or replace temp view own as select 1 as id"],
  ["create function pg_temp.own() returns int language sql as 'select 1'"],
  ["create or replace function pg_temp.own() returns int language sql as 'select 1'"],
  ["create sequence pg_temp.own"],
  ["explain analyze create temp table own as select 1 as id"],
  ["explain (analyze, costs off) create temp table own as select 1 as id"],
  ["begin; declare own cursor with hold for select 1; commit"],
  ["begin; declare own no scroll cursor with  hold for select 1; commit"],
  ["select pg_advisory_lock (1)"],
  [`select pg_catalog."pg_advisory_lock"(1)`],
  ["select * from pg_try_advisory_lock_shared(1, 2)"],
  ["do $$ begin perform pg_advisory_lock(1); end $$"],
  ["do language plpgsql $body$ begin perform pg_try_advisory_lock(1); end $body$"],
  ["do 'begin perform pg_advisory_lock(1); end'"],
  ["select 1; do $$ begin perform pg_advisory_lock(1); end $$"],
  ["do $$ begin set work_mem = '2MB'; end $$"],
  ["do $$ begin if true then set work_mem = '2MB'; end if; end $$"],
  ["do $$ begin perform set_config('app.x', 'a', false); end $$"],
  ["do $$ declare local bool := false; begin perform set_config('app.x', 'a', local); end $$"],
  ["do $$ begin create temp table own (id int); end $$"],
  ["do $$ begin listen news; end $$"],
  ["do $$ begin execute 'set work_mem = ''2MB'''; end $$"],
  ["do $$ begin execute 'select pg_advisory_lock(1)'; end $$"],
  ["do $$ begin execute format('set %I = %L', 'work_mem', '2MB'); end $$"],
  ["set  session work_mem = '2MB'"],
];

const passing: [text: string, params?: Record<string, unknown>][] = [
  ["set  local work_mem = '2MB'"],
  ["set\n\tlocal work_mem = '2MB'"],
  ["select set_config('app.x', coalesce(null, upper('a')), true)"],
  ["select set_config('app.x', 'a,b)', true)"],
  ["select set_config('app.x', 'a', 'true')"],
  ["select set_config('app.x', :value, :local)", { value: "a", local: true }],
  ["select set_config('app.x', :value, (:local)::bool)", { value: "a", local: "t" }],
  ["insert into temp values (1)"],
  ["insert into temp select 1"],
  ["select id, load from thing where load > 1"],
  ["create temp table own (id int) on commit drop"],
  ["create table pg_temp.own (id int) on commit drop"],
  [
    `create temp table own (id int) on commit drop; create index own_id on pg_temp.own (id);
     insert into pg_temp.own values (1); select id from pg_temp.own`,
  ],
  ["declare own cursor for select 1 as hold"],
  ["declare own cursor without hold for select 1"],
  ["do $$ begin perform pg_advisory_xact_lock(1); end $$"],
  ["do $$ declare load int; begin load := 1; set local work_mem = '2MB'; end $$"],
  ["do $$ begin update thing set load = 1; raise notice 'set %', 'pg_advisory_lock(1)'; end $$"],
  ["select 'set_config(1, 2, false)', 'into temp x' as \"into temp y\""],
  [
    "create or replace function public.later() returns void language sql as 'select pg_advisory_lock(1)'",
  ],
];

const refused = { kind: "unsupported", outcomeUnknown: false };

describe("on a connection that others share", () => {
  test.each(lasting)("%s is refused, and leaves something where it runs", async (text, params) => {
    expect(await failureOf(executeRawSql(database.db, text, params))).toMatchObject(refused);
    await using own = await database.session();
    await executeRawSql(own, text, params);
    expect(await left(own)).toBeGreaterThan(0);
  });

  test.each(passing)("%s passes, and leaves nothing", async (text, params) => {
    await database.db.transaction((tx) => executeRawSql(tx, text, params));
    expect(await left(database.db)).toBe(0);
  });

  test("by the builder, by libraries and in a COPY it is refused too", async () => {
    const { db } = database;
    const set = sql`select set_config('app.x', ${"a"}, ${false})`;
    expect(await failureOf(db.execute(set))).toMatchObject(refused);
    await db.execute(sql`select set_config('app.x', ${"a"}, ${true})`);
    const library = executeForLibrary(db, "select set_config($1, $2, $3)", ["app.x", "a", false]);
    expect(await failureOf(library)).toMatchObject(refused);
    for (const inside of ["pg_advisory_lock(1)", "set_config('app.x', 'a', false)"]) {
      const copied = copyOut(db, `copy (select ${inside}) to stdout`, () => {});
      expect(await failureOf(copied)).toMatchObject(refused);
    }
    expect(await left(db)).toBe(0);
  });

  test("texts of any size are judged in one pass", async () => {
    for (const piece of [
      "create temp table a (a int) on commit drop; ",
      "set local a = 1; ",
      "into temp (",
    ]) {
      expect(refuseLasting(piece.repeat(100_000))).toBeUndefined();
    }
  });
});
