import { beforeAll, expect, test } from "vitest";
import { integer, pgTable, text } from "drizzle-orm/pg-core";
import { describeDeclared } from "../../src/drift/declared.ts";
import { findDrift } from "../../src/drift/find-drift.ts";
import { type Database, executeForLibrary } from "../../src/index.ts";
import { migrate } from "../../src/migrate.ts";
import { useServer } from "./harness.ts";

const server = useServer();
let database: Database;

beforeAll(async () => {
  const empty = await server.createEmpty();
  await migrate({ url: empty.url });
  database = empty;
});

test("the Drizzle tables and a migrated database are the same, both ways", async () => {
  expect(await findDrift(database.db)).toEqual([]);
});

test("every declared table is compared: the 17 real ones and ours", () => {
  const declared = new Set(describeDeclared().columns.map((row) => `${row.schema}.${row.table}`));
  const real = [...declared].filter((name) => name.startsWith("public."));
  expect(real).toHaveLength(17);
  expect(declared.size - real.length).toBe(11);
});

test("references to Supabase's accounts are expected where the accounts are", async () => {
  const supabase = await server.createEmpty();
  await executeForLibrary(
    supabase.db,
    "create schema auth; create table auth.users (id uuid primary key)",
  );
  await migrate({ url: supabase.url });
  expect(await findDrift(supabase.db)).toEqual([]);
  await executeForLibrary(supabase.db, "alter table profiles drop constraint profiles_id_fkey");
  expect(await findDrift(supabase.db)).toMatchObject([
    { kind: "missing", what: "foreign key profiles.profiles_id_fkey" },
  ]);
});

const planted: [sql: string, kind: string, what: string][] = [
  ["alter table roles add column tenant_id uuid", "unexpected", "column roles.tenant_id"],
  ["alter table jobs drop column error", "missing", "column jobs.error"],
  ["alter table jobs alter status type varchar(20)", "different", "column jobs.status"],
  ["alter table jobs alter created_at type timestamptz", "different", "column jobs.created_at"],
  ["alter table jobs alter status drop not null", "different", "column jobs.status"],
  ["alter table domains alter status set default 'new'", "different", "column domains.status"],
  ["alter table tenants alter is_active drop default", "different", "column tenants.is_active"],
  [
    "alter table domains alter uptime_percentage type numeric(6,2)",
    "different",
    "column domains.uptime_percentage",
  ],
  ["alter table roles drop constraint uq_role_name", "missing", "unique roles.uq_role_name"],
  ["alter table tenants add unique (name)", "unexpected", "unique tenants.tenants_name_key"],
  [
    `alter table jobs drop constraint fk_jobs_batch_id;
     alter table jobs add constraint fk_jobs_batch_id foreign key (batch_id)
       references batch_jobs (batch_id) on delete cascade`,
    "different",
    "foreign key jobs.fk_jobs_batch_id",
  ],
  [
    `alter table profiles drop constraint profiles_role_check;
     alter table profiles add constraint profiles_role_check check (role in ('USER', 'ADMIN'))`,
    "different",
    "check profiles.profiles_role_check",
  ],
  ["drop index ix_jobs_batch_id", "missing", "index jobs.ix_jobs_batch_id"],
  [
    "drop index app_jobs_batch_id_status; create index app_jobs_batch_id_status on jobs (status, batch_id)",
    "different",
    "index jobs.app_jobs_batch_id_status",
  ],
  [
    `drop index app.scrape_jobs_tenant_id_domain_idx;
     create index scrape_jobs_tenant_id_domain_idx on app.scrape_jobs (tenant_id, domain)`,
    "different",
    "index app.scrape_jobs.scrape_jobs_tenant_id_domain_idx",
  ],
  [
    `drop index app.scrape_jobs_batch_id_error_code_idx;
     create index scrape_jobs_batch_id_error_code_idx on app.scrape_jobs (batch_id, error_code)`,
    "different",
    "index app.scrape_jobs.scrape_jobs_batch_id_error_code_idx",
  ],
  ["alter type task_status rename value 'Paused' to 'Halted'", "different", "enum task_status"],
  [
    "alter table app.job_attempts alter bytes type integer",
    "different",
    "column app.job_attempts.bytes",
  ],
];

test.each(planted)("found: %s", async (sql, kind, what) => {
  const undone = new Error("undone");
  await expect(
    database.db.transaction(async (tx) => {
      await executeForLibrary(tx, sql);
      expect(await findDrift(tx)).toContainEqual(expect.objectContaining({ kind, what }));
      throw undone;
    }),
  ).rejects.toBe(undone);
});

test("a table of the schema that the database lacks, and a column it declares differently", async () => {
  const roles = pgTable("roles", { id: integer("id").primaryKey(), name: text("name") });
  const planets = pgTable("planets", { name: text("name").notNull() });
  const drift = await findDrift(database.db, describeDeclared({ roles, planets }));
  expect(drift).toContainEqual({
    kind: "missing",
    what: "column planets.name",
    expected: "text not null",
    found: undefined,
  });
  expect(drift).toContainEqual({
    kind: "different",
    what: "column roles.name",
    expected: "text",
    found: "text not null",
  });
});
