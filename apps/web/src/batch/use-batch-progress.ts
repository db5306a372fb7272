"use client";

import type { BatchProgress } from "@scrapersky/api/contract";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { LiveMode } from "#shell/live.tsx";
import { useApi } from "#trpc/client.tsx";
import { batchQuery } from "./batch-queries.ts";
import { isOver } from "./is-over.ts";

const POLL_MS = 5_000;
/** With the stream open, asking is only a net below it. */
const NET_MS = 30_000;

/**
 * A batch as it moves: pushed by the api while it runs and is in sight, asked for again where there is no stream, at rest
 * once the batch has ended. An answer older than what is shown is dropped, so the bar never goes back.
 */
export const useBatchProgress = (batchId: string) => {
  const api = useApi();
  const queryClient = useQueryClient();
  const [streaming, setStreaming] = useState(false);

  const query = useQuery({
    ...batchQuery(api, batchId),
    refetchInterval: ({ state }) =>
      state.data !== undefined && isOver(state.data.status) ? false : streaming ? NET_MS : POLL_MS,
    structuralSharing: (before, after) =>
      newer(before as BatchProgress | undefined, after as BatchProgress),
  });
  const running = query.data !== undefined && !isOver(query.data.status);

  useEffect(() => {
    if (!running) return;
    let left = false;
    let retry: ReturnType<typeof setTimeout> | undefined;
    let end = (): void => undefined;
    const follow = async (): Promise<void> => {
      const client = await api();
      const { followBatch } = await import("./follow-batch.ts");
      if (left) return;
      const { queryKey } = batchQuery(api, batchId);
      const take = (news: BatchProgress): unknown =>
        queryClient.setQueryData(queryKey, (before) => newer(before, news));
      end = followBatch(client, batchId, take, setStreaming);
    };
    // Without its script there is no stream yet; asking again and again goes on.
    const tryFollow = (): void =>
      void follow().catch(() => {
        if (!left) retry = setTimeout(tryFollow, POLL_MS);
      });
    tryFollow();
    return () => {
      left = true;
      clearTimeout(retry);
      end();
    };
  }, [running, batchId, api, queryClient]);
  const mode: LiveMode = !running
    ? query.isError
      ? "reconnecting"
      : "still"
    : streaming
      ? "live"
      : query.isError
        ? "reconnecting"
        : "polling";
  return { query, mode };
};

const newer = (before: BatchProgress | undefined, after: BatchProgress): BatchProgress =>
  before !== undefined && Date.parse(before.asOf) > Date.parse(after.asOf) ? before : after;
