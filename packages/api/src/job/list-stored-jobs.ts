import { jobs, scrapeJobs } from "@scrapersky/db/schema";
import { and, eq, inArray, sql } from "drizzle-orm";
import { namedBatch } from "../batch/find-batch-id.ts";
import { hasNoRemovedBatch } from "../batch/is-removed.ts";
import { defineList } from "../list/define-list.ts";
import { descending } from "../list/list-rows.ts";
import type { FindWays } from "../list/ways.ts";
import { walkNumbers } from "./job-ways.ts";
import { STORED_JOB_LIST } from "./stored-job-list.contract.ts";
import { STORED_COLUMNS, toStoredJob } from "./stored-job.ts";

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
