import { type Db, executeRawSql } from "@scrapersky/db";
import { FIRST_WORDS, SECOND_WORDS, type Sizes } from "./sizes.ts";

// Batches and jobs as years of work leave them, made within the database: rows never travel.

/** A number from 0 to 1 that a row always gets, whatever the run: `salt` parts one use of it from the next. */
export const chance = (row: string, salt: number): string =>
  `(((hashint8((${row})::bigint * 31 + ${salt}) & 2147483647)::float8) / 2147483648.0)`;

/** Few of many: the first of a list is by far the most frequent, as towns and products are. */
export const skewed = (row: string, salt: number, of: number): string =>
  `(1 + floor(${of} * power(${chance(row, salt)}, 3))::int)`;

const uuidOf = (kind: string, row: string): string => `md5('${kind}' || (${row})::text)::uuid`;
export const domainIdOf = (row: string): string => uuidOf("domain", row);
export const batchIdOf = (row: string): string => uuidOf("batch", row);

/** Names begin as those of businesses do, so that a search by one letter meets many and by three few. */
export const domainNameOf = (row: string): string =>
  `((:first::text[])[${skewed(row, 1, FIRST_WORDS.length)}] || '-' ||
    (:second::text[])[${skewed(row, 2, SECOND_WORDS.length)}] || '-' || (${row})::text ||
    (array['.de','.com','.at','.ch','.co.uk','.com','.de','.net'])[1 + floor(8 * ${chance(row, 3)})::int])`;

/** Everything of one tenant begins at a number of its own, so that its rows are told from those of others. */
export async function fillWork(db: Db, { tenants, batches }: Sizes): Promise<void> {
  await executeRawSql(
    db,
    `insert into batch_jobs (id_uuid, batch_id, tenant_id, processor_type, status, total_domains, completed_domains,
       failed_domains, progress, batch_metadata, options, created_at, updated_at, start_time, end_time)
     select ${batchIdOf("b.number")}, ${batchIdOf("b.number")}, b.tenant_id::uuid, 'batch_page_scraper',
       case when b.failing > 0 then 'partial' else 'complete' end, b.size, b.size - ceil(b.size * b.failing)::int,
       ceil(b.size * b.failing)::int, 1, jsonb_build_object('label', b.label, 'pages', b.size * 3),
       '{"max_pages": 10, "max_concurrent": 5}', b.began, b.began, b.began, b.began + interval '1 hour'
     from (
       select n.*, timestamp '2026-06-01' + make_interval(mins => n.number::int * 30) as began
       from unnest(:numbers::int[], :tenantIds::text[], :sizes::int[], :failing::float8[], :labels::text[])
         as n (number, tenant_id, size, failing, label)
     ) b`,
    columns(batches),
  );
  for (const { number, size, failing, tenant, offset } of batches) {
    const { id, firstDomain, domains } = tenants[tenant]!;
    await executeRawSql(db, newJobs, {
      batch: number,
      tenantId: id,
      size,
      failing,
      firstDomain,
      domains,
      offset,
      first: FIRST_WORDS,
      second: SECOND_WORDS,
    });
  }
}

const columns = (batches: Sizes["batches"]) => ({
  numbers: batches.map(({ number }) => number),
  tenantIds: batches.map(({ tenantId }) => tenantId),
  sizes: batches.map(({ size }) => size),
  failing: batches.map(({ failing }) => failing),
  labels: batches.map(({ label }) => label),
});

const CODES = ["timeout", "dns_failed", "http_4xx", "bot_wall", "robots_disallowed", "tls_failed"];

const newJobs = `
  with line as materialized (
    select p.position, ${domainIdOf("p.domain")} as domain_id, ${domainNameOf("p.domain")} as domain,
      md5('job' || :batch::int || '-' || p.position)::uuid as job_id, b.batch_id, b.created_at,
      ${chance(":batch::int * 1000003::bigint + p.position", 4)} < :failing::float8 as failed,
      (array['${CODES.join("','")}'])[${skewed("p.position", 5, CODES.length)}] as code
    from (
      select k as position, :firstDomain::int + (k::bigint * 7919 + :offset::int) % :domains::int as domain
      from generate_series(0, :size::int - 1) k
    ) p
    join batch_jobs b on b.batch_id = ${batchIdOf(":batch::int")}
  ), job as (
    insert into jobs (job_id, id_uuid, tenant_id, tenant_id_uuid, batch_id, job_type, status, error, metadata,
      job_metadata, result_data, domain_id, progress, created_at, updated_at, started_at, completed_at)
    select job_id, job_id, :tenantId::text, :tenantId::uuid, batch_id, 'batch_page_scraper',
      case when failed then 'failed' else 'complete' end, case when failed then 'It did not answer.' end,
      facts, facts, case when not failed then jsonb_build_object('final_url', 'https://' || domain || '/',
        'title', domain, 'pages', 5, 'contacts', 1, 'phones', 1, 'technologies', array['WordPress'], 'flags', array[]::text[]) end,
      case when not failed then domain_id end, 1, created_at, created_at, created_at, created_at + interval '20 seconds'
    from line cross join lateral (select jsonb_build_object('domain', domain, 'max_pages', 10)) f (facts)
    order by position
    returning job_id, id
  )
  insert into app.scrape_jobs (job_id, tenant_id, batch_id, position, domain, input, attempt, error_code, pages, number)
  select l.job_id, :tenantId::uuid, l.batch_id, l.position, l.domain, l.domain, 1,
    case when l.failed then l.code end, case when not l.failed then 5 end, j.id
  from line l join job j on j.job_id = l.job_id
  order by l.position`;
