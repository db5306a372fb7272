"use client";

import { useQuery } from "@tanstack/react-query";
import { refreshWhileSeen } from "#list/refresh.ts";
import { Looking } from "#ui/status.tsx";
import { Panel } from "#ui/table.tsx";
import { msWords } from "./health-words.ts";
import { openHealthQuery } from "./health-queries.ts";

const WAYS = [
  ["pooled", "The pooled way"],
  ["direct", "The direct way"],
] as const;

/** What anybody may know, for the time in which the api cannot tell who asks: a database that is away knows nobody. */
export function OpenWays() {
  const { data } = useQuery({ ...openHealthQuery(), refetchInterval: refreshWhileSeen });
  return (
    <Panel className="mb-4">
      <ul aria-label="The database, as anybody may see it" className="divide-y divide-line text-sm">
        {data === undefined ? <li className="px-4 py-2 text-muted">Asking the database…</li> : null}
        {data === null ? (
          <li className="px-4 py-2">The api does not answer: look whether it runs.</li>
        ) : null}
        {data == null
          ? null
          : WAYS.map(([way, title]) => {
              const { status, latency_ms: ms } = data.checks[way];
              const word = status === "ok" ? `Answers in ${msWords(ms ?? 0)}` : "Does not answer";
              return (
                <li key={way} className="flex gap-3 px-4 py-2">
                  <span className="w-32 shrink-0 text-muted">{title}</span>
                  <Looking look={{ tone: status === "ok" ? "complete" : "failed", word }} still />
                </li>
              );
            })}
      </ul>
    </Panel>
  );
}
