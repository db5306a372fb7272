"use client";

import { clsx } from "clsx";
import type { ReactNode } from "react";
import { formatCount } from "#format/number.ts";
import { Button } from "#ui/button.tsx";
import { ErrorCard, TableSkeleton } from "#ui/states.tsx";
import { Panel } from "#ui/table.tsx";

/** What a list needs to know of its query. */
interface ListQuery {
  data: unknown;
  isError: boolean;
  error: unknown;
  isPlaceholderData: boolean;
  refetch: () => Promise<unknown>;
}

/** The states a list shares: on its way, failed, empty, or there, with the newer rows that wait and the way to older ones. */
export function ListFrame({
  query,
  count,
  arrived,
  onAccept,
  empty,
  pager,
  children,
}: {
  query: ListQuery;
  count: number;
  arrived: number;
  onAccept: () => void;
  empty: ReactNode;
  pager?: ReactNode;
  children: ReactNode;
}) {
  const isMissing = query.data === undefined;
  const failure = query.isError ? (
    <ErrorCard
      error={query.error}
      onRetry={() => void query.refetch()}
      className={isMissing ? undefined : "mb-3"}
    />
  ) : null;
  if (isMissing) {
    return (
      failure ?? (
        <Panel>
          <TableSkeleton />
        </Panel>
      )
    );
  }
  return (
    <>
      {failure}
      <Panel
        className={clsx("transition-opacity delay-150", query.isPlaceholderData && "opacity-60")}
      >
        {arrived > 0 ? (
          // Over the list, in sight wherever it is read, and without moving a row.
          <div className="sticky top-22 z-20 h-0">
            <div className="arriving absolute inset-x-0 top-2 flex justify-center">
              <Button onClick={onAccept} className="shadow-float">
                Show {formatCount(arrived)} new
              </Button>
            </div>
          </div>
        ) : null}
        {count === 0 ? empty : children}
      </Panel>
      {pager}
    </>
  );
}
