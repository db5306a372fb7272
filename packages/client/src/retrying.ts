import type { AppRouter } from "@scrapersky/api";
import { IDEMPOTENT_CALLS } from "@scrapersky/api/wire";
import type { Operation, TRPCLink } from "@trpc/client";
import { observable } from "@trpc/server/observable";
import {
  type ApiError,
  isAborted,
  isConflict,
  isRateLimited,
  isTimeout,
  isUnavailable,
  isUnreachable,
} from "./api-error.ts";

const PAUSE_MS = 500;
const PAUSE_MS_MAX = 15_000;
/** Whoever asks for more patience than this is told to the caller instead. */
const RETRY_AFTER_MS_MAX = 60_000;

/** Milliseconds to wait before try number `tries` + 1: what the server asks for, and never less than a growing pause of chance. */
export function pauseMs(error: ApiError | undefined, tries: number, random = Math.random): number {
  const pause = Math.min(PAUSE_MS_MAX, PAUSE_MS * 2 ** (tries - 1)) * (0.5 + random() / 2);
  return Math.max(pause, error?.data?.retryAfterMs ?? 0);
}

/** Whether trying again can help, and can do no harm. */
function mayRetry({ type, path }: Pick<Operation, "type" | "path">, error: ApiError): boolean {
  const { data } = error;
  if (isAborted(error) || (data?.retryAfterMs ?? 0) > RETRY_AFTER_MS_MAX) return false;
  if (isRateLimited(error)) return true;
  const isSafe = type === "query" || IDEMPOTENT_CALLS.includes(path);
  const isStillRunning = isConflict(error) && data?.errorCode === "IDEMPOTENCY_IN_PROGRESS";
  const mayPass = isUnavailable(error) || isUnreachable(error) || isTimeout(error);
  return isSafe && (mayPass || isStillRunning);
}

/** Tries calls again; streams come back by themselves. */
export const retrying =
  (retries: number): TRPCLink<AppRouter> =>
  () =>
  ({ op, next }) =>
    observable((observer) => {
      let stop = (): void => {};
      const attempt = (tries: number): void => {
        const running = next(op).subscribe({
          next: (value) => observer.next(value),
          complete: () => observer.complete(),
          error(error) {
            if (tries > retries || op.type === "subscription" || !mayRetry(op, error)) {
              observer.error(error);
              return;
            }
            const timer = setTimeout(() => attempt(tries + 1), pauseMs(error, tries));
            const giveUp = (): void => {
              clearTimeout(timer);
              observer.error(error);
            };
            op.signal?.addEventListener("abort", giveUp, { once: true });
            stop = () => {
              clearTimeout(timer);
              op.signal?.removeEventListener("abort", giveUp);
            };
          },
        });
        stop();
        stop = () => running.unsubscribe();
      };
      attempt(1);
      return () => stop();
    });

/** Gives each call that may be repeated a key, the same for all of its tries. */
export const keyed: TRPCLink<AppRouter> =
  () =>
  ({ op, next }) => {
    const input = op.input as { idempotencyKey?: string } | undefined;
    if (!IDEMPOTENT_CALLS.includes(op.path) || input?.idempotencyKey !== undefined) {
      return next(op);
    }
    return next({ ...op, input: { ...input, idempotencyKey: newKey() } });
  };

/** Not `randomUUID`, which browsers keep from pages without TLS. */
const newKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");
