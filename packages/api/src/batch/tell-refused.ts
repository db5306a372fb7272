import { groupLines, type SortedEntry } from "../intake/sort-lines.ts";
import { type BatchCreated, TOLD_LINES_MAX } from "./batch.contract.ts";

/** What creating says of the lines that became no job to scrape: how many, and the first of them. */
export function tellRefused(
  entries: readonly SortedEntry[],
): Pick<BatchCreated, "duplicates" | "doubled" | "invalidCount" | "invalid"> {
  const { duplicates, invalid } = groupLines(entries);
  return {
    duplicates: duplicates.length,
    doubled: duplicates.slice(0, TOLD_LINES_MAX),
    invalidCount: invalid.length,
    invalid: invalid.slice(0, TOLD_LINES_MAX),
  };
}
