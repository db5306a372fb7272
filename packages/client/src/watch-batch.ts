import {
  type ApiError,
  isRateLimited,
  isTimeout,
  isUnavailable,
  isUnreachable,
} from "./api-error.ts";
import type { ScraperSkyClient } from "./create-client.ts";
import type { Outputs } from "./index.ts";
import { pauseMs } from "./retrying.ts";

export type BatchReading = Outputs["batches"]["byId"];

/** Failures in a row, without a reading in between, after which the last one is thrown. */
const FAILURES_MAX = 10;

/**
 * The batch now and after each change; ends with its last state. A reading that nobody took yet gives way to the next. Comes
 * back after a break where it was.
 * @throws ApiError when it may not be watched, or cannot be for minutes
 */
export async function* watchBatch(
  client: ScraperSkyClient,
  batchId: string,
  { signal }: { signal?: AbortSignal } = {},
): AsyncGenerator<BatchReading, void> {
  let lastEventId: string | undefined;
  let failures = 0;
  while (signal?.aborted !== true) {
    try {
      for await (const { id, data } of listen(client, { batchId, lastEventId }, signal)) {
        lastEventId = id;
        failures = 0;
        yield data;
      }
      return;
    } catch (error) {
      failures++;
      if (!passes(error) || failures >= FAILURES_MAX) throw error;
      await pause(pauseMs(error, failures), signal);
    }
  }
}

const passes = (error: unknown): error is ApiError =>
  isUnavailable(error) || isUnreachable(error) || isTimeout(error) || isRateLimited(error);

async function* listen(
  client: ScraperSkyClient,
  input: { batchId: string; lastEventId: string | undefined },
  signal: AbortSignal | undefined,
): AsyncGenerator<{ id: string; data: BatchReading }, void> {
  let latest: { id: string; data: BatchReading } | undefined;
  let end: { error?: unknown } | undefined;
  let wake = (): void => {};
  const over = (how: { error?: unknown }): void => {
    end ??= how;
    wake();
  };
  const subscription = client.batches.onProgress.subscribe(input, {
    onData(reading) {
      latest = reading;
      wake();
    },
    onComplete: () => over({}),
    onError: (error) => over({ error }),
  });
  const stop = (): void => over({});
  signal?.addEventListener("abort", stop, { once: true });
  try {
    for (;;) {
      if (latest !== undefined) {
        const reading = latest;
        latest = undefined;
        yield reading;
      } else if (end !== undefined) {
        if ("error" in end) throw end.error;
        return;
      } else {
        await new Promise<void>((resolve) => (wake = resolve));
      }
    }
  } finally {
    signal?.removeEventListener("abort", stop);
    subscription.unsubscribe();
  }
}

const pause = (ms: number, signal: AbortSignal | undefined): Promise<void> =>
  new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal?.addEventListener("abort", done, { once: true });
  });
