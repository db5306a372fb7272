import { readElementsInSlices, runSteps, type SortedEntry } from "@scrapersky/api/intake";

/** The api takes 5 MiB; what goes along with a list fits into the rest. */
const LIST_BYTES_MAX = 5_000_000;

const bytesOf = (entries: readonly string[]): number =>
  new TextEncoder().encode(JSON.stringify(entries)).byteLength;

const namesOf = (entries: readonly SortedEntry[]): string[] =>
  entries.map(({ domain, input }) => domain ?? input);

/** Whether even the names are more than the server takes at once. */
export const isTooLarge = (entries: readonly SortedEntry[]): boolean =>
  bytesOf(namesOf(entries)) > LIST_BYTES_MAX;

/**
 * What the server is sent of these entries: each as it was written where the server, which takes a line by itself, reads
 * the same name from it, else the name; all as names where the list would be too large otherwise.
 */
export const chooseEntries = (entries: readonly SortedEntry[]): string[] => {
  const written = entries.map(({ input }) => input);
  const names = namesOf(entries);
  if (bytesOf(written) > LIST_BYTES_MAX) return names;
  const read = new Map<number, string | null>();
  for (const { line, entries: found } of runSteps(readElementsInSlices(written)).lines) {
    read.set(line, found.length === 1 ? (found[0]?.domain ?? null) : null);
  }
  return names.map((name, at) => (read.get(at + 1) === name ? (written[at] ?? name) : name));
};
