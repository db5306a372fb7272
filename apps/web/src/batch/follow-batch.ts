import type { BatchProgress } from "@scrapersky/api/contract";
import type { ApiClient } from "#trpc/api.ts";
import { streamWhileSeen } from "#trpc/stream-place.ts";

/** Has a batch pushed while it is in sight, and says whether it is; the returned function ends that. */
export const followBatch = (
  client: ApiClient,
  batchId: string,
  onNews: (batch: BatchProgress) => void,
  onStreaming: (isStreaming: boolean) => void,
): (() => void) =>
  streamWhileSeen(() => {
    const stream = client.batches.onProgress.subscribe(
      { batchId },
      {
        onData: ({ data }) => onNews(data),
        onConnectionStateChange: ({ state }) => onStreaming(state === "pending"),
      },
    );
    return () => {
      stream.unsubscribe();
      onStreaming(false);
    };
  });
