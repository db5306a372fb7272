import {
  readElementsInSlices,
  readListInSlices,
  runSteps,
  sortLines,
  type SortedEntry,
} from "@scrapersky/api/intake";
import { mergeParts } from "./merge-parts.ts";
import type { Part } from "./part-reader.ts";
import type { GivenRow } from "./read-list-file.ts";

/** A list in the form in which the server is given it. */
export type SentList = (
  | { domains: string[] }
  | { text: string; column?: number }
  | { rows: GivenRow[]; column?: number }
) & { fileName?: string; reuse?: string[] };

/** The api takes 20 MiB; what goes along with a list fits into the rest. */
const LIST_BYTES_MAX = 20_000_000;
/** The contract's, which would bring its schemas along. */
const LINES_MAX = 100_000;
const FILE_NAME_LENGTH_MAX = 255;
/** No character takes more bytes. */
const BYTES_OF_CHARACTER = 6;

const fits = (list: unknown): boolean =>
  new TextEncoder().encode(JSON.stringify(list)).byteLength <= LIST_BYTES_MAX;

/** Whether names alone are more than the server takes at once. */
export const areTooLarge = (entries: readonly SortedEntry[]): boolean =>
  !fits(entries.map(({ domain }) => domain));

/** Whether the list can go as it is, with its columns, its doubles and what is refused. */
export const canGoWhole = (parts: readonly Part[], order: readonly SortedEntry[]): boolean =>
  parts.reduce((sum, { lines }) => sum + lines.length, 0) <= LINES_MAX &&
  order.filter(({ kind }) => kind !== "duplicate").length <= LINES_MAX &&
  parts.reduce((sum, part) => sum + sizeOf(part), 0) <= LIST_BYTES_MAX;

/** In bytes, as JSON, at least so many. */
function sizeOf({ content, list, lines }: Part): number {
  if (list === undefined) return 0;
  if (typeof content?.rows === "string") {
    return content.rows.length * BYTES_OF_CHARACTER <= LIST_BYTES_MAX / 2
      ? content.rows.length
      : new TextEncoder().encode(JSON.stringify(content.rows)).byteLength;
  }
  return lines.reduce((sum, { cells }) => sum + cells.join('","').length + 4, 0);
}

/** As its person gave it; undefined where that is not what the page shows. */
function asGiven({ file, content, list }: Part, column: number | null): SentList | undefined {
  if (content === undefined || list === undefined || (file?.mends.length ?? 0) > 0)
    return undefined;
  const chosen = column === null ? {} : { column };
  return typeof content.rows === "string"
    ? { text: content.rows, ...chosen }
    : { rows: content.rows, ...chosen };
}

/** The rows of all parts together, where the server reads the same from them. */
function merged(parts: readonly Part[], order: readonly SortedEntry[]): SentList | undefined {
  const { rows, column } = mergeParts(parts);
  const read = sortLines(runSteps(readListInSlices(rows, { column })).lines);
  const isSame =
    read.length === order.length && read.every(({ domain }, at) => domain === order[at]?.domain);
  return isSame ? { rows, ...(column === null ? {} : { column }) } : undefined;
}

/**
 * Each entry as it was written where the server, which takes a line by itself, reads the same name from it, else the name;
 * all as names where the list would be too large otherwise.
 */
function asNames(entries: readonly SortedEntry[]): SentList {
  const names = entries.map(({ domain, input }) => domain ?? input);
  const written = entries.map(({ input }) => input);
  if (!fits(written)) return { domains: names };
  const read = new Map<number, string | null>();
  for (const { line, entries: found } of runSteps(readElementsInSlices(written)).lines) {
    read.set(line, found.length === 1 ? (found[0]?.domain ?? null) : null);
  }
  return {
    domains: names.map((name, at) => (read.get(at + 1) === name ? (written[at] ?? name) : name)),
  };
}

/**
 * What the server is sent to create the batch: the whole list where it fits, else one name a domain that will run.
 * @param column that was chosen for the field's text
 */
export const listToSend = (list: {
  parts: readonly Part[];
  column: number | null;
  order: readonly SortedEntry[];
  running: readonly SortedEntry[];
  reused: readonly string[];
}): SentList => {
  const { parts, column, order, running, reused } = list;
  const [first] = parts;
  const whole =
    first === undefined || !canGoWhole(parts, order)
      ? undefined
      : ((parts.length === 1 ? asGiven(first, first.file?.column ?? column) : undefined) ??
        merged(parts, order));
  if (whole === undefined || !fits(whole)) return asNames(running);
  const name = parts.find(({ file }) => file !== null)?.file?.name.slice(0, FILE_NAME_LENGTH_MAX);
  return {
    ...whole,
    ...(name === undefined ? {} : { fileName: name }),
    ...(reused.length === 0 ? {} : { reuse: [...reused] }),
  };
};
