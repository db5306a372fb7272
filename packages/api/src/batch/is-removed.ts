import { batchJobs, batchRemovals } from "@scrapersky/db/schema";
import { type SQL, sql, type SQLWrapper } from "drizzle-orm";

const NO_BATCH = "00000000-0000-0000-0000-000000000000";

// An array that is read once. The planner supposes ten of an array it does not know, which of a table of three batches leaves
// nearly nothing, and sorts what an index has in order: of an expression it knows no values, and takes nearly all rows.
const isKept = (batchId: SQLWrapper): SQL =>
  sql`nullif(${batchId}, ${NO_BATCH}::uuid) <> all(array(select ${batchRemovals.batchId} from ${batchRemovals}))`;

/** The condition that the batch of a row was not deleted, or that the row has none. */
export const hasNoRemovedBatch = (batchId: SQLWrapper): SQL =>
  sql`(${batchId} is null or ${isKept(batchId)})`;

/** The condition that a row of `batch_jobs` was not deleted. */
export const IS_NOT_REMOVED = isKept(batchJobs.batchId);

/** SQL: the condition that a batch was not deleted, by the SQL of its id. */
export const isNotRemoved = (batchId: string): string =>
  `not exists (select from app.batch_removals removal where removal.batch_id = ${batchId})`;
