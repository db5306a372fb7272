"use client";

import type { BatchSummary } from "@scrapersky/api/contract";
import { toast } from "#shell/toast.ts";
import { errorFacts } from "#trpc/error-facts.ts";
import { batchName } from "./batch-words.ts";
import { DeleteDialog } from "./delete-dialog.tsx";
import { useBatchAct } from "./use-batch-act.ts";

/** Deletes a batch of a list; the way back is said in passing. */
export function DeleteRow({ row, onClose }: { row: BatchSummary; onClose: () => void }) {
  const { batchId } = row;
  const restore = useBatchAct(
    ({ batches }) => batches.restore.mutate({ batchId }),
    () => toast({ key: batchId, text: `${batchName(row)} is back.` }),
  );
  return (
    <DeleteDialog
      batch={row}
      open
      onClose={onClose}
      onDeleted={() =>
        toast({
          key: batchId,
          text: `${batchName(row)} is deleted.`,
          action: {
            label: "Undo",
            run: () =>
              void restore
                .mutateAsync(undefined)
                .catch((error: unknown) =>
                  toast({ key: batchId, text: errorFacts(error).message }),
                ),
          },
        })
      }
    />
  );
}
