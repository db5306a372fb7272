"use client";

import type { BatchProgress } from "@scrapersky/api/contract";
import { countOf, formatCount, formatPercent } from "#format/number.ts";
import { formatSeconds } from "#format/time.ts";
import { SegmentedBar } from "#ui/segmented-bar.tsx";
import { statusWord } from "#ui/status.tsx";
import { Panel } from "#ui/table.tsx";
import { BatchFigures } from "./batch-figures.tsx";
import { broughtParts } from "./brought-words.ts";
import { isOver } from "./is-over.ts";

/** How the batch stands, as one sentence that does not flatter. */
const sentenceOf = (batch: BatchProgress): string => {
  const { status, counts, total, stalled, processingSeconds } = batch;
  if (batch.cancelling) {
    return `Cancelling: nothing of it runs any more; ${countOf(counts.pending, "domain")} left to cancel.`;
  }
  if (batch.paused) return "Paused: nothing of it runs until you resume it.";
  if (status === "pending") return "Waiting for a worker to begin.";
  if (status === "running") {
    return stalled
      ? "Stalled: no domain has finished for two minutes, although work is left."
      : `${formatPercent(batch.progress)} finished so far.`;
  }
  const took = processingSeconds === null ? "" : ` in ${formatSeconds(processingSeconds)}`;
  if (status === "cancelled") {
    return `Cancelled after ${formatCount(counts.complete + counts.failed)} of ${countOf(total, "domain")}; what was found is kept.`;
  }
  if (status === "failed") return "None of the domains could be read.";
  return status === "complete"
    ? `Ended${took}; every domain was read.`
    : `Ended${took}; ${countOf(counts.failed, "domain")} could not be read.`;
};

/** What the batch brought, then how far it is, with the numbers in words below the bar. */
export function BatchHero({ batch }: { batch: BatchProgress }) {
  const { status, progress, counts } = batch;
  return (
    <Panel className="p-4 sm:p-5">
      <p className="flex flex-wrap gap-x-6 gap-y-0.5 text-[1.625rem] leading-8 font-medium tracking-tight max-sm:gap-x-4 max-sm:text-xl tabular-nums">
        {broughtParts(batch).map((part) => (
          <span key={part.replace(/[\d,]+/g, "")}>{part}</span>
        ))}
      </p>
      <p className="mt-1 text-base text-muted">{sentenceOf(batch)}</p>
      <SegmentedBar counts={counts} progress={progress} size="hero" className="mt-3 mb-3" />
      <BatchFigures batch={batch} />
      <p aria-live="polite" className="sr-only">
        {isOver(status)
          ? `The batch has ended: ${statusWord(status)}.`
          : `About ${Math.floor(progress / 10) * 10}% finished.`}
      </p>
    </Panel>
  );
}
