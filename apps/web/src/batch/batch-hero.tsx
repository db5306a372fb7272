"use client";

import type { BatchProgress } from "@scrapersky/api/contract";
import type { ReactNode } from "react";
import { countOf, formatCount, formatPercent } from "#format/number.ts";
import { formatRange, formatSeconds } from "#format/time.ts";
import { CountsLegend, SegmentedBar } from "#ui/segmented-bar.tsx";
import { statusWord } from "#ui/status.tsx";
import { Panel } from "#ui/table.tsx";
import { Ago, Elapsed } from "#ui/time.tsx";
import { isOver } from "./is-over.ts";

/** What the batch is doing, as one sentence that does not flatter. */
const sentenceOf = (batch: BatchProgress): string => {
  const { status, counts, total, stalled } = batch;
  const done = counts.complete + counts.failed;
  if (status === "pending") return "Waiting for a worker to begin.";
  if (status === "running") {
    return stalled
      ? "Stalled: no domain has finished for two minutes, although work is left."
      : `${formatCount(done)} of ${countOf(total, "domain")} finished.`;
  }
  const took =
    batch.processingSeconds === null ? "" : ` in ${formatSeconds(batch.processingSeconds)}`;
  if (status === "cancelled") {
    return `Cancelled after ${formatCount(done)} of ${countOf(total, "domain")}; what was found is kept.`;
  }
  if (status === "complete") return `All ${countOf(total, "domain")} scraped${took}.`;
  if (status === "failed") return `None of ${countOf(total, "domain")} could be scraped.`;
  return `${formatCount(counts.complete)} of ${countOf(total, "domain")} scraped${took}; ${formatCount(counts.failed)} failed.`;
};

const etaOf = ({ etaSeconds, stalled }: BatchProgress): string => {
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

/** The bar that answers "how far", with the numbers in words below it. */
export function BatchHero({ batch }: { batch: BatchProgress }) {
  const { status, progress, counts, pages, startedAt, endedAt } = batch;
  const ended = isOver(status);
  return (
    <Panel className="p-4 sm:p-5">
      <div className="flex flex-wrap items-end gap-x-4 gap-y-1">
        <p className="text-[1.75rem] leading-8 font-medium tracking-tight tabular-nums">
          {formatPercent(progress)}
        </p>
        <p className="pb-0.5 text-base text-muted">{sentenceOf(batch)}</p>
      </div>
      <SegmentedBar counts={counts} progress={progress} size="hero" className="mt-3 mb-3" />
      <CountsLegend counts={counts} />
      <p aria-live="polite" className="sr-only">
        {ended
          ? `The batch has ended: ${statusWord(status)}.`
          : `About ${Math.floor(progress / 10) * 10}% finished.`}
      </p>
      <dl className="mt-4 grid grid-cols-2 gap-x-6 gap-y-3 border-t border-line pt-4 sm:grid-cols-4">
        {ended ? (
          <Figure label="Ended" value={endedAt === null ? "–" : <Ago at={endedAt} />} />
        ) : (
          <Figure label="Time left" value={etaOf(batch)} />
        )}
        <Figure
          label={ended ? "Took" : "Running for"}
          value={startedAt === null ? "–" : <Elapsed since={startedAt} until={endedAt} />}
        />
        <Figure label={ended ? "Rate over all" : "Rate, last minute"} value={rateOf(batch)} />
        <Figure label="Pages stored" value={formatCount(pages)} />
      </dl>
    </Panel>
  );
}

function Figure({ label, value }: { label: string; value: ReactNode }) {
  return (
    <div>
      <dt className="text-xs text-muted">{label}</dt>
      <dd className="mt-0.5 text-base tabular-nums">{value}</dd>
    </div>
  );
}
