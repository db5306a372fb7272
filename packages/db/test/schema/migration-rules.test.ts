import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { buildsConcurrently, readIndexStatements } from "../../src/migration/build-indexes.ts";
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

describe("refused", () => {
  test.each([
    ["alter table jobs add column note text", "alters a real table"],
    ["ALTER TABLE ONLY public.jobs ALTER status SET NOT NULL", "alters a real table"],
    ['do $$ begin\n  alter table if exists "roles" add x int; end $$', "alters a real table"],
    ["drop table if exists contacts", "drops a real table"],
    ["alter type task_status add value 'Lost'", "alters or drops a type"],
    ['drop type "SitemapCurationStatusEnum"', "alters or drops a type"],
    ["update jobs set status = 'complete'", "writes a real table"],
    ["insert into roles (name) values ('x')", "writes a real table"],
    ["lock table jobs in exclusive mode", "locks a real table"],
    ["vacuum full app.users", "rewrites tables"],
    ["create trigger t after insert on jobs execute function f()", "puts a trigger"],
    ["create index app_x on jobs (status)", "blocks writers"],
    ["create index if not exists app_x on public.jobs (status)", "blocks writers"],
    ["create unique index concurrently app_x on jobs (status)", "refuses rows of other writers"],
    ["create index concurrently if not exists x on jobs (status)", "without app_ in front"],
    ["drop index idx_jobs_tenant_id", "drops an index of a real table"],
    ["create table app.x (id int);\ncommit;", "ends its own transaction"],
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
])("allowed: %s", (text) => {
  expect(findBrokenRules("0099_good", text)).toEqual([]);
});

test("a file that builds indexes concurrently holds nothing else", () => {
  const text = "create index concurrently if not exists app_x on jobs (status);\nselect 1;\n";
  expect(() => readIndexStatements({ name: "0099_mixed", text, checksum: "" })).toThrow(
    "migration 0099_mixed mixes concurrent index builds with other statements",
  );
});
