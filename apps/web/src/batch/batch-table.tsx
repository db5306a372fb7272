"use client";

import type { BatchSummary } from "@scrapersky/api/contract";
import { RowTo } from "#list/row-to.tsx";
import { formatCount } from "#format/number.ts";
import { formatSeconds } from "#format/time.ts";
import { Unseen } from "#ui/facts.tsx";
import { SegmentedBar } from "#ui/segmented-bar.tsx";
import { Status } from "#ui/status.tsx";
import { Table, type Column } from "#ui/table.tsx";
import { Ago } from "#ui/time.tsx";
import { batchName } from "./batch-words.ts";

/** What is told of batches. */
export const BATCH_COLUMNS: Column<BatchSummary>[] = [
  {
    key: "name",
    header: "Batch",
    narrow: "title",
    cell: (batch) => <RowTo to={`/batches/${batch.batchId}`}>{batchName(batch)}</RowTo>,
  },
  {
    key: "status",
    header: "Status",
    narrow: "aside",
    width: "w-28",
    cell: ({ status, paused, cancelling }) =>
      paused || cancelling ? (
        <span className="text-muted">{paused ? "Paused" : "Cancelling"}</span>
      ) : (
        <Status status={status} />
      ),
  },
  {
    key: "progress",
    header: "Progress",
    narrow: "meta",
    width: "w-52 xl:w-64",
    cell: ({ counts, progress, total }) => (
      <span className="flex items-center gap-3">
        <SegmentedBar counts={counts} progress={progress} className="w-16 shrink-0 xl:w-24" />
        <span className="figures whitespace-nowrap text-muted">
          {formatCount(counts.complete + counts.failed)}/{formatCount(total)}
        </span>
      </span>
    ),
  },
  {
    key: "failed",
    header: "Failed",
    narrow: "hidden",
    align: "right",
    width: "w-18 xl:w-20",
    away: "lg:max-[1100px]:hidden",
    cell: ({ counts }) =>
      counts.failed === 0 ? (
        <span className="figures text-muted">0</span>
      ) : (
        <span className="figures text-failed">{formatCount(counts.failed)}</span>
      ),
  },
  {
    key: "duration",
    header: "Duration",
    narrow: "hidden",
    away: "lg:max-[1100px]:hidden",
    align: "right",
    width: "w-26",
    cell: ({ processingSeconds }) =>
      processingSeconds === null ? (
        <Unseen what="not begun" />
      ) : (
        <span className="figures">{formatSeconds(processingSeconds)}</span>
      ),
  },
  {
    key: "by",
    header: "Created by",
    narrow: "hidden",
    width: "w-36",
    away: "lg:max-xl:hidden",
    cell: ({ createdBy }) =>
      createdBy?.name == null ? (
        <Unseen what="not known" />
      ) : (
        <span className="text-muted" data-hint={createdBy.name}>
          {createdBy.name}
        </span>
      ),
  },
  {
    key: "created",
    header: "Created",
    narrow: "meta",
    align: "right",
    width: "w-26",
    cell: ({ createdAt }) => <Ago at={createdAt} className="text-muted tabular-nums" />,
  },
];

/** Batches as rows, each opening its page. */
export function BatchTable({ label, batches }: { label: string; batches: BatchSummary[] }) {
  return (
    <Table label={label} columns={BATCH_COLUMNS} rows={batches} rowKey={({ batchId }) => batchId} />
  );
}
