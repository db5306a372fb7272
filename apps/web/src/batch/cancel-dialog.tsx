"use client";

import type { BatchProgress } from "@scrapersky/api/contract";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { countOf } from "#format/number.ts";
import { JOBS_KEY } from "#job/job-queries.ts";
import { useApi } from "#trpc/client.tsx";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";
import { ErrorCard } from "#ui/states.tsx";
import { BATCHES_KEY } from "./batch-queries.ts";

/** Asks once, then stops the batch. */
export function CancelDialog({
  batch,
  open,
  onClose,
}: {
  batch: BatchProgress;
  open: boolean;
  onClose: () => void;
}) {
  const api = useApi();
  const queryClient = useQueryClient();
  const cancel = useMutation({
    mutationFn: async () => (await api()).batches.cancel.mutate({ batchId: batch.batchId }),
    onSuccess: async () => {
      onClose();
      await Promise.all([
        queryClient.invalidateQueries({ queryKey: BATCHES_KEY }),
        queryClient.invalidateQueries({ queryKey: JOBS_KEY }),
      ]);
    },
  });
  const left = batch.counts.pending + batch.counts.running;
  return (
    <ConfirmDialog
      open={open}
      onClose={onClose}
      title="Cancel this batch?"
      confirm={`Cancel ${countOf(left, "domain")}`}
      keep="Keep it running"
      busy={cancel.isPending}
      onConfirm={() => cancel.mutate()}
    >
      <p>
        {countOf(left, "domain")} that {left === 1 ? "has" : "have"} not finished will not be
        scraped. What was found so far is kept. This cannot be undone.
      </p>
      {cancel.isError ? <ErrorCard error={cancel.error} className="mt-3" /> : null}
    </ConfirmDialog>
  );
}
