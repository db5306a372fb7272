/**
 * Lists of web sites as people have them, read into lines and names. Runs in browsers and on the server alike: the
 * preview of a new batch and its creation are the same code.
 */
export { cleanDomainName, type CleanedDomain } from "../domain/domain-name.ts";
export { decodeList } from "./decode-list.ts";
export { type BatchEstimate, estimateBatch, type ScanPace, USUAL_PACE } from "./estimate-batch.ts";
export { INPUT_LENGTH_MAX, type ListEntry } from "./find-names.ts";
export {
  CELL_LENGTH_MAX,
  COLUMNS_MAX,
  LIST_LINES_MAX,
  type ListLine,
  type ReadList,
} from "./list-reading.ts";
export { readElementsInSlices, readList, readListInSlices, type ListRow } from "./read-list.ts";
export { groupLines, sortLines, type SortedEntry, type SortedLines } from "./sort-lines.ts";
export { runSteps, runStepsInTurn, type Steps } from "./steps.ts";
export type { NameColumn } from "./table-plan.ts";
