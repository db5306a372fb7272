import type { SortedEntry } from "@scrapersky/api/intake";

/** The entries of a pasted list by what will become of them. */
export interface LineGroups {
  valid: SortedEntry[];
  fixed: SortedEntry[];
  duplicate: SortedEntry[];
  invalid: SortedEntry[];
  /**
   * What is sent: one entry per distinct domain, in the order of the list, as it was written. An entry with a separator
   * in its path goes as the name it means, as the server takes one name an entry; all do where the list would be too
   * large otherwise.
   */
  toRun: string[];
  /** True when even the names are more than the server takes at once. */
  tooLarge: boolean;
}

export const NO_LINES: LineGroups = {
  valid: [],
  fixed: [],
  duplicate: [],
  invalid: [],
  toRun: [],
  tooLarge: false,
};

/** The api takes 5 MiB; what goes along with a list fits into the rest. */
const LIST_BYTES_MAX = 5_000_000;

const isTooLarge = (entries: string[]): boolean =>
  new TextEncoder().encode(JSON.stringify(entries)).byteLength > LIST_BYTES_MAX;

export const groupLines = (lines: SortedEntry[]): LineGroups => {
  const {
    valid = [],
    fixed = [],
    duplicate = [],
    invalid = [],
  } = Object.groupBy(lines, ({ kind }) => kind);
  const runnable = lines.filter(({ kind }) => kind === "valid" || kind === "fixed");
  const written = runnable.map(({ input, domain }) =>
    /[,;\s]/.test(input) ? (domain ?? input) : input,
  );
  const toRun = isTooLarge(written)
    ? runnable.map(({ input, domain }) => domain ?? input)
    : written;
  return { valid, fixed, duplicate, invalid, toRun, tooLarge: isTooLarge(toRun) };
};

const LINE = /\r\n|[\n\r\u2028\u2029\u0085]/;

/** The text with one entry of one line replaced; an empty replacement drops the entry, and its line when nothing is left. */
export const replaceEntry = (text: string, line: number, from: string, to: string): string => {
  const lines = text.split(LINE);
  const index = line - 1;
  const before = lines[index];
  if (before === undefined || !before.includes(from)) return text;
  const after = before.replace(from, () => to);
  if (after.trim() === "") lines.splice(index, 1);
  else lines[index] = after;
  return lines.join("\n");
};
