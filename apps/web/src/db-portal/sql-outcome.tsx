"use client";

import type { PlanAnswer, PlanNode, SqlAnswer } from "@scrapersky/api/contract";
import { useState } from "react";
import { countOf, formatCount } from "#format/number.ts";
import { formatSeconds } from "#format/time.ts";
import { Button } from "#ui/button.tsx";
import { CopyButton } from "#ui/copy-button.tsx";
import { ToneIcon } from "#ui/status.tsx";
import { Panel } from "#ui/table.tsx";
import { placeOf, tabbed } from "./sql-words.ts";
import { ValueTable } from "./value-table.tsx";

/** What came of a run: rows, a plan, or why there are none. */
export function SqlOutcome({ answer, sql }: { answer: SqlAnswer | PlanAnswer; sql: string }) {
  if (answer.outcome !== "answered") {
    const { says, position } = answer;
    return (
      <div role="alert" className="flex gap-3 rounded-lg border border-line bg-surface p-4">
        <ToneIcon tone={answer.outcome === "refused" ? "partial" : "failed"} className="mt-1" />
        <div className="min-w-0">
          <p className="font-medium">{answer.outcome === "refused" ? "Not run" : "No answer"}</p>
          <p className="mt-0.5 text-sm break-words text-muted">{says}</p>
          {position === null ? null : (
            <p className="mt-1 text-xs text-muted">{placeOf(sql, position)}</p>
          )}
        </div>
      </div>
    );
  }
  return "plan" in answer ? <Plan answer={answer} /> : <Rows answer={answer} />;
}

/** So many more are drawn each time: a thousand rows of sixty columns take a browser seconds. */
const STEP = 100;

function Rows({ answer }: { answer: Extract<SqlAnswer, { outcome: "answered" }> }) {
  const { columns, rows, truncated, elapsedMs } = answer;
  const [drawn, setDrawn] = useState(STEP);
  return (
    <section aria-label="Answer">
      <div className="mb-2 flex flex-wrap items-center gap-x-3 text-sm">
        <p>
          {truncated
            ? `The first ${countOf(rows.length, "row")}; there are more`
            : countOf(rows.length, "row")}
        </p>
        <p className="text-muted">{formatSeconds(elapsedMs / 1000)}</p>
        {rows.length === 0 ? null : (
          <CopyButton value={tabbed(columns, rows)} label="Copy as a table for a spreadsheet" />
        )}
      </div>
      <ValueTable
        label="Rows"
        columns={columns.map(({ name, type }) => ({ name, note: type }))}
        rows={rows.slice(0, drawn)}
      />
      {drawn < rows.length ? (
        <div className="mt-2">
          <Button onClick={() => setDrawn(drawn + STEP)}>
            Show {formatCount(Math.min(STEP, rows.length - drawn))} more
          </Button>
        </div>
      ) : null}
    </section>
  );
}

function Plan({ answer }: { answer: Extract<PlanAnswer, { outcome: "answered" }> }) {
  return (
    <section aria-label="Plan">
      <p className="mb-2 text-sm text-muted">
        What Postgres expects, in its own units of cost. Nothing was run.
      </p>
      <Panel className="p-4">
        <ul>
          <PlanStep node={answer.plan} total={answer.plan.cost} />
        </ul>
      </Panel>
    </section>
  );
}

function PlanStep({ node, total }: { node: PlanNode; total: number }) {
  const { what, cost, rows, notes, children } = node;
  return (
    <li className="text-sm">
      <p className="flex flex-wrap items-baseline gap-x-3">
        <span className="font-medium">{what}</span>
        <span className="figures text-xs text-muted">
          {formatCount(Math.round(cost))} ({Math.round((100 * cost) / (total || 1))}%) ·{" "}
          {countOf(rows, "row")}
        </span>
      </p>
      {notes.map((note) => (
        <p key={note} className="figures text-xs break-words text-muted">
          {note}
        </p>
      ))}
      {children.length === 0 ? null : (
        <ul className="mt-2 ml-1.5 space-y-2 border-l border-line-strong pl-4">
          {children.map((child, at) => (
            <PlanStep key={at} node={child} total={total} />
          ))}
        </ul>
      )}
    </li>
  );
}
