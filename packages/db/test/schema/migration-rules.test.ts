import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { buildsConcurrently, readIndexStatements } from "../../src/migration/build-indexes.ts";
import { NEWEST_MIGRATION } from "../../src/migration/compatible.ts";
import { readMigrations } from "../../src/migration/read-migrations.ts";
import { findBrokenRules } from "./migration-rules.ts";

const migrations = await readMigrations(join(import.meta.dirname, "../../migrations"));

test.each(migrations)("$name touches no real table and takes no long lock", (migration) => {
  expect(findBrokenRules(migration.name, migration.text)).toEqual([]);
  if (buildsConcurrently(migration)) {
    expect(readIndexStatements(migration).length).toBeGreaterThan(0);
  }
});

test("numbers follow each other without a gap", () => {
  expect(migrations.map(({ name }) => Number(name.slice(0, 4)))).toEqual(
    migrations.map((_, index) => index + 1),
  );
});

test("the program knows its newest migration", () => {
  expect(NEWEST_MIGRATION).toBe(migrations.at(-1)?.name);
});

test("no migration asks for a program that does not know it", () => {
  for (const { name, lowestProgram = "0000" } of migrations) {
    expect(lowestProgram <= name.slice(0, 4), name).toBe(true);
  }
});

describe("refused", () => {
  test.each([
    ["alter table jobs add column note text", "alters a real table"],
    ["ALTER TABLE ONLY public.jobs ALTER status SET NOT NULL", "alters a real table"],
    ['do $$ begin\n  alter table if exists "roles" add x int; end $$', "alters a real table"],
    ["drop table if exists contacts", "drops a real table"],
    ["alter type task_status add value 'Lost'", "alters or drops a type"],
    ['drop type "SitemapCurationStatusEnum"', "alters or drops a type"],
    ["update jobs set status = 'complete'", "writes a real table"],
    ["insert into tenants (name) values ('x')", "writes a real table"],
    ["insert into auth.roles (name) values ('x')", "writes a real table"],
    [
      "insert into roles (name) values ('x') on conflict (name) do update set description = ''",
      "writes a real table",
    ],
    ["update roles set description = ''", "writes a real table"],
    ["lock table jobs in exclusive mode", "locks a real table"],
    ["vacuum full app.users", "rewrites tables"],
    ["create trigger t after insert on jobs execute function f()", "puts a trigger"],
    ["create index app_x on jobs (status)", "blocks writers"],
    ["create index if not exists app_x on public.jobs (status)", "blocks writers"],
    ["create unique index concurrently app_x on jobs (status)", "refuses rows of other writers"],
    ["create index concurrently if not exists x on jobs (status)", "without app_ in front"],
    ["drop index idx_jobs_tenant_id", "drops an index of a real table"],
    ["create table app.x (id int);\ncommit;", "ends its own transaction"],
    ["alter table if exists only jobs drop column error", "alters a real table"],
    ["alter table jobs rename column error to fault", "alters a real table"],
    ["alter table public.jobs set schema app", "alters a real table"],
    ["alter table jobs owner to somebody", "alters a real table"],
    ["alter table app.users inherit jobs", "alters a real table"],
    ["create table app.more () inherits (jobs)", "alters a real table"],
    ["alter table auth.users add column x int", "alters a real table"],
    ["drop table app.seeds, public.jobs", "drops a real table"],
    ["drop owned by somebody", "drops a real table"],
    ["drop schema public cascade", "a schema that is not ours"],
    ["drop schema app, extensions", "a schema that is not ours"],
    ["alter schema public rename to old", "a schema that is not ours"],
    ["drop function extensions.uuid_generate_v4() cascade", "drops what depends on something"],
    ["drop extension pgcrypto cascade", "drops what depends on something"],
    ["truncate app.seeds, jobs", "writes a real table"],
    ["copy jobs from stdin", "writes a real table"],
    ["update public . jobs set error = null", "writes a real table"],
    ["update only jobs set error = null", "writes a real table"],
    ['delete from public."jobs" using app.users', "writes a real table"],
    ["with x as (delete from jobs returning 1) select * from x", "writes a real table"],
    ["merge into jobs using app.users on true when matched then delete", "writes a real table"],
    ["do $$ begin if true then delete from jobs; end if; end $$", "writes a real table"],
    ["select * from app.users u join jobs j on true for update", "locks a real table"],
    ["alter index idx_contacts_page_id rename to x", "alters an index or sequence"],
    ["alter index public.jobs_pkey set (fillfactor = 50)", "alters an index or sequence"],
    ["alter sequence batch_jobs_id_seq restart", "alters an index or sequence"],
    ["alter sequence jobs_id_seq owned by none", "alters an index or sequence"],
    ["drop sequence jobs_id_seq cascade", "alters an index or sequence"],
    ["select setval('public.jobs_id_seq', 1)", "alters an index or sequence"],
    ["drop index if exists app.foo, public.idx_jobs_tenant_id", "drops an index of a real table"],
    ["drop index app_jobs_batch_id_status", "drops an index of a real table"],
    ["alter type public.task_status rename to old", "alters or drops a type"],
    ["alter type task_status rename value 'Queued' to 'New'", "alters or drops a type"],
    ["reindex table jobs", "rewrites tables"],
    ["vacuum app.users", "rewrites tables"],
    ["create rule r as on insert to jobs do instead nothing", "puts a trigger, rule or policy"],
    ["create policy p on jobs using (true)", "puts a trigger, rule or policy"],
    ["drop trigger t on jobs", "puts a trigger, rule or policy"],
    ["revoke select on app.users, jobs from somebody", "who may use a real table"],
    ["grant all on all tables in schema public to somebody", "who may use a real table"],
    ["commit and chain", "ends its own transaction"],
    ["end", "ends its own transaction"],
    ["abort", "ends its own transaction"],
    ["start transaction read write", "ends its own transaction"],
    ["prepare transaction 'x'", "ends its own transaction"],
    ["do $$ begin commit; end $$", "ends its own transaction"],
    [
      "do $$ begin execute 'alter table ' || 'jobs drop column error'; end $$",
      "composed at run time",
    ],
    ["do language plv8 $$ anything $$", "composed at run time"],
    ["set search_path = app", "changes a setting"],
    ["set local search_path = app", "changes a setting"],
    ["alter database x set search_path = app", "no rule knows: AlterDatabaseSetStmt"],
    ["explain analyze delete from app.users", "no rule knows: ExplainStmt"],
    ["alter tabel jobs", "cannot be parsed"],
  ])("%s", (text, message) => {
    expect(findBrokenRules("0099_bad", text)).toEqual([expect.stringContaining(message)]);
  });
});

test.each([
  "create table app.notes (job_id uuid references jobs (job_id) on delete cascade)",
  "alter table app.users add column locale text; update app.users set locale = 'en'",
  "create index notes_job_id_idx on app.notes (job_id)",
  "create index concurrently if not exists app_jobs_type on jobs (job_type)",
  "-- alter table jobs would lock it\nselect 1",
  "alter table app.jobs_archive add column x int; drop index app.notes_job_id_idx",
  "drop table app.seeds cascade; drop schema app cascade; truncate app.users",
  "alter sequence app.jobs_id_seq restart; select setval('app.jobs_id_seq', 1)",
  "insert into app.notes select job_id from jobs; copy jobs to stdout",
  "set local lock_timeout = '1s'; savepoint one; release one",
  "create function app.one() returns int language sql set enable_sort = off as 'select 1'",
  `do $$ declare n int; begin
     n := (select count(*) from jobs);
     for n in 1..3 loop perform pg_notify('x', n::text); end loop;
     update app.users set name = 'alter table jobs';
   end $$`,
])("allowed: %s", (text) => {
  expect(findBrokenRules("0099_good", text)).toEqual([]);
});

test("a file that builds indexes concurrently holds nothing else", () => {
  const text = "create index concurrently if not exists app_x on jobs (status);\nselect 1;\n";
  expect(() =>
    readIndexStatements({ name: "0099_mixed", text, lowestProgram: undefined, checksum: "" }),
  ).toThrow("migration 0099_mixed mixes concurrent index builds with other statements");
});
