import type { Reader } from "@scrapersky/db";
import { jobs, scrapeJobs } from "@scrapersky/db/schema";
import { and, eq, inArray, sql } from "drizzle-orm";
import { namedBatch } from "../batch/find-batch-id.ts";
import { hasNoRemovedBatch } from "../batch/is-removed.ts";
import { defineList } from "../list/define-list.ts";
import { descending } from "../list/list-rows.ts";
import type { FindWays } from "../list/ways.ts";
import { walkNumbers } from "./job-ways.ts";
import { STORED_JOB_LIST } from "./stored-job-list.contract.ts";
import type { Rights } from "../list/list-rights.ts";
import { STORED_COLUMNS, type StoredJob, toStoredJob } from "./stored-job.ts";

/** Jobs of one kind are held to it one by one: nearly all are of one. */
const findStoredJobWays: FindWays<typeof STORED_JOB_LIST> = ({ tenantId, filters }) => ({
  walk: {
    ...walkNumbers(
      tenantId,
      filters.batchId === undefined ? undefined : namedBatch(tenantId, filters.batchId),
      filters.status,
    ),
    test: and(
      hasNoRemovedBatch(jobs.batchId),
      filters.jobType === undefined ? undefined : eq(jobs.jobType, filters.jobType),
    ),
    dense: true,
  },
});

/** What the list tells of these jobs of a tenant, by their uuids; those that are not there are missing. */
export async function readStoredJobs(
  reader: Reader,
  tenantId: string,
  jobIds: readonly string[],
  rights: Rights,
): Promise<Map<string, StoredJob>> {
  if (jobIds.length === 0) return new Map();
  const rows = await reader
    .select(STORED_COLUMNS)
    .from(jobs)
    .leftJoin(scrapeJobs, eq(scrapeJobs.jobId, jobs.jobId))
    .where(
      and(
        eq(jobs.tenantIdUuid, tenantId),
        hasNoRemovedBatch(jobs.batchId),
        inArray(jobs.jobId, [...jobIds]),
      ),
    );
  return new Map(rows.map((row) => [row.jobId, toStoredJob(row, rights)]));
}

/** Jobs of every kind as their table holds them. */
export const listStoredJobs = defineList(STORED_JOB_LIST, {
  rows: {
    tenant: (tenantId) =>
      sql`${eq(jobs.tenantIdUuid, tenantId)} and ${hasNoRemovedBatch(jobs.batchId)}`,
    id: jobs.id,
    from: (select) => select.from(jobs),
    where: {
      status: (statuses) => inArray(jobs.status, statuses),
      jobType: (jobType) => eq(jobs.jobType, jobType),
      batchId: (name, tenantId) => eq(jobs.batchId, namedBatch(tenantId, name)),
    },
    orders: { newest: descending(jobs.id) },
    ways: findStoredJobWays,
  },
  read: ({ reader, page, place }) =>
    reader
      .select({ ...place, ...STORED_COLUMNS })
      .from(page)
      .innerJoin(jobs, eq(jobs.id, page.id))
      .leftJoin(scrapeJobs, eq(scrapeJobs.jobId, jobs.jobId)),
  toItem: toStoredJob,
});
