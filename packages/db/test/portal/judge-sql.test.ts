import { describe, expect, test } from "vitest";
import { judgeSql, SQL_LENGTH_MAX, shownTables } from "../../src/portal/index.ts";
import { SQL_BRACKETS_MAX, SQL_DEPTH_MAX } from "../../src/portal/judge-sql.ts";
import { ESCAPES } from "./escapes.ts";

const tables = new Set(shownTables().map(({ table }) => table));
const judge = (text: string) => judgeSql(text, tables);

describe("reads", () => {
  test.each([
    "select 1",
    "select * from jobs",
    "table jobs",
    "values (1, 'a'), (2, null)",
    "SELECT status, count(*) FILTER (WHERE error IS NOT NULL) FROM jobs GROUP BY 1 HAVING count(*) > 1 ORDER BY 2 DESC NULLS LAST LIMIT 10 OFFSET 5",
    "select count(distinct tenant_id) from jobs j where j.created_at > now() - interval '7 days' and j.status in ('failed', 'complete')",
    "with recent as (select * from batch_jobs order by created_at desc limit 5) select r.batch_id, r.status from recent r",
    "with recursive n (i) as (select 1 union all select i + 1 from n where i < 10) select sum(i) from n",
    "select d.domain, l.business_name from leads l join domains d on d.id = l.domain_id left join lateral (select 1 as one) x on true",
    "select date_trunc('day', created_at)::date as day, count(*) from jobs group by rollup (1)",
    "select row_number() over w, lag(id) over (partition by tenant_id order by id rows between 1 preceding and current row) from jobs window w as (order by id)",
    "select job_metadata ->> 'max_pages', job_metadata -> 'a' #>> '{b}' from jobs where job_metadata ? 'x' and job_metadata @> '{}'",
    "select x.key, x.value from jobs, jsonb_each_text(job_metadata) x",
    "select e.line from unnest(array['a', 'b']) as e(line)",
    "select g from generate_series(1, 3) g",
    "select case when status = 'failed' then coalesce(error, 'none') else nullif(error, '') end from jobs",
    "select * from jobs where id = any (array[1, 2]) and (status, id) = ('failed', 3) and error ilike '%x!%%' escape '!'",
    "select exists (select from jobs), (select max(id) from jobs), array(select id from jobs limit 3)",
    "select extract(epoch from created_at), substring(error from 1 for 3), trim(both ' ' from error), position('a' in error) from jobs",
    "select created_at at time zone 'Europe/Vienna', current_date, error collate \"C\" from jobs",
    "select (array[1, 2, 3])[2:3], greatest(1, 2), 5 between 1 and 10, not true, null is null, 1 is distinct from 2",
    "select percentile_cont(0.5) within group (order by id) from jobs",
    "select 1 union all select 2 except select 3 intersect select 4",
    "select '12.5'::numeric(10, 2), cast('1' as int), interval '1 day', date '2026-01-01', 'a'::varchar(3), '{1}'::int[]",
    "select * from jobs -- and a comment\n /* another /* inside */ */ ;",
    "select 'drop table jobs; -- no' as text, 'pg_sleep(5)'",
    "select * from jobs, lateral jsonb_array_elements(job_metadata) with ordinality as t(item, n)",
  ])("%s", async (text) => {
    expect(await judge(text)).toMatchObject({ ok: true });
  });

  test("says which tables it reads, and none that WITH gives", async () => {
    const text =
      "with recent as (select * from jobs), jobs_of as (select 1) select * from recent, jobs_of, leads where exists (select from tenants)";
    expect(await judge(text)).toEqual({ ok: true, tables: ["jobs", "leads", "tenants"] });
  });
});

describe("an escape is refused with its reason:", () => {
  test.each(ESCAPES.filter(({ refused }) => refused !== undefined))(
    "$what",
    async ({ sql, refused }) => {
      expect(await judge(sql)).toEqual({
        ok: false,
        reason: expect.stringContaining(refused!),
        position:
          sql === "" ? null : expect.toSatisfy((at: unknown) => at === null || Number(at) >= 1),
      });
    },
  );
});

test("what is refused is pointed at, in characters", async () => {
  expect(await judge("select 'ä😀', pg_sleep(1)")).toMatchObject({ position: 14 });
  expect(await judge("select 'ä😀' frm jobs x")).toMatchObject({
    reason: expect.stringContaining("syntax error"),
    position: 17,
  });
});

test("a statement has so many characters, and no more", async () => {
  const of = (length: number) => judge(`select 1${" ".repeat(length - 8)}`);
  expect(await of(SQL_LENGTH_MAX)).toEqual({ ok: true, tables: [] });
  expect(await of(SQL_LENGTH_MAX + 1)).toMatchObject({
    reason: "A statement has at most 20,000 characters.",
  });
});

test("a statement is nested so deeply, and no more, and what is deeper harms nobody", async () => {
  const brackets = (depth: number) => judge(`select ${"(".repeat(depth)}1${")".repeat(depth)}`);
  const sums = (terms: number) => judge(`select 1${" + 1".repeat(terms)}`);
  expect(await brackets(SQL_BRACKETS_MAX)).toEqual({ ok: true, tables: [] });
  expect(await sums(SQL_DEPTH_MAX - 5)).toEqual({ ok: true, tables: [] });
  const deep = { ok: false, reason: "The statement is nested too deeply." };
  expect(await sums(SQL_DEPTH_MAX + 1)).toMatchObject(deep);
  expect(await brackets(SQL_BRACKETS_MAX + 1)).toMatchObject(deep);
  for (const text of [
    `select ${"(".repeat(9_000)}1${")".repeat(9_000)}`,
    `select 1${" + 1".repeat(4_900)}`,
    `select ${"not ".repeat(4_900)}true`,
    `select ${"case when true then ".repeat(700)} 1 ${"end ".repeat(700)}`,
    `select 1${" union select 1".repeat(1_200)}`,
    `select * from jobs ${"join jobs on true ".repeat(1_000)}`,
  ]) {
    expect(await judge(text)).toMatchObject(deep);
  }
  expect(await judge("select 1")).toEqual({ ok: true, tables: [] });
});
