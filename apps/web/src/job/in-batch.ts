import type { JOB_LIST } from "@scrapersky/api/lists";
import type { Fixed } from "#list/list-address.ts";

/** The jobs of one batch, in the order of its lines. */
export const inBatch = (batchId: string): Fixed<typeof JOB_LIST> => ({ batchId, order: "batch" });
