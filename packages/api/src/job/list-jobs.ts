import type { Reader } from "@scrapersky/db";
import { batchJobs, jobs, leads, scrapeJobs } from "@scrapersky/db/schema";
import { and, eq, inArray, sql } from "drizzle-orm";
import { namedBatch } from "../batch/find-batch-id.ts";
import { hasNoRemovedBatch } from "../batch/is-removed.ts";
import { defineList } from "../list/define-list.ts";
import { ascending, descending, type ListRows, moving } from "../list/list-rows.ts";
import type { ContactReader } from "../rbac/contact-reader.ts";
import type { Job } from "./job.contract.ts";
import { JOB_LIST } from "./job-list.contract.ts";
import {
  findJobWays,
  IS_LINE_OF,
  isJobSearched,
  isJobSince,
  isOfBatchesBy,
  MOVING_RANK,
} from "./job-ways.ts";
import { JOB_CELLS, JOB_COLUMNS, LEAD_OF, toJob } from "./job-row.ts";
import { HIDDEN_LINE } from "./told-line.ts";
import { INVALID_DOMAIN } from "../wire.contract.ts";

const isSite = sql`${scrapeJobs.errorCode} is distinct from ${INVALID_DOMAIN}`;

const JOB_ROWS: ListRows<typeof JOB_LIST> = {
  tenant: (tenantId) =>
    sql`${eq(jobs.tenantIdUuid, tenantId)} and ${hasNoRemovedBatch(jobs.batchId)}`,
  id: jobs.id,
  from: (select) => select.from(jobs).innerJoin(scrapeJobs, IS_LINE_OF),
  where: {
    status: (statuses) => inArray(jobs.status, statuses),
    errorCode: (codes) => inArray(scrapeJobs.errorCode, codes),
    batchId: (name, tenantId) => {
      const batchId = namedBatch(tenantId, name);
      return and(eq(jobs.batchId, batchId), eq(scrapeJobs.batchId, batchId));
    },
    createdSince: isJobSince,
    createdBy: isOfBatchesBy,
    q: isJobSearched,
  },
  // Numbers are in the order of the lines of a batch.
  orders: {
    newest: { ...descending(jobs.id), twins: [scrapeJobs.number], tenantKey: jobs.tenantIdUuid },
    moving: moving(descending(MOVING_RANK, jobs.id)),
    batch: { ...ascending(jobs.id), twins: [scrapeJobs.number] },
  },
  // The text of a refused line may be anybody's.
  found: { q: isSite },
  ways: findJobWays,
};

/** What the list tells of these jobs of a tenant, by their ids; those that are not there are missing. */
export async function readJobs(
  reader: Reader,
  { tenantId, ...rights }: ContactReader,
  jobIds: readonly string[],
): Promise<Map<string, Job>> {
  if (jobIds.length === 0) return new Map();
  const rows = await reader
    .select(JOB_COLUMNS)
    .from(jobs)
    .innerJoin(scrapeJobs, IS_LINE_OF)
    .leftJoin(batchJobs, eq(batchJobs.batchId, jobs.batchId))
    .leftJoin(leads, LEAD_OF)
    .where(
      and(
        eq(jobs.tenantIdUuid, tenantId),
        hasNoRemovedBatch(jobs.batchId),
        inArray(jobs.jobId, [...jobIds]),
      ),
    );
  return new Map(rows.map((row) => [row.jobId, toJob(row, rights)]));
}

export const listJobs = defineList(JOB_LIST, {
  rows: JOB_ROWS,
  read: ({ reader, page, place }) =>
    reader
      .select({ ...place, ...JOB_COLUMNS })
      .from(page)
      .innerJoin(jobs, eq(jobs.id, page.id))
      .innerJoin(scrapeJobs, IS_LINE_OF)
      .leftJoin(batchJobs, eq(batchJobs.batchId, jobs.batchId))
      .leftJoin(leads, LEAD_OF),
  toItem: toJob,
  facets: { status: jobs.status, errorCode: scrapeJobs.errorCode },
  cells: {
    came: jobs.createdAt,
    join: (select) => select.leftJoin(batchJobs, eq(batchJobs.batchId, jobs.batchId)),
    columns: JOB_CELLS,
    hidden: { domain: sql`case when ${isSite} then ${scrapeJobs.domain} else ${HIDDEN_LINE} end` },
  },
});
