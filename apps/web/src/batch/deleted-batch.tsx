"use client";

import type { BatchDeleted, BatchProgress } from "@scrapersky/api/contract";
import { useEffect, useState } from "react";
import { countOf } from "#format/number.ts";
import { usePath } from "#shell/me.tsx";
import { Button } from "#ui/button.tsx";
import { ButtonLink } from "#ui/button-link.tsx";
import { ErrorCard } from "#ui/states.tsx";
import { Panel } from "#ui/table.tsx";
import { batchName } from "./batch-words.ts";
import { useBatchAct } from "./use-batch-act.ts";

/** In the place of a batch that was deleted here: the way back while there is one. */
export function DeletedBatch({
  batch,
  deleted,
  onRestored,
}: {
  batch: BatchProgress;
  deleted: BatchDeleted;
  onRestored: () => void;
}) {
  const { batchId, jobs, undoUntil } = deleted;
  const path = usePath();
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    const left = new Date(undoUntil).getTime() - Date.now();
    const timer = setTimeout(() => setOver(true), Math.max(0, left));
    return () => clearTimeout(timer);
  }, [undoUntil]);
  const restore = useBatchAct(({ batches }) => batches.restore.mutate({ batchId }), onRestored);
  return (
    <Panel className="p-5">
      <h1 className="text-lg font-medium break-words">Deleted: {batchName(batch)}</h1>
      <p role="status" className="mt-1 text-sm text-muted">
        {isOver
          ? `The batch and its ${countOf(jobs, "job")} are being removed. What it found stays.`
          : `The batch and its ${countOf(jobs, "job")} are hidden, and will be removed in ten seconds.`}
      </p>
      {restore.isError ? <ErrorCard error={restore.error} className="mt-3" /> : null}
      <div className="mt-4 flex flex-wrap gap-2">
        {isOver ? null : (
          <Button
            variant="primary"
            autoFocus
            disabled={restore.isPending}
            onClick={() => restore.mutate(undefined)}
          >
            Undo
          </Button>
        )}
        <ButtonLink href={path("/batches")}>To the batches</ButtonLink>
      </div>
    </Panel>
  );
}
