"use client";

import type { ReactNode } from "react";
import { ErrorCard, TableSkeleton } from "#ui/states.tsx";
import { Panel } from "#ui/table.tsx";

/** Of a query, what a page draws by. */
interface Asked<Data> {
  data: Data | undefined;
  isError: boolean;
  error: unknown;
  refetch(): unknown;
}

/** What a query answered; until then that it is asked, or why there is no answer. */
export function Answered<Data>({
  query: { data, isError, error, refetch },
  children,
}: {
  query: Asked<Data>;
  children: (data: Data) => ReactNode;
}) {
  if (data !== undefined) return children(data);
  return isError ? (
    <ErrorCard error={error} onRetry={() => void refetch()} />
  ) : (
    <Panel>
      <TableSkeleton />
    </Panel>
  );
}
