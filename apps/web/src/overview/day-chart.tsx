"use client";

import type { OverviewNumbers } from "@scrapersky/api/contract";
import { formatCount } from "#format/number.ts";
import { formatDayOfYear } from "#format/time.ts";
import { TONE_FILL } from "#ui/status.tsx";

type Day = OverviewNumbers["days"][number];

/** Sites read and visits failed, one bar a day, with the same numbers as a table below. */
export function DayChart({ days }: { days: Day[] }) {
  const most = Math.max(1, ...days.map(({ read, failed }) => read + failed));
  return (
    <div className="px-4 pt-4 pb-2">
      <div aria-hidden className="flex h-24 items-end gap-1 sm:gap-2">
        {days.map((day) => (
          <Bar key={day.day} day={day} most={most} />
        ))}
      </div>
      <div aria-hidden className="mt-1.5 flex justify-between text-2xs text-muted">
        <span>{formatDayOfYear(days[0]?.day ?? "")}</span>
        <span className="inline-flex gap-3">
          <Key tone="complete" word="read" />
          <Key tone="failed" word="failed" />
        </span>
        <span>today</span>
      </div>
      <details className="mt-2 text-sm">
        <summary className="text-xs text-muted hover:text-text">Day by day</summary>
        <div className="mt-2 overflow-x-auto" tabIndex={0} role="region" aria-label="Day by day">
          <table className="w-full min-w-md text-sm">
            <thead>
              <tr className="text-xs text-muted">
                <th scope="col" className="py-1 text-left font-medium">
                  Day (UTC)
                </th>
                {["Read", "Failed", "New e-mails", "New phones"].map((word) => (
                  <th key={word} scope="col" className="py-1 text-right font-medium">
                    {word}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {[...days].reverse().map(({ day, read, failed, newEmails, newPhones }) => (
                <tr key={day} className="border-t border-line">
                  <th scope="row" className="py-1 text-left font-normal">
                    {formatDayOfYear(day)}
                  </th>
                  {Object.entries({ read, failed, newEmails, newPhones }).map(([name, count]) => (
                    <td key={name} className="figures py-1 text-right">
                      {formatCount(count)}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </div>
  );
}

function Bar({ day: { day, read, failed }, most }: { day: Day; most: number }) {
  return (
    <div
      className="flex h-full flex-1 flex-col justify-end gap-px"
      data-hint={`${formatDayOfYear(day)}: ${formatCount(read)} read, ${formatCount(failed)} failed`}
    >
      {read + failed === 0 ? <div className="h-px bg-line-strong" /> : null}
      {(["failed", "complete"] as const).map((tone) => {
        const count = tone === "failed" ? failed : read;
        return count === 0 ? null : (
          <div
            key={tone}
            // What is there is never lower than it can be seen.
            style={{ height: `${(count / most) * 100}%`, minHeight: 2 }}
            className={`rounded-xs ${TONE_FILL[tone]}`}
          />
        );
      })}
    </div>
  );
}

function Key({ tone, word }: { tone: "complete" | "failed"; word: string }) {
  return (
    <span className="inline-flex items-center gap-1">
      <span className={`size-2 rounded-xs ${TONE_FILL[tone]}`} />
      {word}
    </span>
  );
}
