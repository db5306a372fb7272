import { defineStatement, executeRawSqlOne, type Reader } from "@scrapersky/db";
import { type ScanPace, USUAL_PACE } from "../intake/estimate-batch.ts";
import { MAX_CONCURRENT_DEFAULT } from "./batch.contract.ts";
import { BATCH } from "./batch.state.ts";

const BATCHES_LOOKED_AT = 20;
/** Fewer say nothing of the next list. */
const DOMAINS_MIN = 20;

/** Of batches that ran to their end: a place of one is a domain visited at a time. */
const lately = defineStatement(
  `select coalesce(sum(completed), 0)::int as domains, coalesce(sum(pages), 0)::int as pages,
     coalesce(sum(seconds * places), 0)::float8 as place_seconds
   from (
     select status, coalesce(completed_domains, 0) as completed, coalesce((batch_metadata->>'pages')::int, 0) as pages,
       extract(epoch from end_time - start_time) as seconds,
       least(coalesce((options->>'max_concurrent')::int, ${MAX_CONCURRENT_DEFAULT}), total_domains) as places
     from batch_jobs where tenant_id = :tenantId::uuid order by created_at desc, id desc limit ${BATCHES_LOOKED_AT}
   ) batch
   where ${BATCH.is("complete", "status")} or ${BATCH.is("partial", "status")}`,
  { domains: "int4", pages: "int4", place_seconds: "float8" },
);

/** How the tenant's last batches went; `USUAL_PACE` while they say too little. One step into the index on its batches. */
export async function findScanPace(reader: Reader, tenantId: string): Promise<ScanPace> {
  const row = await executeRawSqlOne(reader, lately, { tenantId });
  if (!row || row.domains < DOMAINS_MIN || row.pages === 0 || row.place_seconds <= 0)
    return USUAL_PACE;
  return {
    pagesPerDomain: row.pages / row.domains,
    secondsPerPage: row.place_seconds / row.pages,
  };
}
