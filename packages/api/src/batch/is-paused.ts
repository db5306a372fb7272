import { defineStatement, executeRawSqlOne, type Tx } from "@scrapersky/db";
import { WINDOW } from "./batch-window.state.ts";

/** SQL: the condition that a batch is paused, by the SQL of its id. */
export const isPaused = (batchId: string): string =>
  `exists (select from app.batch_windows w where w.batch_id = ${batchId} and ${WINDOW.is("paused", "w.state")})`;

const standing = defineStatement(
  `select ${isPaused("batch.id")} as is_paused from (values (:batchId::uuid)) batch (id)`,
  { is_paused: "bool" },
);

/** Whether the batch is paused; certain while its lock is held. */
export async function findPaused(tx: Tx, batchId: string): Promise<boolean> {
  return (await executeRawSqlOne(tx, standing, { batchId }))?.is_paused === true;
}
