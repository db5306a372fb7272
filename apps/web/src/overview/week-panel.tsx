"use client";

import type { OverviewNumbers } from "@scrapersky/api/contract";
import { formatCount } from "#format/number.ts";
import { DayChart } from "./day-chart.tsx";
import { besideLastWeek } from "./overview-words.ts";

const FIGURES = [
  ["read", "Sites read"],
  ["newEmails", "New e-mails"],
  ["newPhones", "New phones"],
  ["failed", "Visits failed"],
] as const;

/** What the last seven days brought beside the seven before, and day by day. */
export function WeekPanel({ numbers: { thisWeek, lastWeek, days } }: { numbers: OverviewNumbers }) {
  return (
    <>
      <dl className="grid grid-cols-2 border-b border-line lg:grid-cols-4">
        {FIGURES.map(([name, word]) => (
          <div
            key={name}
            className="px-4 py-3 odd:border-r odd:border-line max-lg:nth-[n+3]:border-t lg:not-last:border-r lg:border-line"
          >
            <dt className="text-xs text-muted">{word}</dt>
            <dd className="mt-0.5 text-[1.625rem] leading-8 font-medium tracking-tight tabular-nums">
              {formatCount(thisWeek[name])}
            </dd>
            <dd className="text-xs text-muted">{besideLastWeek(thisWeek[name], lastWeek[name])}</dd>
          </div>
        ))}
      </dl>
      <DayChart days={days} />
    </>
  );
}
