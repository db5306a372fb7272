import type { BatchListInput, JobListInput } from "@scrapersky/api/contract";

export const RUNNING_INPUT: BatchListInput = { limit: 5, status: ["running", "pending"] };
export const RECENT_INPUT: BatchListInput = {
  limit: 8,
  status: ["complete", "partial", "failed", "cancelled"],
};
export const FAILED_INPUT: JobListInput = { limit: 8, order: "newest", status: ["failed"] };
