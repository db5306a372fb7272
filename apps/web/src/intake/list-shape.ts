import type { NameColumn, ReadList, SortedEntry } from "@scrapersky/api/intake";

export type Kind = SortedEntry["kind"];

/** What somebody wrote in the place of a refused entry of a file; an empty `to` drops it. */
export interface Mend {
  line: number;
  from: string;
  to: string;
}

/** A file that a list is made of. Its content stays in the worker and in the browser's database. */
export interface ListFile {
  id: string;
  name: string;
  bytes: number;
  /** The column that was chosen for names; null where the reader found it. */
  column: number | null;
  mends: Mend[];
}

/** For which domains that were scanned lately the last scan is used: all, or none, but for some. */
export interface Reuse {
  all: boolean;
  but: string[];
}

/** A list as its person left it: what stands in the field, and the files beside it. */
export interface ListRequest {
  text: string;
  /** The column that was chosen for names in the field's text. */
  column: number | null;
  files: ListFile[];
  reuse: Reuse;
}

/** What the reader made of the field's text or of one file. */
export interface PartFacts {
  /** Null for the field's text. */
  id: string | null;
  /** Lines that are neither blank nor a header. */
  lines: number;
  columns: string[];
  nameColumn: NameColumn | null;
  choices: { index: number; holds: "names" | "emails" }[];
  /** Of a workbook, which sheet was read and how many others there are. */
  sheet: { name: string; others: number } | null;
  /** How much was left out: columns, shortened cells, and everything after a line of a list too long. */
  cut: ReadList["cut"];
  /** True when the browser keeps the file no longer. */
  missing: boolean;
}

/** The list in numbers. The rows stay in the worker, which gives those that are looked at. */
export interface ListSummary {
  counts: Record<Kind, number>;
  /** Domains that will be visited. */
  running: number;
  /** Domains scanned lately whose last scan is used instead. */
  reused: number;
  /** What was cleaned away, the most frequent first; one line for the whole list. */
  fixes: string;
  parts: PartFacts[];
  /** True when the list goes with its columns, doubles and refused lines; false when it is so large that only names go. */
  whole: boolean;
  /** True when even the names are more than the server takes at once. */
  tooLarge: boolean;
}

/** One entry of the list as its row shows it. */
export interface ListRow {
  /** Same for the same entry while its part does not change. */
  key: string;
  /** The file it stands in; null for the field's text. */
  fileId: string | null;
  /** Its name, where the list has more parts than one. */
  file: string | null;
  line: number;
  input: string;
  domain: string | null;
  note: string | null;
  reason: string | null;
  /** Of a duplicate, where the name stood first. */
  of: { file: string | null; line: number } | null;
  lastScanAt: string | null;
  /** The first of its other cells, to know the line by. */
  beside: string;
}

export const NO_LIST: ListSummary = {
  counts: { valid: 0, fixed: 0, recent: 0, duplicate: 0, invalid: 0 },
  running: 0,
  reused: 0,
  fixes: "",
  parts: [],
  whole: true,
  tooLarge: false,
};
