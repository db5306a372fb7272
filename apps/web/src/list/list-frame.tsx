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
          <div className="arriving flex items-center justify-center border-b border-line bg-accent-soft py-1">
            <Button variant="ghost" onClick={onAccept}>
              Show {formatCount(arrived)} new
            </Button>
          </div>
        ) : null}
        {count === 0 ? empty : children}
      </Panel>
      {pager}
    </>
  );
}
