/** Which lines of a batch another one is made of. */
export type DraftOf = "all" | "failed";

/** Where a new batch is made from the list of another one, below the tenant. */
export const newBatchFrom = (batchId: string, only: DraftOf): string =>
  `/batches/new?from=${batchId}${only === "failed" ? "&only=failed" : ""}`;
