import { executeRawSql, type Reader } from "@scrapersky/db";
import { DomainError } from "../errors/domain-error.ts";
import { isUuid } from "../identifier.ts";
import { readCursor, writeCursor } from "../list/cursor.ts";
import type { Page } from "../list.contract.ts";
import type { JobListInput, JobRow } from "./job.contract.ts";
import { JOB_COLUMNS, type JobRecord, toJobRow } from "./job-row.ts";

const FILTERS = `
  (:status::text[] is null or j.status = any(:status::text[]))
  and (:errorCode::text[] is null or s.error_code = any(:errorCode::text[]))
  and (:prefix::text is null or s.domain like :prefix::text)`;

/** Newest first over the whole tenant; the index on (tenant, created_at, id) gives the page. */
const NEWEST_FIRST = `
  select ${JOB_COLUMNS}
  from jobs j join app.scrape_jobs s on s.job_id = j.job_id left join batch_jobs b on b.batch_id = j.batch_id
  where j.tenant_id_uuid = :tenantId::uuid and (:batchId::uuid is null or j.batch_id = :batchId::uuid)
    and ${FILTERS}
    and (:afterTime::timestamp is null or (j.created_at, j.id) < (:afterTime::timestamp, :afterId::int))
  order by j.created_at desc, j.id desc limit :limit::int`;

/** A batch's lines from the top; the unique index on (batch, position) gives the page. */
const BATCH_ORDER = `
  select ${JOB_COLUMNS}
  from app.scrape_jobs s join jobs j on j.job_id = s.job_id left join batch_jobs b on b.batch_id = s.batch_id
  where s.batch_id = :batchId::uuid and s.tenant_id = :tenantId::uuid
    and ${FILTERS}
    and (:afterPosition::int is null or s.position > :afterPosition::int)
  order by s.position limit :limit::int`;

/**
 * The tenant's jobs. A batch of another tenant has none here.
 * @throws DomainError INVALID_INPUT for batch order without a batch, or a cursor of another list
 */
export async function listJobs(
  reader: Reader,
  tenantId: string,
  input: JobListInput,
): Promise<Page<JobRow>> {
  const inBatchOrder = input.order === "batch";
  if (inBatchOrder && input.batchId === undefined) {
    throw new DomainError("INVALID_INPUT", "The order of a batch needs a batch.", {
      fieldErrors: { batchId: 'is needed for order "batch"' },
    });
  }
  if (input.batchId !== undefined && !isUuid(input.batchId)) return { items: [], nextCursor: null };

  const { cursor, limit, ...filter } = input;
  const scope = ["jobs.list", tenantId, filter];
  const place = cursor === undefined ? undefined : readCursor(scope, cursor, inBatchOrder ? 1 : 2);
  const params = {
    tenantId,
    batchId: input.batchId ?? null,
    status: input.status ?? null,
    errorCode: input.errorCode ?? null,
    prefix: input.q ? `${escapeLike(input.q.toLowerCase())}%` : null,
    limit: limit + 1,
  };
  const rows = inBatchOrder
    ? await executeRawSql<JobRecord>(reader, BATCH_ORDER, {
        ...params,
        afterPosition: place?.[0] ?? null,
      })
    : await executeRawSql<JobRecord>(reader, NEWEST_FIRST, {
        ...params,
        afterTime: place?.[0] ?? null,
        afterId: place?.[1] ?? null,
      });
  const items = rows.slice(0, limit);
  const last = rows.length > limit ? items.at(-1) : undefined;
  const keys = last && (inBatchOrder ? [last.position] : [last.created_at, last.id]);
  return { items: items.map(toJobRow), nextCursor: keys ? writeCursor(scope, keys) : null };
}

const escapeLike = (text: string): string => text.replace(/[\\%_]/g, "\\$&");
