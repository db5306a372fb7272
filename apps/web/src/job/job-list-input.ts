import type { JobListInput, JobStatus } from "@scrapersky/api/contract";
import {
  CURSOR_LENGTH_MAX,
  DOMAIN_LENGTH_MAX,
  ERROR_CODE_LENGTH_MAX,
  BATCH_NAME_LENGTH_MAX,
  LIST_LIMIT_DEFAULT,
} from "@scrapersky/api/wire";
import { readChoices, readText } from "#list/address-values.ts";

export const JOB_STATUS_CHOICES = [
  "running",
  "pending",
  "failed",
  "complete",
  "cancelled",
] as const satisfies readonly JobStatus[];

/** The question an address of a jobs list asks; inside a batch in the order of its lines, elsewhere newest first. */
export const jobListInputOf = (params: URLSearchParams, batchId?: string): JobListInput => {
  const status = readChoices(params, "status", JOB_STATUS_CHOICES);
  const code = readText(params, "error", ERROR_CODE_LENGTH_MAX);
  return {
    limit: LIST_LIMIT_DEFAULT,
    order: batchId === undefined ? "newest" : "batch",
    batchId: batchId ?? readText(params, "batch", BATCH_NAME_LENGTH_MAX),
    ...(status.length === 0 ? {} : { status }),
    ...(code === undefined ? {} : { errorCode: [code] }),
    q: readText(params, "q", DOMAIN_LENGTH_MAX),
    cursor: readText(params, "cursor", CURSOR_LENGTH_MAX),
  };
};

/** Whether anything narrows the list. */
export const isFiltered = ({ status, errorCode, q }: JobListInput): boolean =>
  status !== undefined || errorCode !== undefined || q !== undefined;
