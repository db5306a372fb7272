"use client";

import type { BatchSummary } from "@scrapersky/api/contract";
import type { ActWords } from "#list/list-act.ts";
import { isOver } from "./is-over.ts";
import { newBatchFrom } from "./new-batch-from.ts";
import { late } from "#ui/late.ts";

interface RowDialog {
  row: BatchSummary;
  onClose: () => void;
}

const RenameDialog = late(async () => {
  const { RenameDialog: Rename } = await import("./rename-dialog.tsx");
  return {
    default: ({ row, onClose }: RowDialog) => <Rename batch={row} open onClose={onClose} />,
  };
});
const DeleteRow = late(async () => ({ default: (await import("./delete-row.tsx")).DeleteRow }));

const isGoingOn = ({ status, cancelling }: BatchSummary): boolean => !isOver(status) && !cancelling;

/** What can be done with batches. */
export const BATCH_ACTS: ActWords<BatchSummary> = {
  acts: [
    {
      key: "again",
      action: "batches.retryFailed",
      label: "Run failed again",
      done: "run again where they failed",
      permission: "jobs:retry",
      fits: ({ status, cancelling, counts }) =>
        status !== "cancelled" && !cancelling && counts.failed > 0,
    },
    {
      key: "cancel",
      action: "batches.cancel",
      label: "Cancel…",
      done: "cancelled; what was found is kept",
      permission: "batches:cancel",
      danger: true,
      fits: isGoingOn,
    },
    {
      key: "pause",
      action: "batches.pause",
      label: "Pause",
      done: "paused",
      permission: "batches:cancel",
      fits: (batch) => isGoingOn(batch) && !batch.paused,
    },
    {
      key: "resume",
      action: "batches.resume",
      label: "Resume",
      done: "resumed",
      permission: "batches:cancel",
      fits: ({ paused }) => paused,
    },
    {
      key: "delete",
      action: "batches.delete",
      label: "Delete…",
      done: "deleted with their jobs; leads, pages and contacts stay",
      permission: "batches:delete",
      danger: true,
      // One by itself can be brought back: below.
      fits: () => false,
    },
  ],
  more: [
    {
      key: "batch",
      label: "Open the batch",
      permission: "batches:read",
      to: ({ batchId }) => `/batches/${batchId}`,
    },
    {
      key: "rename",
      label: "Rename…",
      permission: "batches:write",
      Dialog: RenameDialog,
    },
    {
      key: "duplicate",
      label: "New batch from this list",
      permission: "batches:create",
      to: ({ batchId }) => newBatchFrom(batchId, "all"),
    },
    {
      key: "failed",
      label: "New batch of what failed",
      permission: "batches:create",
      fits: ({ counts }) => counts.failed > 0,
      to: ({ batchId }) => newBatchFrom(batchId, "failed"),
    },
    {
      key: "delete-one",
      label: "Delete…",
      permission: "batches:delete",
      fits: ({ status, cancelling }) => isOver(status) || cancelling,
      Dialog: DeleteRow,
    },
  ],
};
