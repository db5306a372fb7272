import { executeRawSql, type Reader } from "@scrapersky/db";
import { findBatchId } from "../batch/find-batch-id.ts";
import { DomainError } from "../errors/domain-error.ts";
import { readCursor, writeCursor } from "../list/cursor.ts";
import { pageOf } from "../list/page-of.ts";
import type { Page } from "../list.contract.ts";
import type { JobListInput, Job } from "./job.contract.ts";
import { JOB_COLUMNS, type JobRow, toJob } from "./job-row.ts";

/** Newest first over the whole tenant; the index on (tenant, created_at, id) gives the page. */
const NEWEST_FIRST = {
  rows: "jobs j join app.scrape_jobs s on s.job_id = j.job_id",
  within: "j.tenant_id_uuid = :tenantId::uuid",
  after: "(j.created_at, j.id) < (:afterTime::timestamp, :afterId::int)",
  order: "j.created_at desc, j.id desc",
};

/** A batch's lines from the top; the unique index on (batch, position) gives the page. */
const BATCH_ORDER = {
  rows: "app.scrape_jobs s join jobs j on j.job_id = s.job_id",
  within: "s.tenant_id = :tenantId::uuid",
  after: "s.position > :afterPosition::int",
  order: "s.position",
};

/**
 * The tenant's jobs. A batch of another tenant has none here.
 * @throws DomainError INVALID_INPUT for batch order without a batch, or a cursor of another list
 */
export async function listJobs(
  reader: Reader,
  tenantId: string,
  input: JobListInput,
): Promise<Page<Job>> {
  const inBatchOrder = input.order === "batch";
  if (inBatchOrder && input.batchId === undefined) {
    throw new DomainError("INVALID_INPUT", "The order of a batch needs a batch.", {
      fieldErrors: { batchId: 'is needed for order "batch"' },
    });
  }
  const batchId =
    input.batchId === undefined ? undefined : await findBatchId(reader, tenantId, input.batchId);
  if (batchId === undefined && input.batchId !== undefined) return { items: [], nextCursor: null };

  const { cursor, limit, ...filter } = input;
  const scope = ["jobs.list", tenantId, filter];
  const place =
    cursor === undefined
      ? undefined
      : readCursor(scope, cursor, inBatchOrder ? ["int"] : ["time", "int"]);
  const query = inBatchOrder ? BATCH_ORDER : NEWEST_FIRST;
  const conditions = [query.within];
  const params: Record<string, unknown> = { tenantId, limit: limit + 1 };
  const narrow = (condition: string, values: Record<string, unknown>): void => {
    conditions.push(condition);
    Object.assign(params, values);
  };
  if (place) {
    const [first, second] = place;
    narrow(
      query.after,
      inBatchOrder ? { afterPosition: first } : { afterTime: first, afterId: second },
    );
  }
  if (batchId !== undefined) {
    narrow(`${inBatchOrder ? "s" : "j"}.batch_id = :batchId::uuid`, { batchId });
  }
  if (input.status) narrow("j.status = any(:status::text[])", { status: input.status });
  if (input.errorCode)
    narrow("s.error_code = any(:errorCode::text[])", { errorCode: input.errorCode });
  if (input.q) narrow("s.domain like :prefix", { prefix: `${escapeLike(input.q.toLowerCase())}%` });

  // The page is chosen from narrow rows first: should the planner have to sort a batch, it sorts no wide ones.
  const rows = await executeRawSql<JobRow>(
    reader,
    `with page as materialized (
       select j.id from ${query.rows} where ${conditions.join(" and ")} order by ${query.order} limit :limit::int
     )
     select ${JOB_COLUMNS}
     from page join jobs j on j.id = page.id join app.scrape_jobs s on s.job_id = j.job_id
     left join batch_jobs b on b.batch_id = j.batch_id
     order by ${query.order}`,
    params,
  );
  return pageOf(rows, limit, toJob, (last) =>
    writeCursor(scope, inBatchOrder ? [last.position] : [last.created_at, last.id]),
  );
}

const escapeLike = (text: string): string => text.replace(/[\\%_]/g, "\\$&");
