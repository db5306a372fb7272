import { defineStatement, executeRawSql, executeRawSqlOne, type Tx } from "@scrapersky/db";
import { noteJobsOf } from "../change/note-work.ts";

const jobsHeld = defineStatement(
  "select from jobs where domain_id = any(:domainIds::uuid[]) order by id for no key update",
);

const withoutFindings = defineStatement(
  `with attempt as (
     update app.job_attempts a set final_url = null from jobs j
     where j.domain_id = any(:domainIds::uuid[]) and a.job_id = j.job_id
   )
   update jobs set result = null, result_data = null where domain_id = any(:domainIds::uuid[])`,
);

const jobsNoted = defineStatement(
  noteJobsOf("(select job_id from jobs where domain_id = any(:domainIds::uuid[]))"),
);

const withoutSitemaps = defineStatement(
  "delete from sitemap_files where domain_id = any(:domainIds::uuid[])",
);

const withoutPages = defineStatement(
  `with gone as (delete from pages where domain_id = any(:domainIds::uuid[]) returning 1)
   select count(*)::int as pages from gone`,
  { pages: "int4" },
);

const withoutDomains = defineStatement(
  "delete from domains where tenant_id = :tenantId::uuid and id = any(:domainIds::uuid[])",
);

/** Removes domains of a tenant with their pages, contacts and leads. Their jobs stay, as lines of the tenant's own lists. */
export async function removeDomains(
  tx: Tx,
  tenantId: string,
  domainIds: readonly string[],
): Promise<Record<string, number>> {
  if (domainIds.length === 0) return {};
  await executeRawSql(tx, jobsHeld, { domainIds });
  await executeRawSql(tx, withoutFindings, { domainIds });
  await executeRawSql(tx, jobsNoted, { tenantId, domainIds });
  await executeRawSql(tx, withoutSitemaps, { domainIds });
  const gone = await executeRawSqlOne(tx, withoutPages, { domainIds });
  await executeRawSql(tx, withoutDomains, { tenantId, domainIds });
  return { domains: domainIds.length, pages: gone?.pages ?? 0 };
}
