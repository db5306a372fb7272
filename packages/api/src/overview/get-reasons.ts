import { certain, defineStatement, executeRawSql, type Reader, typed } from "@scrapersky/db";
import type { BatchStatus } from "../status.ts";
import { isNotRemoved } from "../batch/is-removed.ts";
import { sentenceOf } from "../job/failure-sentences.ts";
import { INVALID_DOMAIN } from "../wire.contract.ts";
import { type OverviewReason, REASON_BATCHES_MAX, WEEK_DAYS } from "./overview.contract.ts";

/** A batch that was cancelled does not run again. */
const CANCELLED = "cancelled" satisfies BatchStatus;

// Each batch costs a look into its part of the index of failed jobs.
const reasons = defineStatement(
  `select code, sum(count)::int as count,
     to_jsonb((array_agg(jsonb_build_object('batchId', batch_id, 'count', count) order by number desc))[:${REASON_BATCHES_MAX}]) as batches
   from (
     select b.batch_id, b.id as number from batch_jobs b
     where b.tenant_id = :tenantId::uuid and b.created_at > timezone('utc', now()) - interval '${WEEK_DAYS} days'
       and b.failed_domains > 0 and ${isNotRemoved("b.batch_id")} and b.status <> '${CANCELLED}'
   ) recent
   cross join lateral (
     select s.error_code as code, count(*)::int as count from app.scrape_jobs s
     where s.batch_id = recent.batch_id and s.error_code is not null group by s.error_code
   ) of_batch
   group by code order by count desc, code`,
  {
    code: certain("text"),
    count: "int4",
    batches: certain(typed<OverviewReason["batches"]>("jsonb")),
  },
);

/** Why jobs of the last days failed, the most frequent reason first. */
export async function getReasons(reader: Reader, tenantId: string): Promise<OverviewReason[]> {
  const rows = await executeRawSql(reader, reasons, { tenantId });
  return rows.map((row) => ({
    ...row,
    message: sentenceOf(row.code),
    canRunAgain: row.code !== INVALID_DOMAIN,
  }));
}
