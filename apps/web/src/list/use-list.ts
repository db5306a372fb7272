"use client";

import type { OrderOf } from "@scrapersky/api/lists";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { useReportFreshness } from "#shell/live.tsx";
import { useApi } from "#trpc/client.tsx";
import type { Fixed } from "./list-address.ts";
import { listQuery, type ItemOf, type WebList } from "./list-query.ts";
import { refreshWhileSeen } from "./refresh.ts";
import { useFollow } from "./use-follow.ts";
import { useHeldRows } from "./use-held-rows.ts";
import { useListAddress } from "./use-list-address.ts";

export interface ListOptions<L extends WebList> {
  rowKey: (row: ItemOf<L>) => string;
  fixed?: Fixed<L>;
  /** The order where the address says none. */
  order?: OrderOf<L> | undefined;
  /** Whether rows can change by themselves, so that they are asked for again and again. */
  moves?: boolean;
  /**
   * What the rows are to keep in step with, such as the counts of their batch: whenever it changes they are asked for again.
   * The page then tells how fresh it is by that.
   */
  follows?: string;
}

/** One page of a list as its address asks for it: its rows, held still under the hand, and the ways to others. */
export const useList = <L extends WebList>(
  list: L,
  { rowKey, fixed, order, moves = true, follows }: ListOptions<L>,
) => {
  const address = useListAddress(list, fixed, order);
  const { input, filter } = address;
  const query = useQuery({
    ...listQuery(useApi(), list, input),
    placeholderData: keepPreviousData,
    refetchInterval: (asked) =>
      moves || asked.state.status === "error" ? refreshWhileSeen(asked) : false,
    // Rows kept from before may lag behind what they follow: shown at once, but asked for again.
    ...(follows === undefined ? {} : { staleTime: 0 }),
  });
  useFollow(follows, query);
  const { data, isPlaceholderData } = query;
  const held = useHeldRows(
    data?.items ?? [],
    data === undefined || isPlaceholderData
      ? undefined
      : // What does not move by itself was changed by its reader, who wants to see it at once.
        JSON.stringify([input, moves ? null : query.dataUpdatedAt]),
    rowKey,
  );
  useReportFreshness(
    follows === undefined ? (query.isError ? "reconnecting" : moves ? "polling" : "still") : null,
    query.dataUpdatedAt,
  );
  // Who comes back to the beginning sees what has arrived there meanwhile, as on any first page.
  const isFirst =
    input.cursor !== undefined &&
    data?.previousCursor === null &&
    !data.restarted &&
    !isPlaceholderData;
  useEffect(() => {
    if (isFirst) filter({});
  });
  return { ...address, query, held };
};
