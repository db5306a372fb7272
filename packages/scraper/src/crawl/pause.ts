/** What politeness is measured with. */
export interface Time {
  /** Milliseconds of a clock that never goes back. */
  now(): number;
  /** Waits, or returns at once when the signal aborts. Never rejects: the next step looks at the signal itself. */
  pause(ms: number, signal: AbortSignal): Promise<void>;
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted || ms <= 0) return Promise.resolve();
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener("abort", end, { once: true });
  });
}

export const realTime: Time = { now: () => performance.now(), pause };

/** A random part of `ms`, so that many visits that failed together do not come back together. */
export const jitter = (ms: number): number => ms * (0.5 + Math.random() / 2);
