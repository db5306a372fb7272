import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { describeDrift, needsDecisions } from "../../src/drift/describe-drift.ts";
import { checkDrift, findDrift, getDriftReport } from "../../src/drift/index.ts";
import { executeForLibrary, executeRawSql } from "../../src/index.ts";
import { migrate } from "../../src/migrate.ts";
import { useVariants } from "./harness.ts";

// Mending statements on rows as owners have them: counted, and fitted to them.

const variants = await useVariants();

/** What an owner's database holds, what is in the way by it, and what is left when the offer was taken. */
interface Case {
  name: string;
  sql: string;
  what: string;
  rows: number | null;
  why: string;
  examples: string[];
  /** A part of the statements offered. */
  offers: string;
  /** Severity that is left after them; undefined: the difference is gone. */
  left?: "harmful" | "breaking";
}

const T1 = "00000000-0000-4000-8000-000000000001";
const D1 = "00000000-0000-4000-8000-0000000000d1";
const D2 = "00000000-0000-4000-8000-0000000000d2";
const tenant = `insert into tenants (id, name) values ('${T1}', 'First');`;
const domain = `${tenant} insert into domains (id, tenant_id, domain) values ('${D1}', '${T1}', 'a.example');`;

/** Batch ids as text in all tables that name a batch, tied by their keys. */
const textIds = `
  create temp table ties on commit drop as
    select conrelid::regclass as place, conname as name, pg_get_constraintdef(k.oid) as definition, a.attname as col
    from pg_constraint k join pg_attribute a on a.attrelid = conrelid and a.attnum = conkey[1]
    where confrelid = 'batch_jobs'::regclass and contype = 'f';
  do $$
  declare tie record;
  begin
    for tie in select * from ties loop
      execute format('alter table %s drop constraint %I', tie.place, tie.name);
      execute format('alter table %s alter %I type text', tie.place, tie.col);
    end loop;
    alter table batch_jobs alter batch_id type text;
    for tie in select * from ties loop
      execute format('alter table %s add constraint %I %s', tie.place, tie.name, tie.definition);
    end loop;
  end
  $$;
  insert into batch_jobs (batch_id, id_uuid, tenant_id, processor_type)
    select id, gen_random_uuid(), '${T1}', 'domain' from unnest(array['batch_2025_01', 'batch_2025_02',
      'batch_2025_03', 'batch_2025_04', '6B1F0C9E-6c59-4b8e-9d0c-111111111111']) as id;
  insert into jobs (job_id, tenant_id, status, job_type, batch_id)
    select gen_random_uuid(), '${T1}', 'complete', 'x', 'batch_2025_0' || n % 4 + 1 from generate_series(1, 8) n;`;

const CASES: Case[] = [
  {
    name: "batch ids that are no uuid",
    sql: textIds,
    what: "column batch_jobs.batch_id",
    rows: 4,
    why: "hold what is no uuid in batch_jobs.batch_id",
    examples: ["batch_2025_01", "batch_2025_02", "batch_2025_03"],
    offers: "md5(batch_id::text)::uuid",
  },
  {
    name: "the same, seen from the jobs of the batches",
    sql: textIds,
    what: "column jobs.batch_id",
    rows: 8,
    why: "hold what is no uuid in jobs.batch_id",
    examples: ["batch_2025_01", "batch_2025_02", "batch_2025_03"],
    offers:
      "add constraint fk_jobs_batch_id foreign key (batch_id) references batch_jobs (batch_id)",
  },
  {
    name: "batch ids that are all uuids, as text",
    sql: `${textIds} delete from jobs; delete from batch_jobs where batch_id like 'batch%'`,
    what: "column batch_jobs.batch_id",
    rows: 0,
    why: "",
    examples: [],
    offers: "then batch_id::text::uuid else",
  },
  {
    name: "roles that repeat in each tenant",
    sql: `alter table roles drop constraint uq_role_name;
          insert into roles (name) select 'sales' from generate_series(1, 3);
          insert into roles (name) select 'support' from generate_series(1, 2)`,
    what: "unique roles.uq_role_name",
    rows: 3,
    why: "repeat name of another",
    examples: ["sales", "support"],
    offers: "-- merge what this finds: select name, count(*) from roles group by name",
    left: "breaking",
  },
  {
    name: "pages that were stored twice",
    sql: `${domain} alter table pages drop constraint uq_pages_domain_url;
          insert into pages (tenant_id, domain_id, url)
            select '${T1}', '${D1}', 'https://a.example/' || n % 2 from generate_series(1, 5) n`,
    what: "unique pages.uq_pages_domain_url",
    rows: 3,
    why: "repeat domain_id, url of another",
    examples: [`${D1}, https://a.example/0`, `${D1}, https://a.example/1`],
    offers: "group by domain_id, url having count(*) > 1",
    left: "breaking",
  },
  {
    name: "nulls where the schema has a default",
    sql: `alter table tenants alter is_active drop not null;
          insert into tenants (id, name, is_active) values ('${T1}', 'First', null)`,
    what: "column tenants.is_active",
    rows: 1,
    why: "hold null in tenants.is_active",
    examples: [T1],
    offers: "update tenants set is_active = true where is_active is null;",
  },
  {
    name: "nulls where nothing can be put",
    sql: `alter table tenants alter name drop not null;
          insert into tenants (id, name) values ('${T1}', null)`,
    what: "column tenants.name",
    rows: 1,
    why: "hold null in tenants.name",
    examples: [T1],
    offers: "-- give tenants.name a value where it is null first; then: alter table tenants",
    left: "harmful",
  },
  {
    name: "texts longer than the schema's column",
    sql: `alter table jobs alter status type text;
          insert into jobs (job_id, tenant_id, status, job_type)
            values (gen_random_uuid(), '${T1}', repeat('x', 51), 'x')`,
    what: "column jobs.status",
    rows: 1,
    why: "hold what is no character varying(50) in jobs.status",
    examples: ["x".repeat(51)],
    offers: "-- correct what jobs.status holds there first",
  },
  {
    name: "texts where the schema counts",
    sql: `alter table batch_jobs alter total_domains drop default, alter total_domains type text;
          insert into batch_jobs (batch_id, id_uuid, tenant_id, processor_type, total_domains)
            select gen_random_uuid(), gen_random_uuid(), '${T1}', 'domain', total
            from unnest(array['12', 'many', '9999999999', '1.5']) as total`,
    what: "column batch_jobs.total_domains",
    rows: 3,
    why: "hold what is no integer in batch_jobs.total_domains",
    examples: ["1.5", "9999999999", "many"],
    offers: "-- correct what batch_jobs.total_domains holds there first",
    left: "breaking",
  },
  {
    name: "words that an enum does not have",
    sql: `alter table pages alter page_curation_status drop default,
            alter page_curation_status type text;
          ${domain} insert into pages (tenant_id, domain_id, url, page_curation_status) values
            ('${T1}', '${D1}', 'u', 'New'), ('${T1}', '${D1}', 'v', 'Lost')`,
    what: "column pages.page_curation_status",
    rows: 1,
    why: "hold what is no pagecurationstatus in pages.page_curation_status",
    examples: ["Lost"],
    offers: "-- correct what",
    left: "breaking",
  },
  {
    name: "rows that point at nothing",
    sql: `${domain} alter table pages drop constraint pages_domain_id_fkey;
          insert into pages (tenant_id, domain_id, url) values
            ('${T1}', '${D1}', 'u'), ('${T1}', '${D2}', 'v')`,
    what: "foreign key pages.pages_domain_id_fkey",
    rows: 1,
    why: "point at nothing in domains",
    examples: [D2],
    offers: "not valid; -- mend those rows; then: alter table pages validate constraint",
    left: "harmful",
  },
  {
    name: "rows that break a check",
    sql: `alter table profiles drop constraint profiles_role_check; ${tenant}
          insert into profiles (id, tenant_id, role) values ('${D1}', '${T1}', 'BOSS'), ('${D2}', '${T1}', 'USER')`,
    what: "check profiles.profiles_role_check",
    rows: 1,
    why: "break it",
    examples: [D1],
    offers: "not valid; -- mend those rows",
    left: "harmful",
  },
  {
    name: "rows that a check which nobody validated is broken by",
    sql: `alter table profiles drop constraint profiles_role_check; ${tenant}
          insert into profiles (id, tenant_id, role) values ('${D1}', '${T1}', 'BOSS');
          alter table profiles add constraint profiles_role_check
            check (role in ('USER', 'ADMIN', 'SUPER_ADMIN', 'GLOBAL_ADMIN')) not valid`,
    what: "check profiles.profiles_role_check",
    rows: 1,
    why: "break it",
    examples: [D1],
    offers: "-- mend those rows first",
    left: "harmful",
  },
  {
    name: "a column that is missing where rows are",
    sql: `alter table tenants drop column name; insert into tenants (id) values ('${T1}')`,
    what: "column tenants.name",
    rows: 1,
    why: "would have nothing in tenants.name",
    examples: [T1],
    offers: "alter table tenants add column name text; -- fill it first",
    left: "harmful",
  },
  {
    name: "a key of a column that is not there",
    sql: "insert into permissions (name) values ('x'); alter table permissions drop column name",
    what: "unique permissions.permissions_name_key",
    rows: null,
    why: "repeat name of another",
    examples: [],
    offers: "-- merge what this finds",
    left: "breaking",
  },
];

for (const variant of variants.list.filter(({ way }) => way === "directly")) {
  describe.runIf(variant.available)(`on ${variant.name}`, () => {
    let database: Awaited<ReturnType<typeof variants.create>>;
    beforeAll(async () => {
      database = await variants.create(variant);
      await migrate({ url: database.url });
    });
    afterAll(() => database?.close());

    test.each(CASES)("$name", async ({ sql, what, offers, left, ...inTheWay }) => {
      const stop = new Error("undone");
      const tried = database.db.transaction(async (tx) => {
        await executeForLibrary(tx, sql);
        const [found] = (await findDrift(tx)).filter((one) => one.what === what);
        const { rows, why, examples } = inTheWay;
        expect(found?.inTheWay).toEqual(rows === 0 ? undefined : { rows, why, examples });
        expect(found?.mend).toContain(offers);
        await executeForLibrary(tx, found?.mend.replaceAll(" concurrently", "") ?? "");
        const after = (await findDrift(tx)).find((one) => one.what === what);
        expect(after?.severity).toBe(
          left ?? (inTheWay.why.includes("varying") ? "harmless" : undefined),
        );
        throw stop;
      });
      await expect(tried).rejects.toBe(stop);
    });
  });
}

test("jobs keep their batch when ids that are no uuid become some", async () => {
  const database = await variants.create(variants.list[0]!);
  await migrate({ url: database.url });
  await executeForLibrary(database.db, textIds);
  const before = await countBatches();
  const report = await checkDrift(database);
  const statements = new Set(
    report.differences.filter((one) => one.what.endsWith(".batch_id")).map(({ mend }) => mend),
  );
  expect(statements.size, "one script mends the tied columns").toBe(1);
  await executeForLibrary(database.db, [...statements].join(" "));
  expect(await countBatches()).toEqual(before);
  expect((await checkDrift(database)).differences).toEqual([]);

  function countBatches() {
    return executeRawSql(
      database.db,
      `select count(*)::int as jobs, count(distinct j.batch_id)::int as batches
       from jobs j join batch_jobs b on b.batch_id = j.batch_id`,
    );
  }
});

test("the report tells the rows, points to adopt, and tells a script once", async () => {
  const database = await variants.create(variants.list[0]!);
  await migrate({ url: database.url });
  await executeForLibrary(database.db, textIds);
  const report = await checkDrift(database);
  const text = describeDrift(report);
  expect(text).toContain(
    "4 rows are in the way: they hold what is no uuid in batch_jobs.batch_id (batch_2025_01; batch_2025_02; batch_2025_03)",
  );
  expect(text).toContain("`npm run db -- adopt`");
  const tied = report.differences.filter(({ mend }) => mend.includes("md5(")).length;
  expect(tied).toBeGreaterThan(2);
  expect(text.match(/md5\(batch_id::text\)::uuid/g), "one script for all").toHaveLength(tied);
  expect(text.match(/the same statements as above/g)).toHaveLength(tied - 1);
  expect(needsDecisions(report)).toBe(true);

  const uncounted = await checkDrift(database, undefined, { countRows: false });
  expect(uncounted.differences.filter(({ inTheWay }) => inTheWay)).toEqual([]);
});

test("what migrations bring is no decision, nor is a difference that only slows", async () => {
  const database = await variants.create(variants.list[0]!);
  await migrate({ url: database.url });
  await database.db.transaction(async (tx) => {
    await executeForLibrary(tx, "drop index idx_contacts_page_id; drop table app.seeds");
    const report = await getDriftReport(tx);
    expect(report.counts).toMatchObject({ breaking: 1, harmful: 1 });
    expect(needsDecisions(report)).toBe(false);
    expect(describeDrift(report)).toContain("`npm run db -- migrate` brings it");
  });
});
