"use client";

import type { QueueShown, Told } from "@scrapersky/api/contract";
import { useState } from "react";
import { formatCount } from "#format/number.ts";
import { formatSeconds } from "#format/time.ts";
import { useMay } from "#shell/me.tsx";
import { useAct } from "#trpc/use-act.ts";
import { Button } from "#ui/button.tsx";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";
import { ErrorCard } from "#ui/states.tsx";
import { Looking } from "#ui/status.tsx";
import { type Column, Panel, Table } from "#ui/table.tsx";
import { Ago } from "#ui/time.tsx";
import { HEALTH_KEY } from "./health-queries.ts";
import { Part } from "./part.tsx";

const NAMES: Partial<Record<string, string>> = {
  "scrape-domain": "Sites to visit",
  "scrape-domain-lost": "Given up by workers",
};

const COLUMNS: Column<QueueShown>[] = [
  {
    key: "queue",
    header: "Queue",
    narrow: "title",
    cell: ({ queue }) => <span className="font-medium">{NAMES[queue] ?? queue}</span>,
  },
  {
    key: "state",
    header: "State",
    narrow: "aside",
    width: "w-64",
    cell: ({ paused }) =>
      paused === null ? (
        <Looking look={{ tone: "complete", word: "Open" }} still />
      ) : (
        <span className="inline-flex max-w-full items-center gap-1.5">
          <Looking look={{ tone: "partial", word: "Paused" }} still />
          <span className="truncate text-muted">
            {paused.by} <Ago at={paused.at} />
          </span>
        </span>
      ),
  },
  {
    key: "waiting",
    header: "Waiting",
    narrow: "meta",
    align: "right",
    width: "w-24",
    cell: ({ waiting }) => (
      <>
        {formatCount(waiting)}
        <span className="lg:hidden"> waiting</span>
      </>
    ),
  },
  {
    key: "later",
    header: "Later",
    narrow: "hidden",
    align: "right",
    width: "w-20",
    cell: ({ later }) => formatCount(later),
  },
  {
    key: "claimed",
    header: "Claimed",
    narrow: "meta",
    align: "right",
    width: "w-24",
    cell: ({ claimed }) => (
      <>
        {formatCount(claimed)}
        <span className="lg:hidden"> claimed</span>
      </>
    ),
  },
  {
    key: "oldest",
    header: "Oldest waits",
    narrow: "hidden",
    align: "right",
    width: "w-28",
    cell: ({ oldestSeconds }) =>
      oldestSeconds === null ? "–" : formatSeconds(Math.max(0, oldestSeconds)),
  },
  {
    key: "act",
    header: "Acts",
    narrow: "line",
    align: "right",
    width: "w-32",
    cell: (queue) => <QueueAct queue={queue} />,
  },
];

/** What stands in the queues, and what can be wanted of them. */
export function QueueTable({ queues }: { queues: Told<QueueShown[]> }) {
  return (
    <Panel>
      <Part told={queues}>
        {(rows) => (
          <Table label="Queues" columns={COLUMNS} rows={rows} rowKey={({ queue }) => queue} />
        )}
      </Part>
    </Panel>
  );
}

function QueueAct({ queue: { queue, isPausable, paused } }: { queue: QueueShown }) {
  const may = useMay("platform:queue");
  const [asked, setAsked] = useState(false);
  const name = queue as "scrape-domain";
  const pause = useAct(
    HEALTH_KEY,
    ({ queues }) => queues.pause.mutate({ queue: name }),
    () => setAsked(false),
  );
  const resume = useAct(HEALTH_KEY, ({ queues }) => queues.resume.mutate({ queue: name }));
  if (!may || !isPausable) return null;
  if (paused !== null) {
    return (
      <>
        <Button disabled={resume.isPending} onClick={() => resume.mutate(undefined)}>
          Resume
        </Button>
        {resume.isError ? <ErrorCard error={resume.error} /> : null}
      </>
    );
  }
  return (
    // A dialog wraps its text, wherever it stands.
    <div className="text-left whitespace-normal lg:text-right">
      <Button onClick={() => setAsked(true)}>Pause…</Button>
      <ConfirmDialog
        open={asked}
        onClose={() => setAsked(false)}
        title="Pause this queue for all tenants?"
        confirm="Pause queue"
        keep="Keep it open"
        busy={pause.isPending}
        onConfirm={() => pause.mutate(undefined)}
      >
        <p>
          No worker claims anything more of it. Sites that are being visited are read to their end,
          and batches wait until it is resumed.
        </p>
        {pause.isError ? <ErrorCard error={pause.error} className="mt-3" /> : null}
      </ConfirmDialog>
    </div>
  );
}
