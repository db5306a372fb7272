"use client";

import type { BatchProgress } from "@scrapersky/api/contract";
import { countOf, formatCount } from "#format/number.ts";
import { Button } from "#ui/button.tsx";
import { ToneIcon } from "#ui/status.tsx";
import { Panel } from "#ui/table.tsx";

/** Failed jobs by reason, the most frequent first: what staff act on. */
export function FailureList({
  failures,
  onShow,
}: {
  failures: BatchProgress["failures"];
  onShow: (code: string) => void;
}) {
  const widest = Math.max(...failures.map(({ count }) => formatCount(count).length));
  return (
    <Panel>
      <ul className="divide-y divide-line">
        {failures.map(({ code, message, count, sample }) => (
          <li key={code} className="flex items-center gap-x-4 px-4 py-2.5 max-sm:gap-x-3">
            <span
              className="flex shrink-0 items-center gap-2 font-medium tabular-nums"
              style={{ width: `calc(${widest}ch + 1.75rem)` }}
            >
              <ToneIcon tone="failed" />
              {formatCount(count)}
            </span>
            <div className="min-w-0 flex-1 text-sm">
              <p className="break-words">{message}</p>
              <p className="truncate text-muted">
                <span className="figures">{code}</span>
                {sample.length === 0 ? null : (
                  <>
                    <span className="mx-1.5">·</span>
                    <span className="figures">{sample.slice(0, 3).join(", ")}</span>
                    {count > 3 ? ` and ${formatCount(count - 3)} more` : null}
                  </>
                )}
              </p>
            </div>
            <Button onClick={() => onShow(code)}>
              <span>
                Show
                <span className="max-sm:sr-only">
                  {count === 1 ? " it" : ` these ${formatCount(count)}`}
                </span>
                <span className="sr-only">
                  : {countOf(count, "job")} failed with {code}
                </span>
              </span>
            </Button>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
