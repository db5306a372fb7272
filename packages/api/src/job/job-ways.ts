import { jobs, scrapeJobs } from "@scrapersky/db/schema";
import { and, eq, inArray, type SQL } from "drizzle-orm";
import { namedBatch } from "../batch/find-batch-id.ts";
import { beginsWith } from "../list/contains.ts";
import type { FilterValues } from "../list/list.contract.ts";
import type { FindWays, Gather, Walk } from "../list/ways.ts";
import type { JOB_LIST } from "./job-list.contract.ts";

type Batch = string | SQL | undefined;
type Filters = FilterValues<typeof JOB_LIST>;

/**
 * Newest first, ranges of the indexes on (tenant or batch, status, number) and (tenant or batch, error code, number); a
 * search takes the numbers of its jobs from the index by domain. In the order of a batch's lines, what few of them are is gathered.
 */
export const findJobWays: FindWays<typeof JOB_LIST> = ({ tenantId, filters, order }) => {
  const { status, errorCode, batchId, q } = filters;
  const batch = batchId === undefined ? undefined : namedBatch(tenantId, batchId);
  if (order === "batch" && batch !== undefined) {
    return { walk: walkLines(batch, filters), gather: gatherOfBatch(tenantId, batch, filters) };
  }
  return {
    walk:
      errorCode === undefined
        ? walkNumbers(tenantId, batch, status)
        : walkFailures(tenantId, batch, errorCode),
    gather: q ? gatherByName(tenantId, batch, q, !status && !errorCode) : undefined,
  };
};

const walkLines = (batch: string | SQL, { errorCode, q }: Filters): Walk => ({
  table: scrapeJobs,
  id: scrapeJobs.number,
  ranges: [eq(scrapeJobs.batchId, batch)],
  test: and(
    q ? beginsWith(scrapeJobs.domain, q.toLowerCase()) : undefined,
    errorCode && inArray(scrapeJobs.errorCode, errorCode),
  ),
});

/** Jobs in the order of their numbers. */
export function walkNumbers(tenantId: string, batch: Batch, statuses?: readonly string[]): Walk {
  const among = batch === undefined ? eq(jobs.tenantIdUuid, tenantId) : eq(jobs.batchId, batch);
  const ranges = statuses === undefined ? [among] : rangesOf(among, jobs.status, statuses);
  return { table: jobs, id: jobs.id, ranges };
}

function walkFailures(tenantId: string, batch: Batch, codes: readonly string[]): Walk {
  const { tenantId: tenant, batchId, errorCode, number } = scrapeJobs;
  const among = batch === undefined ? eq(tenant, tenantId) : eq(batchId, batch);
  return {
    table: scrapeJobs,
    id: number,
    keys: [number],
    ranges: rangesOf(among, errorCode, codes),
  };
}

const rangesOf = (
  among: SQL,
  column: typeof jobs.status | typeof scrapeJobs.errorCode,
  words: readonly string[],
): SQL[] => [...new Set(words)].flatMap((word) => and(among, eq(column, word)) ?? []);

function gatherOfBatch(
  tenantId: string,
  batch: string | SQL,
  { status, errorCode, q }: Filters,
): Gather | undefined {
  const { batchId, position, number } = scrapeJobs;
  if (errorCode !== undefined) {
    const where = and(eq(batchId, batch), inArray(scrapeJobs.errorCode, errorCode));
    return where && { table: scrapeJobs, id: number, keys: [position], where, whole: false };
  }
  if (q) return gatherByName(tenantId, batch, q, false);
  const where = status && and(eq(jobs.batchId, batch), inArray(jobs.status, status));
  return where && { table: jobs, id: jobs.id, where, whole: false };
}

function gatherByName(
  tenantId: string,
  batch: Batch,
  beginning: string,
  whole: boolean,
): Gather | undefined {
  const { number, domain } = scrapeJobs;
  const where = and(
    eq(scrapeJobs.tenantId, tenantId),
    beginsWith(domain, beginning.toLowerCase()),
    batch === undefined ? undefined : eq(scrapeJobs.batchId, batch),
  );
  return where && { table: scrapeJobs, id: number, keys: [number], where, whole };
}
