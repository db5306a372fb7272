"use client";

import type { BatchProgress } from "@scrapersky/api/contract";
import type { ReactNode } from "react";
import { countOf, formatCount, formatPercent } from "#format/number.ts";
import { formatRange, formatSeconds } from "#format/time.ts";
import { CountsLegend, SegmentedBar } from "#ui/segmented-bar.tsx";
import { statusWord } from "#ui/status.tsx";
import { Panel } from "#ui/table.tsx";
import { Ago, Elapsed } from "#ui/time.tsx";
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

const etaOf = ({ etaSeconds, stalled, paused, cancelling }: BatchProgress): string => {
  if (cancelling) return "cancelling";
  if (paused) return "paused";
  if (etaSeconds !== null) return formatRange(etaSeconds);
  return stalled ? "unknown" : "too early to say";
};

const rateOf = ({ status, counts, ratePerMinute, processingSeconds }: BatchProgress): string => {
  if (!isOver(status)) {
    return ratePerMinute === null ? "–" : `${formatCount(Math.round(ratePerMinute))} a minute`;
  }
  const done = counts.complete + counts.failed;
  if (processingSeconds === null || processingSeconds <= 0 || done === 0) return "–";
  return `${formatCount(Math.max(1, Math.round((done / processingSeconds) * 60)))} a minute`;
};

/** What the batch brought, then how far it is, with the numbers in words below the bar. */
export function BatchHero({ batch }: { batch: BatchProgress }) {
  const { status, progress, counts, pages, startedAt, endedAt } = batch;
  const ended = isOver(status);
  return (
    <Panel className="p-4 sm:p-5">
      <p className="flex flex-wrap gap-x-6 gap-y-0.5 text-[1.625rem] leading-8 font-medium tracking-tight max-sm:gap-x-4 max-sm:text-xl tabular-nums">
        {broughtParts(batch).map((part) => (
          <span key={part.replace(/[\d,]+/g, "")}>{part}</span>
        ))}
      </p>
      <p className="mt-1 text-base text-muted">{sentenceOf(batch)}</p>
      <SegmentedBar counts={counts} progress={progress} size="hero" className="mt-3 mb-3" />
      <div className="flex flex-wrap items-center justify-between gap-x-8 gap-y-3">
        <CountsLegend counts={counts} />
        <dl className="flex flex-wrap gap-x-6 gap-y-1 text-sm">
          {ended ? (
            <Figure label="Ended" value={endedAt === null ? "–" : <Ago at={endedAt} />} />
          ) : (
            <Figure label="Time left" value={etaOf(batch)} />
          )}
          <Figure
            label={ended ? "Took" : "Running for"}
            value={startedAt === null ? "–" : <Elapsed since={startedAt} until={endedAt} />}
          />
          <Figure label="Rate" value={rateOf(batch)} />
          <Figure label="Pages" value={formatCount(pages)} />
        </dl>
      </div>
      <p aria-live="polite" className="sr-only">
        {ended
          ? `The batch has ended: ${statusWord(status)}.`
          : `About ${Math.floor(progress / 10) * 10}% finished.`}
      </p>
    </Panel>
  );
}

function Figure({ label, value }: { label: string; value: ReactNode }) {
  return (
    <div className="flex gap-1.5">
      <dt className="text-muted">{label}</dt>
      <dd className="tabular-nums">{value}</dd>
    </div>
  );
}
