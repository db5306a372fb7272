"use client";

import type { JobDetail } from "@scrapersky/api/contract";
import { clsx } from "clsx";
import { countOf } from "#format/number.ts";
import { formatBytes } from "#format/bytes.ts";
import { formatSeconds } from "#format/time.ts";
import { Outcome } from "./attempt-outcome.tsx";
import { Panel } from "#ui/table.tsx";
import { Exact } from "#ui/time.tsx";
import { useNow } from "#ui/use-now.ts";
import { attemptBars, type AttemptBar, type PhaseName } from "./attempt-bars.ts";

const PHASE_FILL: Record<PhaseName, string> = {
  fetch: "bg-running-fill",
  parse: "bg-partial-fill",
  store: "bg-complete-fill",
  other: "bg-waiting-fill",
};

const PHASES = ["fetch", "parse", "store", "other"] as const;

const PHASE_WORD: Record<PhaseName, string> = {
  fetch: "fetching",
  parse: "parsing",
  store: "storing",
  other: "pausing, to be polite",
};

/** Every attempt as a bar on one time axis that begins with the first attempt; the wait in the queue is said apart. */
export function AttemptTimeline({ job }: { job: JobDetail }) {
  const now = useNow();
  const { bars, spanMs, queuedMs } = attemptBars(job, now);
  return (
    <Panel>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1 border-b border-line px-4 py-2 text-xs text-muted">
        <span>
          Waited <span className="tabular-nums">{formatSeconds(queuedMs / 1000)}</span> in the queue
        </span>
        <span suppressHydrationWarning>
          {countOf(bars.length, "attempt")} over{" "}
          <span className="tabular-nums">{formatSeconds(spanMs / 1000)}</span>
        </span>
        <ul className="ml-auto flex flex-wrap gap-x-3">
          {PHASES.map((name) => (
            <li key={name} className="inline-flex items-center gap-1.5">
              <span aria-hidden className={clsx("size-2 rounded-xs", PHASE_FILL[name])} />
              {PHASE_WORD[name]}
            </li>
          ))}
        </ul>
      </div>
      <ol className="divide-y divide-line">
        {bars.map((bar) => (
          <AttemptRow key={bar.attempt.attempt} bar={bar} />
        ))}
      </ol>
    </Panel>
  );
}

function AttemptRow({ bar }: { bar: AttemptBar }) {
  const { attempt, leftPercent, widthPercent, durationMs, phases } = bar;
  return (
    <li className="px-4 py-3 text-sm">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="font-medium">Attempt {attempt.attempt}</span>
        <Outcome outcome={attempt.outcome} />
        <span className="text-muted tabular-nums" suppressHydrationWarning>
          {formatSeconds(durationMs / 1000)}
        </span>
        <Exact at={attempt.startedAt} className="ml-auto text-xs text-muted tabular-nums" />
      </div>
      <div className="mt-2 h-2.5 rounded-sm bg-canvas">
        <div
          className="flex h-full min-w-1 gap-px overflow-hidden rounded-sm"
          style={{ marginLeft: `${leftPercent}%`, width: `${widthPercent}%` }}
          suppressHydrationWarning
        >
          {phases.map(({ name, ms }) => (
            <span
              key={name}
              style={{ flexGrow: ms }}
              className={clsx(
                "basis-0",
                PHASE_FILL[name],
                attempt.outcome === "running" && "moving",
              )}
              suppressHydrationWarning
            />
          ))}
        </div>
      </div>
      <p className="mt-1.5 text-xs text-muted" suppressHydrationWarning>
        {detailsOf(bar)}
      </p>
      {attempt.error === null ? null : (
        <p className="mt-1 text-sm break-words text-failed">{attempt.error}</p>
      )}
    </li>
  );
}

const detailsOf = ({ attempt, phases }: AttemptBar): string =>
  [
    ...phases.map(({ name, ms }) => `${PHASE_WORD[name]} ${formatSeconds(ms / 1000)}`),
    attempt.httpStatus === null ? null : `HTTP ${attempt.httpStatus}`,
    attempt.pages === 0 ? null : countOf(attempt.pages, "page"),
    attempt.bytes === 0 ? null : formatBytes(attempt.bytes),
    `worker ${attempt.workerId}`,
  ]
    .filter((part) => part !== null)
    .join(" · ");
