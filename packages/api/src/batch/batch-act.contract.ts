import { z } from "zod";
import { LABEL_LENGTH_MAX } from "../wire.contract.ts";
import { batchIdInput } from "./batch.contract.ts";

export const batchRenameInput = batchIdInput.extend({
  /** Empty: none. */
  label: z.string().trim().max(LABEL_LENGTH_MAX),
  /** `renamedAt` of the batch as it was read, so that somebody else's label is not written over; left out: it is. */
  expectedRenamedAt: z.iso.datetime({ offset: true }).nullable().optional(),
});
export type BatchRename = z.output<typeof batchRenameInput>;

/** Lines that one answer about a list to be used again holds; the next ones are asked for with `after`. */
export const DRAFT_LINES_MAX = 5_000;

export const batchDuplicateInput = batchIdInput.extend({
  /** Every line of the list, or those whose jobs failed. */
  only: z.enum(["all", "failed"]).default("all"),
  /** `next` of the part before. */
  after: z.object({ line: z.int().min(0), entry: z.int().min(0) }).optional(),
});
export type BatchDuplicate = z.output<typeof batchDuplicateInput>;

/** A part of a batch's list with its settings, for another batch to be made of. */
export interface BatchDraft {
  label: string | null;
  maxPages: number;
  maxConcurrent: number;
  /** Names of the cells of each row; none for plain lines. */
  columns: string[];
  /** Which of them names are read from, from 0. */
  nameColumn: number | null;
  /** At most `DRAFT_LINES_MAX`, in their order: cells, or the one text of a plain line. */
  rows: string[][];
  next: { line: number; entry: number } | null;
}

/** How long a deleted batch can be taken back for certain. */
export const UNDO_SECONDS = 10;

export interface BatchDeleted {
  batchId: string;
  /** Jobs that go with it. */
  jobs: number;
  /** ISO 8601 in UTC; it is removed after that. */
  undoUntil: string;
}
