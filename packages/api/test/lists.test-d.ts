import { batchJobs, jobs, scrapeJobs } from "@scrapersky/db/schema";
import { eq, inArray, sql } from "drizzle-orm";
import { BATCH_LIST, type BatchStatus, JOB_LIST, type JobStatus } from "../src/contract.ts";
import { JOB_CELLS } from "../src/job/job-row.ts";
import { defineList } from "../src/list/define-list.ts";
import type { AnyList, Choices } from "../src/list/list.contract.ts";
import { descending, type ListCells, type ListRows } from "../src/list/list-rows.ts";

// What the compiler asks of whoever adds or changes a list. Compiled with the sources, never run.

type WordsOf<F extends Choices> = F["words"][number];
type Same<A, B> = [A, B] extends [B, A] ? true : { left: Exclude<A, B>; unknown: Exclude<B, A> };

/** Pages offer every state that there is. */
export const offered: [
  Same<BatchStatus, WordsOf<(typeof BATCH_LIST)["filters"]["status"]>>,
  Same<JobStatus, WordsOf<(typeof JOB_LIST)["filters"]["status"]>>,
] = [true, true];

// @ts-expect-error there is no such right
export const rightless = { ...JOB_LIST, permission: "jobs:all" } satisfies AnyList;

const where: ListRows<typeof JOB_LIST>["where"] = {
  status: (statuses) => inArray(jobs.status, statuses),
  errorCode: (codes) => inArray(scrapeJobs.errorCode, codes),
  batchId: (batchId) => eq(jobs.batchId, batchId),
  createdSince: () => sql`true`,
  createdBy: () => sql`true`,
  q: (prefix) => sql`${scrapeJobs.domain} ^@ ${prefix}`,
};
const { q: _q, ...withoutSearch } = where;
const newest = descending(jobs.id);
const orders = { newest, moving: newest, batch: newest };

/** Of every list. */
const of = {
  tenant: jobs.tenantIdUuid,
  id: jobs.id,
  from: ((select) => select.from(jobs)) as ListRows<typeof JOB_LIST>["from"],
};
const toItem = (row: { total: number; batchId: string }) => row;

export const good: ListRows<typeof JOB_LIST> = { ...of, where, orders };
// @ts-expect-error a filter has no condition
export const missing: ListRows<typeof JOB_LIST> = { ...of, where: withoutSearch, orders };
export const unknown: ListRows<typeof JOB_LIST> = {
  ...of,
  orders,
  // @ts-expect-error a condition of no filter
  where: { ...where, status: where.status, colour: () => sql`true` },
};
export const other: ListRows<typeof JOB_LIST> = {
  ...of,
  orders,
  // @ts-expect-error what the filter is asked by is a list of words
  where: { ...where, status: (status: string) => eq(jobs.status, status) },
};
export const unordered: ListRows<typeof JOB_LIST> = {
  ...of,
  where,
  // @ts-expect-error an order has no keys
  orders: { newest: orders.newest },
};
// @ts-expect-error the tenant of the rows is not said
export const ownerless: ListRows<typeof JOB_LIST> = { id: of.id, from: of.from, where, orders };

const cells: ListCells<typeof JOB_LIST> = { came: jobs.createdAt, columns: JOB_CELLS };
const { error: _error, ...withoutError } = JOB_CELLS;
// @ts-expect-error a column of the contract has no value
export const untold: ListCells<typeof JOB_LIST> = { ...cells, columns: withoutError };

export const unsure = defineList(JOB_LIST, {
  rows: good,
  cells,
  read: ({ reader, page, place }) =>
    // @ts-expect-error a batch need not be there, so neither need its columns
    reader
      .select({ ...place, total: sql<number>`1`, batchId: batchJobs.batchId })
      .from(page)
      .innerJoin(jobs, eq(jobs.id, page.id))
      .leftJoin(batchJobs, eq(batchJobs.batchId, jobs.batchId)),
  toItem,
});
export const unplaced = defineList(JOB_LIST, {
  rows: good,
  cells,
  read: ({ reader, page }) =>
    // @ts-expect-error the place of a row is not read
    reader
      .select({ total: sql<number>`1`, batchId: batchJobs.batchId })
      .from(page)
      .innerJoin(jobs, eq(jobs.id, page.id))
      .innerJoin(batchJobs, eq(batchJobs.batchId, jobs.batchId)),
  toItem,
});

// @ts-expect-error a list with columns does not say what they hold
export const cellless = defineList(JOB_LIST, {
  rows: good,
  read: ({ reader, page, place }) =>
    reader
      .select({ ...place, total: sql<number>`1`, batchId: jobs.jobId })
      .from(page)
      .innerJoin(jobs, eq(jobs.id, page.id)),
  toItem,
});
