"use client";

import type { LeadChange, LeadDetail } from "@scrapersky/api/contract";
import { Link } from "#ui/link.tsx";
import { countOf } from "#format/number.ts";
import { readableWord } from "#format/name.ts";
import { usePath } from "#shell/me.tsx";
import { Panel } from "#ui/table.tsx";
import { Ago } from "#ui/time.tsx";

const WHAT: Record<LeadChange["what"], string> = {
  appeared: "new",
  went: "gone",
  changed: "changed",
};

/** What scans found other than the scan before them, the latest first. */
export function ChangeList({ scans }: { scans: LeadDetail["changes"] }) {
  const path = usePath();
  return (
    <Panel>
      <ol className="divide-y divide-line">
        {scans.map(({ at, jobId, changes, leftOut }) => (
          <li key={at} className="gap-6 px-4 py-2.5 text-sm sm:flex">
            <p className="w-28 shrink-0 text-muted">
              {jobId === null ? (
                <Ago at={at} />
              ) : (
                <Link
                  href={path(`/jobs/${jobId}`)}
                  className="underline decoration-line-strong underline-offset-2 hover:text-text"
                >
                  <Ago at={at} />
                </Link>
              )}
            </p>
            <ul className="min-w-0 flex-1">
              {changes.map((change) => (
                <li
                  key={`${change.of} ${change.subject} ${change.field} ${change.what}`}
                  className="break-words"
                >
                  {readableWord(change.of)} {WHAT[change.what]}
                  {change.subject === null ? null : (
                    <>
                      : <span className="figures">{change.subject}</span>
                    </>
                  )}
                  {change.what === "changed" ? (
                    <span className="text-muted">
                      {" "}
                      {change.field === null
                        ? null
                        : `(${readableWord(change.field).toLowerCase()}) `}
                      {change.from ?? "nothing"} → {change.to ?? "nothing"}
                    </span>
                  ) : null}
                  {change.unread ? (
                    <span className="text-muted"> (its page was not read this time)</span>
                  ) : null}
                </li>
              ))}
              {leftOut > 0 ? (
                <li className="text-muted">and {countOf(leftOut, "more change")}</li>
              ) : null}
            </ul>
          </li>
        ))}
      </ol>
    </Panel>
  );
}
