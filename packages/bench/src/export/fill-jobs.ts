import { type Database, executeRawSql } from "@scrapersky/db";

const BATCH_JOBS = 100_000;

const STATEMENTS = [
  `insert into batch_jobs (id_uuid, batch_id, tenant_id, processor_type, status, total_domains, batch_metadata, created_at)
   select id, id, :tenantId::uuid, 'batch_page_scraper', 'complete', :count::int, jsonb_build_object('label', 'Batch ' || n),
     timezone('utc', now()) - make_interval(days => n)
   from (select n, gen_random_uuid() as id from generate_series(1, :batches::int) n) made`,
  `insert into jobs (job_id, id_uuid, tenant_id, tenant_id_uuid, batch_id, job_type, status, error, domain_id, progress,
     result_data, created_at, started_at, completed_at)
   select gen_random_uuid(), gen_random_uuid(), :tenantId::text, :tenantId::uuid, b.batch_id, 'batch_page_scraper',
     case when n % 7 = 0 then 'failed' else 'complete' end, case when n % 7 = 0 then 'The site''s name is unknown, so nothing was read.' end,
     null, 1, case when n % 7 > 0 then jsonb_build_object('final_url', 'https://www.business-' || n || '.example/start', 'pages', n % 9) end,
     b.created_at, b.created_at + make_interval(secs => n), b.created_at + make_interval(secs => n + 2.25)
   from batch_jobs b cross join generate_series(1, :count::int) n where b.tenant_id = :tenantId::uuid`,
  `insert into app.scrape_jobs (job_id, tenant_id, batch_id, position, domain, input, attempt, error_code, pages, number)
   select job_id, tenant_id_uuid, batch_id, at, 'business-' || id || '.example', 'https://business-' || id || '.example/', 1,
     case when status = 'failed' then 'dns_failed' end, case when status = 'complete' then id % 9 end, id
   from (select *, (row_number() over (partition by batch_id order by id) - 1)::int as at from jobs
     where tenant_id_uuid = :tenantId::uuid) numbered`,
];

/** Finished jobs of one tenant in batches of 100,000, as scans leave them. */
export async function fillJobs(database: Database, count: number): Promise<string> {
  const [tenant] = await executeRawSql<{ id: string }>(
    database.db,
    "select tenant_id as id from app.tenant_slugs where slug = 'skyline'",
  );
  if (!tenant) throw new Error("The seed made no tenant.");
  const batches = Math.max(1, Math.round(count / BATCH_JOBS));
  const of = { tenantId: tenant.id, batches, count: Math.round(count / batches) };
  for (const statement of STATEMENTS) {
    const used = Object.entries(of).filter(([name]) => statement.includes(`:${name}`));
    await executeRawSql(database.db, statement, Object.fromEntries(used), { timeoutMs: 1_800_000 });
  }
  await executeRawSql(database.db, "analyze", {}, { timeoutMs: 600_000 });
  return tenant.id;
}
