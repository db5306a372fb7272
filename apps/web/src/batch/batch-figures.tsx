"use client";

import type { BatchProgress } from "@scrapersky/api/contract";
import type { ReactNode } from "react";
import { formatCount } from "#format/number.ts";
import { formatRange } from "#format/range.ts";
import { CountsLegend } from "#ui/counts-legend.tsx";
import { Ago, Elapsed } from "#ui/time.tsx";
import { isOver } from "./is-over.ts";

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

/** The numbers of the bar in words, and how fast a batch is or was. */
export function BatchFigures({ batch }: { batch: BatchProgress }) {
  const { status, counts, pages, startedAt, endedAt } = batch;
  const ended = isOver(status);
  return (
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
