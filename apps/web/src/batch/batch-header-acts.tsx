"use client";

import type { BatchDeleted, BatchProgress } from "@scrapersky/api/contract";
import { BatchActs } from "./batch-acts.tsx";
import { CancelBatch } from "./cancel-batch.tsx";
import { ExportBatch } from "./export-batch.tsx";
import { PauseBatch } from "./pause-batch.tsx";

/** What can be done with the batch of a page. */
export function BatchHeaderActs({
  batch,
  onDeleted,
}: {
  batch: BatchProgress;
  onDeleted: (deleted: BatchDeleted) => void;
}) {
  return (
    <>
      <PauseBatch batch={batch} />
      <CancelBatch batch={batch} />
      <ExportBatch batchId={batch.batchId} />
      <BatchActs batch={batch} onDeleted={onDeleted} />
    </>
  );
}
