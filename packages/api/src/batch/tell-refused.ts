import { groupLines, type SortedEntry } from "../intake/sort-lines.ts";
import { type BatchCreated, type ListCut, TOLD_LINES_MAX } from "./batch.contract.ts";

/** What creating says of the lines that became no job to scrape, how many and the first of them, and of what was cut. */
export function tellRefused(
  entries: readonly SortedEntry[],
  cut: ListCut | undefined,
): Pick<BatchCreated, "duplicates" | "doubled" | "invalidCount" | "invalid" | "cut"> {
  const { duplicates, invalid } = groupLines(entries);
  return {
    duplicates: duplicates.length,
    doubled: duplicates.slice(0, TOLD_LINES_MAX),
    invalidCount: invalid.length,
    invalid: invalid.slice(0, TOLD_LINES_MAX),
    ...(cut === undefined ? {} : { cut }),
  };
}
