import { BATCH } from "./batch.state.ts";
import { WINDOW } from "./batch-window.state.ts";

/** SQL: the condition that a batch was cancelled and the rows of its jobs follow, by the SQL of its id. */
const isCancelling = (batchId: string): string =>
  `exists (select from app.batch_windows w where w.batch_id = ${batchId} and ${WINDOW.is("cancelling", "w.state")})`;

/** SQL: the condition that nothing of a batch may run, by the SQL of its id: it is paused, or cancelling. */
export const isKeptBack = (batchId: string): string =>
  `exists (select from app.batch_windows w where w.batch_id = ${batchId} and ${WINDOW.is(["paused", "cancelling"], "w.state")})`;

/** SQL: the state of a batch for whoever acts on it, by the name of its row. One that is cancelling is cancelled for them. */
export const actedState = (batch: string): string =>
  `case when ${BATCH.is(BATCH.open, `${batch}.status`)} and ${isCancelling(`${batch}.batch_id`)}
     then ${BATCH.to("cancel")} else ${batch}.status end`;
