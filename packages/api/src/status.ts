/** The words every interface uses. Source of truth for the tables, tRPC, REST v3 and the pages. */
export const JOB_STATUSES = ["pending", "running", "complete", "failed", "cancelled"] as const;
export type JobStatus = (typeof JOB_STATUSES)[number];

export const BATCH_STATUSES = [
  "pending",
  "running",
  "complete",
  "partial",
  "failed",
  "cancelled",
] as const;
export type BatchStatus = (typeof BATCH_STATUSES)[number];

export const TERMINAL_BATCH_STATUSES = [
  "complete",
  "partial",
  "failed",
  "cancelled",
] as const satisfies readonly BatchStatus[];

export const isTerminalBatchStatus = (status: BatchStatus): boolean =>
  (TERMINAL_BATCH_STATUSES as readonly BatchStatus[]).includes(status);
