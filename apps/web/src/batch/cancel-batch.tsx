"use client";

import type { BatchProgress } from "@scrapersky/api/contract";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { countOf } from "#format/number.ts";
import { useMay } from "#shell/me.tsx";
import { Button } from "#ui/button.tsx";
import { ConfirmDialog } from "#ui/dialog.tsx";
import { ErrorCard } from "#ui/states.tsx";
import { useTRPC } from "#trpc/client.tsx";
import { isTerminal } from "./use-batch-progress.ts";

/** Stops a batch after asking once; what was found stays. */
export function CancelBatch({ batch }: { batch: BatchProgress }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const mayCancel = useMay("batches:cancel");
  const [asking, setAsking] = useState(false);
  const cancel = useMutation(
    trpc.batches.cancel.mutationOptions({
      onSuccess: async () => {
        setAsking(false);
        await Promise.all([
          queryClient.invalidateQueries(trpc.batches.pathFilter()),
          queryClient.invalidateQueries(trpc.jobs.pathFilter()),
        ]);
      },
    }),
  );
  if (!mayCancel || isTerminal(batch.status)) return null;
  const left = batch.counts.pending + batch.counts.running;
  return (
    <>
      <Button onClick={() => setAsking(true)}>Cancel batch…</Button>
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title="Cancel this batch?"
        confirm={`Cancel ${countOf(left, "domain")}`}
        keep="Keep it running"
        busy={cancel.isPending}
        onConfirm={() => cancel.mutate({ batchId: batch.batchId })}
      >
        <p>
          {countOf(left, "domain")} that {left === 1 ? "has" : "have"} not finished will not be
          scraped. What was found so far is kept. This cannot be undone.
        </p>
        {cancel.isError ? <ErrorCard error={cancel.error} className="mt-3" /> : null}
      </ConfirmDialog>
    </>
  );
}
