// The wall behind raw SQL: each way in which a statement and its database can part is planted and found.
import {
  certain,
  createDatabase,
  type Database,
  executeRawSql,
  expression,
  nullable,
  typed,
} from "@scrapersky/db";
import {
  batchJobs,
  contacts,
  domains,
  jobAttempts,
  jobs,
  profiles,
  roles,
  scrapeJobs,
  tenants,
  tenantSlugs,
  userTenants,
} from "@scrapersky/db/schema";
import { DefinedStatement } from "@scrapersky/db/statement";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../src/database.ts";
import { findMisdeclared, findMisdeclaredQueries, recordQueries } from "../src/statements/index.ts";

type Shape = ConstructorParameters<typeof DefinedStatement>[1];

let home: TestDatabase;
let database: Database;

beforeAll(async () => {
  home = await createTestDatabase();
  database = createDatabase({ url: home.url, max: 2 });
});
afterAll(async () => {
  await database.close();
  await home.drop();
});

/** What is found, without the places. */
const judge = async (text: string, shape: Shape = {}): Promise<string[]> => {
  const found = await findMisdeclared(database, [new DefinedStatement(text, shape)]);
  return found.map((line) => line.replace(/^[^:]+:\d+: /, ""));
};

describe("refused is", () => {
  test.each<[what: string, text: string, shape: Shape, problem: string]>([
    [
      "a misspelt column of a SELECT",
      "select j.job_id, j.statuss from jobs j",
      { job_id: jobs.jobId, statuss: jobs.status },
      "column j.statuss does not exist",
    ],
    [
      "a misspelt column of an UPDATE that gives no rows",
      "update jobs set statuss = 'failed' where job_id = :jobId::uuid",
      {},
      'column "statuss" of relation "jobs" does not exist',
    ],
    [
      "a misspelt column deep inside",
      "with gone as (delete from app.job_attempts where jobid = :jobId::uuid) select 1::int4 as one",
      { one: "int4" },
      'column "jobid" does not exist',
    ],
    ["a table that is none", "select 1 from job", {}, 'relation "job" does not exist'],
    [
      "a column that nobody declared",
      "select job_id, status from jobs",
      { job_id: jobs.jobId },
      'column "status" comes, but is not declared',
    ],
    [
      "a declared column that does not come",
      "select job_id as id from jobs",
      { id: jobs.jobId, status: jobs.status },
      'column "status" is declared, but does not come',
    ],
    [
      "a row of a statement that was said to give none",
      "update jobs set error = null returning id",
      {},
      'column "id" comes, but is not declared',
    ],
    [
      "another type",
      "select count(*) as people from profiles",
      { people: "int4" },
      'column "people" is bigint, declared as integer',
    ],
    [
      "the type of another column",
      "select j.progress as attempt from jobs j",
      { attempt: nullable(scrapeJobs.attempt) },
      'column "attempt" is public.jobs.progress, declared as app.scrape_jobs.attempt',
    ],
    [
      "a column that may be NULL",
      "select j.batch_id from jobs j",
      { batch_id: scrapeJobs.batchId },
      'column "batch_id" is public.jobs.batch_id, declared as app.scrape_jobs.batch_id',
    ],
    [
      "a column that an outer join empties",
      "select t.id, s.slug from tenants t left join app.tenant_slugs s on s.tenant_id = t.id",
      { id: tenants.id, slug: tenantSlugs.slug },
      'column "slug" may be NULL: declare it nullable, or certain when a condition sees to it',
    ],
    [
      "one that an outer join inside empties",
      `with named as (
         select s.slug from tenants t left join app.tenant_slugs s on s.tenant_id = t.id
       ) select n.slug from named n`,
      { slug: tenantSlugs.slug },
      'column "slug" may be NULL: declare it nullable, or certain when a condition sees to it',
    ],
    [
      "an expression that may be NULL",
      "select (j.job_metadata->>'max_pages')::int as max_pages from jobs j",
      { max_pages: "int4" },
      'column "max_pages" may be NULL: declare it nullable, or certain when a condition sees to it',
    ],
    [
      "a cast of JSON, whose null is NULL",
      "select a.timings::int4 as number from app.job_attempts a",
      { number: "int4" },
      'column "number" may be NULL: declare it nullable, or certain when a condition sees to it',
    ],
    [
      "a column that is nullable, said to be of a shape",
      "select meta_json from domains",
      { meta_json: typed<{ flags: string[] }>(domains.metaJson) },
      'column "meta_json" may be NULL: declare it nullable, or certain when a condition sees to it',
    ],
    [
      "NULL expected where none comes",
      "select coalesce(name, '') as name from profiles",
      { name: nullable("text") },
      'column "name" is never NULL, declared as nullable',
    ],
    [
      "a claim that nothing needs",
      "select job_id from jobs",
      { job_id: certain(jobs.jobId) },
      'column "job_id" is never NULL: certain says nothing',
    ],
    [
      "two columns of one name",
      "select job_id, job_id from jobs",
      { job_id: jobs.jobId },
      "two columns share a name",
    ],
  ])("%s", async (_what, text, shape, problem) => {
    expect(await judge(text, shape)).toEqual([problem]);
  });
});

describe("nothing is said of", () => {
  test.each<[what: string, text: string, shape: Shape]>([
    [
      "plain columns",
      "select job_id, status, batch_id from jobs",
      { job_id: jobs.jobId, status: jobs.status, batch_id: jobs.batchId },
    ],
    [
      "columns of the other side of an outer join",
      "select t.id, s.slug from app.tenant_slugs s right join tenants t on s.tenant_id = t.id",
      { id: tenants.id, slug: nullable(tenantSlugs.slug) },
    ],
    [
      "counts, subqueries and EXISTS",
      "select count(*)::int4 as people, exists (select from roles) as any, (select count(*) from roles) as roles, array(select id from roles) as ids from profiles",
      { people: "int4", any: "bool", roles: "int8", ids: "int4[]" },
    ],
    [
      "a subquery that may find nothing",
      "select (select name from roles limit 1) as role from tenants",
      { role: nullable(roles.name) },
    ],
    [
      "groups",
      "select ut.tenant_id, array_agg(ut.user_id) as people, max(ut.created_at) as latest from user_tenants ut group by ut.tenant_id",
      { tenant_id: userTenants.tenantId, people: "uuid[]", latest: "timestamptz" },
    ],
    [
      "a maximum of nothing",
      "select max(created_at) as latest from user_tenants",
      { latest: nullable("timestamptz") },
    ],
    [
      "CASE, COALESCE and conditions",
      "select case when p.active then 'yes' else 'no' end as word, coalesce(p.active, false) as active, p.active is null as unknown, lower(p.email) as email from profiles p",
      { word: "text", active: "bool", unknown: "bool", email: nullable("text") },
    ],
    [
      "CASE without ELSE",
      "select case when p.active then 'yes' end as word from profiles p",
      { word: nullable("text") },
    ],
    [
      "a condition that the author knows of",
      "select error from jobs where error is not null",
      { error: certain(jobs.error) },
    ],
    [
      "what is written",
      "insert into tenants (name) values (:name) on conflict (id) do update set name = excluded.name returning id, name, description",
      { id: tenants.id, name: tenants.name, description: tenants.description },
    ],
    [
      "what a step writes and the next one reads",
      "with made as (insert into tenants (name) values (:name) returning id, description) select m.id, m.description from made m",
      { id: tenants.id, description: tenants.description },
    ],
    [
      "lists of values",
      "select line.job_id, line.place from unnest(:ids::uuid[]) with ordinality as line (job_id, place)",
      { job_id: nullable("uuid"), place: "int8" },
    ],
    [
      "branches that differ",
      "select name from roles union all select name from profiles",
      { name: nullable("text") },
    ],
    [
      "branches that agree",
      "select name from roles union all select name from tenants",
      { name: "text" },
    ],
    [
      "locks",
      "select j.job_id from jobs j join app.scrape_jobs s on s.job_id = j.job_id where s.attempt = :attempt::int for no key update of j, s",
      { job_id: jobs.jobId },
    ],
    ["rows without columns", "select from tenants where id = :id::uuid", {}],
    [
      "times, enums and closed words",
      "select b.status, a.outcome, a.started_at, now() as as_of, extract(epoch from now() - a.started_at)::float8 as seconds, c.email_type from batch_jobs b, app.job_attempts a, contacts c",
      {
        status: typed<"pending">(batchJobs.status),
        outcome: jobAttempts.outcome,
        started_at: jobAttempts.startedAt,
        as_of: "timestamptz",
        seconds: "float8",
        email_type: contacts.emailType,
      },
    ],
  ])("%s", async (_what, text, shape) => {
    expect(await judge(text, shape)).toEqual([]);
  });
});

test("the place of a statement is its file and line", async () => {
  const [found] = await findMisdeclared(database, [
    new DefinedStatement("select 1 from nowhere", {}),
  ]);
  expect(found).toMatch(
    /^packages\/testing\/test\/statements\.test\.ts:\d+: relation "nowhere" does not exist$/,
  );
});

test("of a query of Drizzle each expression is held to what it is declared to be, on the pool and in transactions", async () => {
  const queries = await recordQueries(database, async () => {
    await database.db.transaction((tx) =>
      tx
        .select({
          id: tenants.id,
          right: expression("text")`lower(${tenants.name})`,
          wrongType: expression("int8")`length(${tenants.name})`,
          mayBeNull: expression("text")`lower(${tenants.description})`,
          neverNull: expression(nullable("int4"))`length(${tenants.name})`,
          another: expression(tenants.name)`${tenants.description}`,
        })
        .from(tenants),
    );
    await database.db.select({ byHand: database.db.$count(tenants) }).from(tenants);
  });
  const found = await findMisdeclaredQueries(database, queries);
  expect(found.map((line) => line.replace(/, in select .*$/s, ""))).toEqual([
    'value "wrongType" is integer, declared as bigint',
    'value "mayBeNull" may be NULL: declare it nullable, or certain when a condition sees to it',
    'value "neverNull" is never NULL, declared as nullable',
    'value "another" is public.tenants.description, declared as public.tenants.name',
    'value "byHand" has a type that nothing is compared with: declare it by expression()',
  ]);
});

test("describing runs nothing", async () => {
  expect(await judge("insert into tenants (name) values ('ghost')")).toEqual([]);
  const names = await database.db.select({ name: tenants.name }).from(tenants);
  expect(names).not.toContainEqual({ name: "ghost" });
});

test("a column that a migration renames is missed by every statement that names it", async () => {
  await executeRawSql(database.db, "alter table profiles rename column bio to about");
  const read = new DefinedStatement("select bio from profiles", { bio: profiles.bio });
  const written = new DefinedStatement("update profiles set bio = null", {});
  const followed = new DefinedStatement("select about from profiles", { about: profiles.bio });
  const found = await findMisdeclared(database, [read, written, followed]);
  expect(found.map((line) => line.replace(/^.*?\d: /, ""))).toEqual([
    'column "bio" does not exist',
    'column "bio" of relation "profiles" does not exist',
    'column "about" is public.profiles.about, declared as public.profiles.bio',
  ]);
});
