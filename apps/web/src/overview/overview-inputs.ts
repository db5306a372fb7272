import type { BatchStatus } from "@scrapersky/api/contract";
import type { BatchListInput, JobListInput } from "@scrapersky/api/lists";
import { isOver, OVER } from "#batch/is-over.ts";

const STATUSES = Object.keys(OVER) as BatchStatus[];

export const RUNNING_INPUT: BatchListInput = {
  limit: 5,
  status: STATUSES.filter((status) => !isOver(status)),
};
export const RECENT_INPUT: BatchListInput = { limit: 8, status: STATUSES.filter(isOver) };
export const FAILED_INPUT: JobListInput = { limit: 8, status: ["failed"] };
