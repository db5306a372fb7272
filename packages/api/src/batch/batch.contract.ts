import { z } from "zod";
import { boundedList } from "../bounded-list.contract.ts";
import type { BatchEstimate, ScanPace } from "../intake/estimate-batch.ts";
import type { SortedLines } from "../intake/sort-lines.ts";
import type { BatchStatus, JobStatus } from "../status.ts";
import {
  BATCH_NAME_LENGTH_MAX,
  DOMAIN_LENGTH_MAX,
  LABEL_LENGTH_MAX,
  MAX_CONCURRENT_MAX,
  MAX_PAGES_MAX,
} from "../wire.contract.ts";

export const BATCH_DOMAINS_MAX = 100_000;
export const MAX_PAGES_DEFAULT = 50;
export const MAX_CONCURRENT_DEFAULT = 5;
export const LINE_LENGTH_MAX = 2000;
/** Lines of a list that a batch is made of, each with its columns. */
export const BATCH_LINES_MAX = 100_000;
export const FILE_NAME_LENGTH_MAX = 255;
/** Refused and doubled lines that the answer to a creation tells one by one, of each kind. */
export const TOLD_LINES_MAX = 1000;
export const IDEMPOTENCY_KEY_LENGTH_MAX = 255;

/** What a spreadsheet's cell can hold in JSON. */
type GivenCell = string | number | boolean | null;

/** A line, or the cells of one. */
export type GivenRow = string | GivenCell[];

const isCell = (value: unknown): value is GivenCell =>
  value === null || ["string", "number", "boolean"].includes(typeof value);

/** Whether rows are lines or cells; looks no further than the first that is neither. */
export const areRows = (value: unknown): value is GivenRow[] =>
  Array.isArray(value) &&
  value.every((row) => typeof row === "string" || (Array.isArray(row) && row.every(isCell)));

/** Columns behind the four hundredth are not looked at. */
export const COLUMN_INDEX_MAX = 399;

const given = {
  text: z.string().optional(),
  rows: z.custom<GivenRow[]>(areRows, "Rows are lines, or lists of cells.").optional(),
  /** Index of the column that names are read from; found by itself when left out. */
  column: z.number().int().min(0).max(COLUMN_INDEX_MAX).optional(),
};
const domains = boundedList(z.string().max(LINE_LENGTH_MAX), { max: BATCH_DOMAINS_MAX });
/** How a list is scanned. */
export const scanInput = {
  /** Pages fetched per domain at most, the home page included. */
  maxPages: z.number().int().min(1).max(MAX_PAGES_MAX).default(MAX_PAGES_DEFAULT),
  /** Domains of this batch scraped at the same time. */
  maxConcurrent: z.number().int().min(1).max(MAX_CONCURRENT_MAX).default(MAX_CONCURRENT_DEFAULT),
};
export const idempotencyKeyInput = z.string().min(1).max(IDEMPOTENCY_KEY_LENGTH_MAX).optional();

/** A list in one of three forms. */
export interface Given {
  /** One line each, as a person wrote it, and no header; cleaned and deduplicated by the server. */
  domains?: string[] | undefined;
  /** As a file or a clipboard holds it. */
  text?: string | undefined;
  /** Lines, or cells as a spreadsheet has them, the header among them. */
  rows?: GivenRow[] | undefined;
  column?: number | undefined;
}

const isOne = ({ domains: lines, text, rows }: Given): boolean =>
  [lines, text, rows].filter((one) => one !== undefined).length === 1;

const batchCreate = z
  .object({
    domains: domains.optional(),
    ...given,
    ...scanInput,
    /** Of the file that the list came from. */
    fileName: z.string().trim().max(FILE_NAME_LENGTH_MAX).optional(),
    /** Domains that are not scanned again: their lines are kept, and told with what the last scan found. */
    reuse: boundedList(z.string().max(DOMAIN_LENGTH_MAX), {
      min: 0,
      max: BATCH_DOMAINS_MAX,
    }).optional(),
    label: z.string().trim().max(LABEL_LENGTH_MAX).optional(),
    /** A list of more lines is refused: for doors that take fewer. */
    linesMax: z.number().int().min(1).max(BATCH_LINES_MAX).optional(),
    idempotencyKey: idempotencyKeyInput,
  })
  .refine(isOne, { message: "Give either domains, text or rows.", path: ["domains"] });
export type BatchCreateInput = z.output<typeof batchCreate>;

type OnlyOne<All> = {
  [Name in keyof All]: Record<Name, All[Name]> & Partial<Record<Exclude<keyof All, Name>, never>>;
}[keyof All];
/** What is called with: the list in one of its forms. */
type BatchCreateCall = Omit<z.input<typeof batchCreate>, keyof Given> &
  Pick<Given, "column"> &
  OnlyOne<{ domains: string[]; text: string; rows: GivenRow[] }>;
export const batchCreateInput: z.ZodType<BatchCreateInput, BatchCreateCall> =
  batchCreate as unknown as z.ZodType<BatchCreateInput, BatchCreateCall>;

const batchAppend = z
  .object({
    batchId: z.string().max(BATCH_NAME_LENGTH_MAX),
    domains: domains.optional(),
    ...given,
    idempotencyKey: idempotencyKeyInput,
  })
  .refine(isOne, { message: "Give either domains, text or rows.", path: ["domains"] });
export type BatchAppendInput = z.output<typeof batchAppend>;
export const batchAppendInput = batchAppend as unknown as z.ZodType<
  BatchAppendInput,
  Omit<BatchAppendInput, "domains" | "text" | "rows"> &
    OnlyOne<{ domains: string[]; text: string; rows: GivenRow[] }>
>;

/** Lines, and names in them, that are sorted in one call; larger lists are sorted by whoever holds them, with the same reader. */
export const VALIDATE_LINES_MAX = 10_000;

export const batchValidateInput = z
  .object({ ...given, ...scanInput })
  .refine(isOne, { message: "Give either text or rows.", path: ["text"] });
export type BatchValidateInput = z.infer<typeof batchValidateInput>;

/** A column of a list, in its order. */
export interface ListColumn {
  name: string;
  /** What could be read from it as names; null for another column. */
  holds: "names" | "emails" | null;
  /** How the column that was read was found; null for another column. */
  readBy: "header" | "content" | "email" | "choice" | null;
}

/** What would become of a list's lines if it were submitted now. Groups exclude each other. */
export interface BatchValidated extends SortedLines {
  /** Empty for lines that are read word by word. */
  columns: ListColumn[];
  /** Of all domains, those scanned in the last 24 hours included. */
  estimate: BatchEstimate;
  /** What would not be kept of the list; left out where all of it would. */
  cut?: ListCut;
  /** What the estimate was made from, for `estimateBatch` with other numbers. */
  pace: ScanPace;
}

/** What of a list was not kept: columns beyond the limit, and ends of cells that were longer than theirs. */
export interface ListCut {
  columns: number;
  cells: number;
}

export interface BatchCreated {
  batchId: string;
  /** REST path of the batch's status. */
  statusUrl: string;
  /** Distinct jobs created, those of invalid `domains` included. */
  jobCount: number;
  /** Entries dropped because an earlier line, `of`, named the same domain. */
  duplicates: number;
  /** The first `TOLD_LINES_MAX` of them. */
  doubled: { line: number; input: string; of: number }[];
  /** Lines that name no domain: failed jobs, where they stood among `domains`. */
  invalidCount: number;
  /** The first `TOLD_LINES_MAX` of them. */
  invalid: { line: number; input: string; reason: string }[];
  /** Left out where everything was kept. */
  cut?: ListCut;
  createdAt: string;
  /** True when an earlier call with the same idempotency key made this batch. */
  replayed: boolean;
}

/** What creating says, of lines that were added. */
export interface BatchAppended extends Pick<
  BatchCreated,
  | "batchId"
  | "jobCount"
  | "duplicates"
  | "doubled"
  | "invalidCount"
  | "invalid"
  | "cut"
  | "replayed"
> {
  /** Jobs of the batch by now. */
  total: number;
}

/** A batch's uuid, or what the first system called it. */
export const batchNameInput = z.string().max(BATCH_NAME_LENGTH_MAX);
export const batchIdInput = z.object({ batchId: batchNameInput });

export const batchStatusesInput = batchIdInput.extend({
  /** False: of the batch alone. */
  domains: z.boolean().default(true),
});

export const batchWatchInput = batchIdInput.extend({
  /** Set by the client when it comes back after a break; a state seen already is not sent again. */
  lastEventId: z.string().max(100).optional(),
});

/** Jobs of a batch by state. They always sum to the batch's `total`. */
export interface BatchCounts {
  pending: number;
  running: number;
  complete: number;
  failed: number;
  cancelled: number;
}

/** One row of the batches list. Times are ISO 8601 in UTC. */
export interface BatchSummary {
  batchId: string;
  label: string | null;
  /** When somebody gave it its label after it was made; null when nobody did. */
  renamedAt: string | null;
  /** The first of its domains, as people read it; null when none of its first lines names one. */
  firstDomain: string | null;
  status: BatchStatus;
  /** True while it is pending or running and nothing of it is sent to workers. */
  paused: boolean;
  /** True while it was cancelled and jobs are left to be: nothing of it runs any more, and its end is near. */
  cancelling: boolean;
  total: number;
  counts: BatchCounts;
  /** E-mail addresses and phone numbers that its visits found, those of the same business in two domains twice. */
  emails: number;
  phones: number;
  /** 0–100, share of jobs that ended; 100 only when terminal; a cancelled batch keeps what it reached. */
  progress: number;
  maxPages: number;
  maxConcurrent: number;
  createdBy: { id: string; name: string | null } | null;
  createdAt: string;
  updatedAt: string;
  startedAt: string | null;
  endedAt: string | null;
  /** Seconds from start to end, or to now while running; null before the start. */
  processingSeconds: number | null;
}

/** A batch as it stands: what a look at it costs does not grow with what has ended of it. */
export interface BatchStanding extends BatchSummary {
  error: string | null;
}

/** A batch as its page shows it: everything that moves while it runs, in one consistent read. */
export interface BatchProgress extends BatchStanding {
  /** Pages stored so far by jobs of this batch. */
  pages: number;
  /** Jobs finished per minute over the last minute; null while too few have finished, or paused. */
  ratePerMinute: number | null;
  /** Seconds left, as a range; null below 20 finished jobs, 30 s of running, paused, or when nothing moves. */
  etaSeconds: { low: number; high: number } | null;
  /** True when running, not paused, and no job has finished for two minutes. */
  stalled: boolean;
  /** Failed jobs grouped by reason, most frequent first. */
  failures: { code: string; message: string; count: number; sample: string[] }[];
  /** Server time of this reading. */
  asOf: string;
}

/** How one domain of a batch stands. */
export interface DomainStatus {
  status: JobStatus;
  jobId: string;
  startedAt: string | null;
  endedAt: string | null;
  processingSeconds: number | null;
  error: string | null;
}

/** A batch and its domains, read in one snapshot. */
export interface BatchDomainStatuses {
  batch: BatchStanding;
  /** By domain, in the order of the lines. */
  domains: Record<string, DomainStatus>;
  /** True when the batch is too large to tell all: then the running domains are listed and some of the failed. */
  truncated: boolean;
}
