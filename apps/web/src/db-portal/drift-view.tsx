"use client";

import { DRIFT_REASON_LENGTH_MAX } from "@scrapersky/api/wire";
import type { Drift, DriftChange, DriftDifference } from "@scrapersky/api/contract";
import { useQuery } from "@tanstack/react-query";
import { useId, useState } from "react";
import { countOf } from "#format/number.ts";
import { useMay } from "#shell/me.tsx";
import { useApi } from "#trpc/client.tsx";
import { useAct } from "#trpc/use-act.ts";
import { Answered } from "#ui/answered.tsx";
import { Button } from "#ui/button.tsx";
import { CopyButton } from "#ui/copy-button.tsx";
import { Input } from "#ui/field.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { SectionHeading } from "#ui/section-heading.tsx";
import { EmptyState, ErrorCard } from "#ui/states.tsx";
import { type Look, Looking } from "#ui/status.tsx";
import { Panel } from "#ui/table.tsx";
import { Ago } from "#ui/time.tsx";
import { DbNav } from "./db-nav.tsx";
import { DRIFT_KEY, driftHistoryQuery, driftQuery } from "./db-queries.ts";

const SEVERITIES = {
  breaking: { word: "Breaks", tone: "failed" },
  harmful: { word: "Harms", tone: "partial" },
  harmless: { word: "Harmless", tone: "cancelled" },
} as const satisfies Record<string, Look>;

const stateOf = ({ counts, tables }: Drift): string => {
  const { breaking, harmful, harmless } = counts;
  if (breaking + harmful + harmless === 0) {
    return `The database is what the schema says, in all ${countOf(tables, "table")}.`;
  }
  return [
    breaking > 0 && `${countOf(breaking, "difference")} will break something`,
    harmful > 0 && `${countOf(harmful, "difference")} may harm`,
    harmless > 0 && `${countOf(harmless, "difference")} nobody will notice`,
  ]
    .filter(Boolean)
    .join(", ");
};

/** In what the database is not what this version expects, by what breaks. */
export function DriftView() {
  const query = useQuery(driftQuery(useApi()));
  const check = useAct(DRIFT_KEY, ({ drift }) => drift.check.mutate());
  const { data } = query;
  return (
    <>
      <PageHeader
        title="Drift"
        state={data === undefined ? undefined : stateOf(data)}
        action={
          <Button disabled={check.isPending} onClick={() => check.mutate(undefined)}>
            Compare now
          </Button>
        }
      />
      <DbNav />
      {check.isError ? <ErrorCard className="mb-4" error={check.error} /> : null}
      <Answered query={query}>{(drift) => <Standing drift={drift} />}</Answered>
      <History />
    </>
  );
}

/** What stands in the way, then what is said to be meant so. */
function Standing({ drift: { differences, unknownTables } }: { drift: Drift }) {
  const standing = differences.filter(({ ignored }) => ignored === null);
  const ignored = differences.filter((one) => one.ignored !== null);
  return (
    <>
      <Panel>
        {standing.length === 0 ? (
          <EmptyState compact title="Nothing differs that is not meant to" />
        ) : (
          <ul className="divide-y divide-line">
            {standing.map((difference) => (
              <Difference key={difference.key} difference={difference} />
            ))}
          </ul>
        )}
      </Panel>
      {ignored.length === 0 ? null : (
        <>
          <SectionHeading title="Meant to be" />
          <Panel>
            <ul className="divide-y divide-line">
              {ignored.map((difference) => (
                <Difference key={difference.key} difference={difference} />
              ))}
            </ul>
          </Panel>
        </>
      )}
      {unknownTables.length === 0 ? null : (
        <p className="mt-4 text-sm text-muted">
          Beside ours, and left alone: {unknownTables.join(", ")}
        </p>
      )}
    </>
  );
}

function Difference({ difference }: { difference: DriftDifference }) {
  const { severity, what, sentence, mend, ignored } = difference;
  const mayDecide = useMay("platform:db.ack");
  return (
    <li className="px-4 py-3 text-sm">
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <Looking look={SEVERITIES[severity]} still />
        <h2 className="figures font-medium break-all">{what}</h2>
      </div>
      <p className="mt-1 max-w-3xl">{sentence}</p>
      {ignored === null ? null : (
        <p className="mt-1 text-muted">
          {ignored.reason} ({ignored.by ?? "somebody who is gone"}, <Ago at={ignored.at} />)
        </p>
      )}
      <div className="mt-2 flex items-start gap-2">
        <pre
          tabIndex={0}
          className="figures min-w-0 flex-1 overflow-x-auto rounded-md border border-line bg-canvas px-3 py-2 text-xs whitespace-pre-wrap"
        >
          {mend}
        </pre>
        <CopyButton value={mend} label="Copy what mends it" />
      </div>
      {mayDecide ? <Decide difference={difference} /> : null}
    </li>
  );
}

function Decide({ difference: { key, ignored } }: { difference: DriftDifference }) {
  const id = useId();
  const [reason, setReason] = useState<string | null>(null);
  const ignore = useAct(
    DRIFT_KEY,
    ({ drift }, why: string) => drift.ignore.mutate({ key, reason: why }),
    () => setReason(null),
  );
  const heed = useAct(DRIFT_KEY, ({ drift }) => drift.heed.mutate({ key }));
  const fault = ignore.error ?? heed.error;
  return (
    <div className="mt-2">
      {ignored !== null ? (
        <Button disabled={heed.isPending} onClick={() => heed.mutate(undefined)}>
          Count it again
        </Button>
      ) : reason === null ? (
        <Button onClick={() => setReason("")}>This is meant to be…</Button>
      ) : (
        <form
          className="flex max-w-xl flex-wrap gap-2"
          onSubmit={(event) => {
            event.preventDefault();
            if (reason.trim() !== "") ignore.mutate(reason);
          }}
        >
          <label htmlFor={id} className="sr-only">
            Why it is meant to be
          </label>
          <Input
            id={id}
            className="min-w-48 flex-1"
            placeholder="Why?"
            maxLength={DRIFT_REASON_LENGTH_MAX}
            value={reason}
            autoFocus
            onChange={({ target }) => setReason(target.value)}
          />
          <Button type="submit" disabled={reason.trim() === "" || ignore.isPending}>
            Ignore it
          </Button>
        </form>
      )}
      {fault === null ? null : <ErrorCard className="mt-2" error={fault} />}
    </div>
  );
}

const changeOf = ({ came, went, counts }: DriftChange): string => {
  const { breaking, harmful, harmless } = counts;
  const parts = [
    came.length > 0 && `came: ${came.join(", ")}`,
    went.length > 0 && `went: ${went.join(", ")}`,
  ].filter(Boolean);
  return parts.length > 0 ? parts.join("; ") : countOf(breaking + harmful + harmless, "difference");
};

function History() {
  const { data } = useQuery(driftHistoryQuery(useApi()));
  if (data === undefined) return null;
  return (
    <>
      <SectionHeading
        title="When it changed"
        note="Compared every night, and when somebody asks."
      />
      <Panel>
        {data.length === 0 ? <EmptyState compact title="Not compared yet" /> : null}
        <ul className="divide-y divide-line">
          {data.map((change) => (
            <li key={change.number} className="flex flex-wrap gap-x-3 px-4 py-2 text-sm">
              <Ago at={change.firstAt} className="w-24 text-muted" />
              <span className="min-w-0 flex-1 basis-40 break-words">{changeOf(change)}</span>
              <span className="text-muted">
                found last <Ago at={change.lastAt} />
              </span>
            </li>
          ))}
        </ul>
      </Panel>
    </>
  );
}
