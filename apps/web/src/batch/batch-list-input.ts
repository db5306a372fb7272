import type { BatchListInput, BatchStatus } from "@scrapersky/api/contract";
import { CURSOR_LENGTH_MAX, LIST_LIMIT_DEFAULT } from "@scrapersky/api/wire";
import { readChoices, readText } from "#list/address-values.ts";

export const BATCH_STATUS_CHOICES = [
  "running",
  "pending",
  "partial",
  "failed",
  "complete",
  "cancelled",
] as const satisfies readonly BatchStatus[];

/** The question an address of the batches list asks. Server and browser build it alike, so the first paint is the first answer. */
export const batchListInputOf = (params: URLSearchParams): BatchListInput => {
  const status = readChoices(params, "status", BATCH_STATUS_CHOICES);
  return {
    limit: LIST_LIMIT_DEFAULT,
    ...(status.length === 0 ? {} : { status }),
    cursor: readText(params, "cursor", CURSOR_LENGTH_MAX),
  };
};
