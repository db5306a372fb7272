import { batchJobs, batchRemovals } from "@scrapersky/db/schema";
import { type SQL, sql, type SQLWrapper } from "drizzle-orm";

// An array that is read once: the planner takes the condition for one that nearly all rows meet, as they do.
const REMOVED = sql`array(select ${batchRemovals.batchId} from ${batchRemovals})`;

/** The condition that the batch of a row was not deleted, or that the row has none. */
export const hasNoRemovedBatch = (batchId: SQLWrapper): SQL =>
  sql`(${batchId} is null or ${batchId} <> all(${REMOVED}))`;

/** The condition that a row of `batch_jobs` was not deleted. */
export const IS_NOT_REMOVED = sql`${batchJobs.batchId} <> all(${REMOVED})`;

/** SQL: the condition that a batch was not deleted, by the SQL of its id. */
export const isNotRemoved = (batchId: string): string =>
  `not exists (select from app.batch_removals removal where removal.batch_id = ${batchId})`;
