import { z } from "zod";
import { boundedList } from "../bounded-list.contract.ts";
import { againOverrides } from "../job/job.contract.ts";
import { ERROR_CODE_LENGTH_MAX } from "../wire.contract.ts";
import { batchIdInput, type BatchProgress } from "./batch.contract.ts";

/** Reasons that one call may name. */
export const ERROR_CODES_MAX = 50;

export const batchRetryInput = batchIdInput.extend({
  /** Codes of the failures that are tried again; all when left out. */
  errorCodes: boundedList(z.string().min(1).max(ERROR_CODE_LENGTH_MAX), {
    max: ERROR_CODES_MAX,
  }).optional(),
  overrides: againOverrides.optional(),
});
export type BatchRetryInput = z.output<typeof batchRetryInput>;

export interface BatchRetried {
  /** Jobs that run again by this call. */
  retried: number;
  batch: BatchProgress;
}
