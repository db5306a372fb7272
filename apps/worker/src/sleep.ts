import { setTimeout as delay } from "node:timers/promises";

/** Waits, or until the signal fires. */
export const sleep = (ms: number, signal?: AbortSignal): Promise<void> =>
  delay(ms, undefined, signal ? { signal } : {}).catch(() => {});

/** A pause that doubles with each failure, up to `most`; a random part keeps workers apart that failed together. */
export const backOff = (ms: number, failures: number, most: number): number =>
  failures === 0
    ? ms
    : Math.max(ms, Math.min(ms * 2 ** failures, most) * (0.5 + Math.random() / 2));
