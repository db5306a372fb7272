"use client";

import type { HealthFinding } from "@scrapersky/api/contract";
import { CopyButton } from "#ui/copy-button.tsx";
import { Folded } from "#ui/folded.tsx";
import { ToneIcon } from "#ui/status.tsx";
import { Panel } from "#ui/table.tsx";
import { TONES } from "./health-words.ts";

const WORDS: Record<HealthFinding["status"], string> = {
  ok: "Well",
  warn: "Look at it",
  fail: "Broken",
};

/** What was found, worst first. What is well is folded. */
export function FindingList({ findings }: { findings: HealthFinding[] }) {
  const bad = findings.filter(({ status }) => status !== "ok").length;
  return (
    <Panel>
      <Folded rows={findings} first={bad} noun="check">
        {(finding) => <Finding key={finding.name} finding={finding} />}
      </Folded>
    </Panel>
  );
}

function Finding({ finding: { name, status, says, todo } }: { finding: HealthFinding }) {
  return (
    <li className="flex gap-3 px-4 py-2 text-sm">
      <ToneIcon tone={TONES[status]} still className="mt-[3px]" />
      <div className="min-w-0 flex-1 sm:flex sm:gap-3">
        <p className="shrink-0 font-medium first-letter:uppercase sm:w-40">
          {name}
          <span className="sr-only">: {WORDS[status]}</span>
        </p>
        <div className="min-w-0 flex-1">
          <p className="break-words first-letter:uppercase">{says}.</p>
          {todo === null ? null : (
            <p className="mt-0.5 flex items-start gap-1 text-muted">
              <span className="min-w-0 break-words">{todo}</span>
              <span className="-my-0.5 shrink-0">
                <CopyButton value={todo} label={`Copy what mends ${name}`} />
              </span>
            </p>
          )}
        </div>
      </div>
    </li>
  );
}
