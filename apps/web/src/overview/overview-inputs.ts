import { BATCH_LIST, type BatchListInput } from "@scrapersky/api/lists";
import { isOver } from "#batch/is-over.ts";

const { words } = BATCH_LIST.filters.status;

export const RUNNING_INPUT: BatchListInput = {
  limit: 5,
  status: words.filter((status) => !isOver(status)),
};
export const RECENT_INPUT: BatchListInput = { limit: 8, status: words.filter(isOver) };
