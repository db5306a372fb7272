import { randomUUID } from "node:crypto";

type Rows = <T extends object>(sql: string, params: Record<string, unknown>) => Promise<T[]>;

interface Many {
  count: number;
  error?: string;
  /** A batch that is there, and how many jobs it has; else a new one. */
  batchId?: string;
  from?: number;
}

/** Jobs of this person's tenant as the tables hold them; nothing runs them. Gives their batch. */
export async function addManyJobs(
  rows: Rows,
  email: string,
  { count, error, batchId = randomUUID(), from = 0 }: Many,
): Promise<string> {
  const [tenant] = await rows<{ id: string }>(
    "select tenant_id::text as id from profiles where email = :email",
    { email },
  );
  const of = { batchId, tenantId: tenant?.id, count };
  if (from === 0) {
    await rows(
      `insert into batch_jobs (id_uuid, batch_id, tenant_id, processor_type, status, total_domains, batch_metadata, created_at)
       values (:batchId::uuid, :batchId::uuid, :tenantId::uuid, 'batch_page_scraper', 'running', :count::int, '{}',
         timezone('utc', now()))`,
      of,
    );
  }
  await rows(
    `insert into jobs (job_id, id_uuid, tenant_id, tenant_id_uuid, batch_id, job_type, status, error, created_at)
     select id, id, :tenantId::text, :tenantId::uuid, :batchId::uuid, 'batch_page_scraper', 'pending', :error::text,
       timezone('utc', now())
     from (select gen_random_uuid() as id from generate_series(1, :count::int)) ids`,
    { ...of, error: error ?? null },
  );
  await rows(
    `insert into app.scrape_jobs (job_id, tenant_id, batch_id, position, domain, input, number)
     select job_id, :tenantId::uuid, :batchId::uuid, at, 'site-' || at || '.example', 'site-' || at || '.example', id
     from (
       select j.job_id, j.id, :from::int + row_number() over (order by j.id) - 1 as at from jobs j
       where j.batch_id = :batchId::uuid and not exists (select from app.scrape_jobs s where s.job_id = j.job_id)
     ) numbered`,
    { batchId, tenantId: tenant?.id, from },
  );
  return batchId;
}
