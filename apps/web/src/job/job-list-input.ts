import type { JobListInput, JobStatus } from "@scrapersky/api/contract";
import { readChoices, readText } from "#list/address-values.ts";

export const JOB_STATUS_CHOICES = [
  "running",
  "pending",
  "failed",
  "complete",
  "cancelled",
] as const satisfies readonly JobStatus[];

const CURSOR_LENGTH_MAX = 500;
const ID_LENGTH_MAX = 255;
const CODE_LENGTH_MAX = 60;
const DOMAIN_LENGTH_MAX = 253;
const LIMIT = 50;

/** The question an address of a jobs list asks; inside a batch in the order of its lines, elsewhere newest first. */
export const jobListInputOf = (params: URLSearchParams, batchId?: string): JobListInput => {
  const status = readChoices(params, "status", JOB_STATUS_CHOICES);
  const code = readText(params, "error", CODE_LENGTH_MAX);
  return {
    limit: LIMIT,
    order: batchId === undefined ? "newest" : "batch",
    batchId: batchId ?? readText(params, "batch", ID_LENGTH_MAX),
    ...(status.length === 0 ? {} : { status }),
    ...(code === undefined ? {} : { errorCode: [code] }),
    q: readText(params, "q", DOMAIN_LENGTH_MAX),
    cursor: readText(params, "cursor", CURSOR_LENGTH_MAX),
  };
};

/** Whether anything narrows the list. */
export const isFiltered = ({ status, errorCode, q }: JobListInput): boolean =>
  status !== undefined || errorCode !== undefined || q !== undefined;
