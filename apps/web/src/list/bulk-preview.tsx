"use client";

import type { BulkPreview } from "@scrapersky/api/contract";
import { countOf, formatCount } from "#format/number.ts";
import { manyOf } from "./list-labels.ts";

const REASONS_SHOWN = 5;

/** How many rows an act would take, and why not the others. */
export function PreviewWords({
  preview: { eligible, total, exact, ineligible },
  done,
  noun,
}: {
  preview: BulkPreview;
  done: string;
  noun: { one: string; many?: string };
}) {
  const left = ineligible.reduce((sum, { count }) => sum + count, 0);
  return (
    <div className="text-sm">
      <p className="tabular-nums">
        {exact
          ? `${countOf(eligible, noun.one, manyOf(noun))} will be ${done}.`
          : `About ${formatCount(total)} ${manyOf(noun)} are more than are taken at once. Filter them first.`}
      </p>
      {ineligible.length === 0 ? null : (
        <>
          <p className="mt-3 text-muted tabular-nums">
            {formatCount(left)} {left === 1 ? "is left as it is" : "are left as they are"}:
          </p>
          <ul className="mt-1 divide-y divide-line text-muted">
            {ineligible.slice(0, REASONS_SHOWN).map(({ reason, text, count, sample }) => (
              <li key={reason} className="flex gap-3 py-1">
                <span className="min-w-8 text-right text-text tabular-nums">
                  {formatCount(count)}
                </span>
                <span className="min-w-0 break-words">
                  {text}
                  {sample[0] === undefined ? null : (
                    <span className="figures block text-xs">
                      {sample.join(", ")}
                      {count > sample.length ? ", …" : ""}
                    </span>
                  )}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
