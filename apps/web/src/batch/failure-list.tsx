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
  return (
    <Panel>
      <ul className="divide-y divide-line">
        {failures.map(({ code, message, count, sample }) => (
          <li key={code} className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2.5">
            <span className="flex w-12 shrink-0 items-center gap-2 font-medium tabular-nums">
              <ToneIcon tone="failed" />
              {formatCount(count)}
            </span>
            <div className="min-w-0 flex-1 basis-56 text-sm">
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
            <Button className="max-sm:w-full" onClick={() => onShow(code)}>
              Show {count === 1 ? "it" : `these ${formatCount(count)}`}
              <span className="sr-only">
                : {countOf(count, "job")} failed with {code}
              </span>
            </Button>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
