"use client";

import type { BatchProgress } from "@scrapersky/api/contract";
import { useMay } from "#shell/me.tsx";
import { Button } from "#ui/button.tsx";
import { isOver } from "./is-over.ts";
import { useBatchAct } from "./use-batch-act.ts";

/** Stops a batch for a while, or lets it go on. */
export function PauseBatch({ batch }: { batch: BatchProgress }) {
  const { batchId, paused } = batch;
  const may = useMay("batches:cancel");
  const act = useBatchAct(({ batches }, wanted: "pause" | "resume") =>
    batches[wanted].mutate({ batchId }),
  );
  if (!may || isOver(batch.status) || batch.cancelling) return null;
  return (
    <>
      {act.isError ? (
        <span role="alert" className="self-center text-sm text-failed">
          {act.error.message}
        </span>
      ) : null}
      <Button disabled={act.isPending} onClick={() => act.mutate(paused ? "resume" : "pause")}>
        {paused ? "Resume" : "Pause"}
      </Button>
    </>
  );
}
