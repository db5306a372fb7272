"use client";

import type { BulkAction, BulkSkipped } from "@scrapersky/api/contract";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { formatCount } from "#format/number.ts";
import { useFollow } from "#list/use-follow.ts";
import { usePath } from "#shell/me.tsx";
import { useApi } from "#trpc/client.tsx";
import { Button } from "#ui/button.tsx";
import { shortId } from "#ui/copy-button.tsx";
import { ReasonRow, widthOf } from "#ui/reason-row.tsx";
import { EmptyState, ErrorCard, TableSkeleton } from "#ui/states.tsx";
import { type Column, Panel, RowLink, Table } from "#ui/table.tsx";
import { skippedQuery } from "./bulk-queries.ts";

/** Rows that are drawn at once. */
const STEP = 50;

const PAGES: Partial<Record<BulkAction["list"], string>> = {
  jobs: "/jobs",
  batches: "/batches",
  leads: "/domains",
};

/** Rows that were left out or failed: how many for which reason, then one by one. */
export function SkippedRows({ bulk }: { bulk: BulkAction }) {
  const { id, skipped, failed, reasons, list } = bulk;
  const left = skipped + failed;
  const query = useQuery({ ...skippedQuery(useApi(), id), enabled: left > 0 });
  useFollow(String(left), query);
  const path = usePath();
  const [shown, setShown] = useState(STEP);
  if (left === 0) {
    return (
      <Panel>
        <EmptyState compact title="None" />
      </Panel>
    );
  }
  const { data } = query;
  return (
    <>
      <Panel className="mb-3">
        <ul className="divide-y divide-line">
          {reasons.map(({ reason, text, count }) => (
            <ReasonRow
              key={reason}
              count={count}
              width={widthOf(reasons)}
              message={text}
              tone="cancelled"
            >
              {null}
            </ReasonRow>
          ))}
        </ul>
      </Panel>
      {data === undefined ? (
        query.isError ? (
          <ErrorCard error={query.error} onRetry={() => void query.refetch()} />
        ) : (
          <Panel>
            <TableSkeleton rows={3} />
          </Panel>
        )
      ) : (
        <>
          <Panel>
            <Table
              label="Rows left as they were"
              columns={columnsOf(PAGES[list], path)}
              rows={data.items.slice(0, shown)}
              rowKey={(row) => `${row.id} ${row.reason}`}
            />
          </Panel>
          <div className="mt-3 flex min-h-8 flex-wrap items-center gap-3 text-sm text-muted">
            {shown < data.items.length ? (
              <Button onClick={() => setShown(shown + STEP)}>Show more</Button>
            ) : null}
            {shown < data.total ? (
              <p className="tabular-nums">
                {formatCount(Math.min(shown, data.items.length))} of {formatCount(data.total)}
                {data.items.length < data.total
                  ? `; the first ${formatCount(data.items.length)} are told one by one`
                  : ""}
              </p>
            ) : null}
          </div>
        </>
      )}
    </>
  );
}

const columnsOf = (
  page: string | undefined,
  path: (below: string) => string,
): Column<BulkSkipped>[] => [
  {
    key: "name",
    header: "Row",
    narrow: "title",
    width: "lg:w-72",
    cell: ({ id, name }) =>
      page === undefined || name === null ? (
        <span className="figures" data-hint={id}>
          {name ?? shortId(id)}
        </span>
      ) : (
        <RowLink href={path(`${page}/${id}`)} className="font-normal">
          <span className="figures">{name}</span>
        </RowLink>
      ),
  },
  {
    key: "why",
    header: "Why",
    narrow: "line",
    cell: ({ text }) => (
      <span className="text-muted" data-hint={text}>
        {text}
      </span>
    ),
  },
];
