import { readElementsInSlices } from "../intake/read-list.ts";
import { sortLines, type SortedEntry } from "../intake/sort-lines.ts";
import { runStepsInTurn } from "../intake/steps.ts";

/** The entries of what a program sends. Other requests have their turn meanwhile; no transaction waits for it. */
export async function readElements(elements: readonly string[]): Promise<SortedEntry[]> {
  const { lines } = await runStepsInTurn(readElementsInSlices(elements));
  return sortLines(lines);
}
