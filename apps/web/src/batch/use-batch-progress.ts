"use client";

import type { BatchProgress, BatchStatus } from "@scrapersky/api/contract";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useSubscription } from "@trpc/tanstack-react-query";
import { useState } from "react";
import type { LiveMode } from "#shell/live.tsx";
import { useTRPC } from "#trpc/client.tsx";

const TERMINAL: ReadonlySet<BatchStatus> = new Set(["complete", "partial", "failed", "cancelled"]);

export const isTerminal = (status: BatchStatus): boolean => TERMINAL.has(status);

const POLL_MS = 5_000;
/** With the stream open, asking is only a net below it. */
const NET_MS = 30_000;

/**
 * A batch as it moves: pushed by the api while it runs, asked for again when the stream is away, at rest once the batch
 * has ended. An answer older than what is shown is dropped, so the bar never goes back.
 */
export const useBatchProgress = (batchId: string) => {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [streaming, setStreaming] = useState(false);
  const { queryKey } = trpc.batches.status.queryOptions({ batchId });

  const query = useQuery({
    ...trpc.batches.status.queryOptions({ batchId }),
    refetchInterval: ({ state }) =>
      state.data !== undefined && isTerminal(state.data.status)
        ? false
        : streaming
          ? NET_MS
          : POLL_MS,
    structuralSharing: (before, after) =>
      newer(before as BatchProgress | undefined, after as BatchProgress),
  });
  const running = query.data !== undefined && !isTerminal(query.data.status);

  useSubscription(
    trpc.batches.onProgress.subscriptionOptions(
      { batchId },
      {
        enabled: running,
        onData: ({ data }) => queryClient.setQueryData(queryKey, (before) => newer(before, data)),
        onConnectionStateChange: ({ state }) => setStreaming(state === "pending"),
      },
    ),
  );
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
