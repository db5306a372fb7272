"use client";

import { type DehydratedState, type QueryClient, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useEffect, useMemo } from "react";

type Read = DehydratedState["queries"];

const take = (client: QueryClient, read: Read): void => {
  for (const { queryKey, state } of read) {
    client.setQueryData(queryKey, state.data, { updatedAt: state.dataUpdatedAt });
  }
};

/**
 * Gives the page below what the server read for it. What the browser knew before changes once the page is there: until then the
 * page that is left may be showing it. The library's own does more, such as answers still under way, and weighs three times as much.
 */
export function Hydrated({ state, children }: { state: DehydratedState; children: ReactNode }) {
  const client = useQueryClient();
  const newer = useMemo(() => {
    const readAt = (key: Read[number]["queryKey"]) => client.getQueryState(key)?.dataUpdatedAt;
    const known = Map.groupBy(state.queries, ({ queryKey }) => readAt(queryKey) !== undefined);
    take(client, known.get(false) ?? []);
    return (known.get(true) ?? []).filter(
      ({ queryKey, state: own }) => own.dataUpdatedAt > (readAt(queryKey) ?? 0),
    );
  }, [client, state]);
  useEffect(() => take(client, newer), [client, newer]);
  return children;
}
