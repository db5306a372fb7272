"use client";

import type { BatchSummary } from "@scrapersky/api/contract";
import { Link } from "#ui/link.tsx";
import { broughtWords } from "#batch/brought-words.ts";
import { batchName } from "#batch/batch-words.ts";
import { usePath } from "#shell/me.tsx";
import { SegmentedBar } from "#ui/segmented-bar.tsx";
import { Status } from "#ui/status.tsx";

/** A batch that is under way, with what it has brought so far. */
export function RunningBatch({ batch }: { batch: BatchSummary }) {
  const path = usePath();
  return (
    <li className="relative px-4 py-3 hover:bg-hover">
      <div className="flex items-baseline gap-x-3">
        <Link
          href={path(`/batches/${batch.batchId}`)}
          data-row
          prefetch={false}
          className="stretched min-w-0 truncate font-medium"
        >
          {batchName(batch)}
        </Link>
        <Status status={batch.status} className="ml-auto shrink-0 self-center text-sm" />
      </div>
      <SegmentedBar counts={batch.counts} progress={batch.progress} className="mt-2 mb-1.5" />
      <p className="text-xs text-muted tabular-nums">{broughtWords(batch)}</p>
    </li>
  );
}
