import { z } from "zod";
import { batchIdInput, LABEL_LENGTH_MAX } from "./batch.contract.ts";

export const batchRenameInput = batchIdInput.extend({
  /** Empty: none. */
  label: z.string().trim().max(LABEL_LENGTH_MAX),
  /** `renamedAt` of the batch as it was read, so that somebody else's label is not written over; left out: it is. */
  expectedRenamedAt: z.iso.datetime({ offset: true }).nullable().optional(),
});
export type BatchRename = z.output<typeof batchRenameInput>;

/** How long a deleted batch can be taken back for certain. */
export const UNDO_SECONDS = 10;

export interface BatchDeleted {
  batchId: string;
  /** Jobs that go with it. */
  jobs: number;
  /** ISO 8601 in UTC; it is removed after that. */
  undoUntil: string;
}
