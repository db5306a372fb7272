import { setTimeout as sleep } from "node:timers/promises";

const TOKENS_MAX = 10;
/** Ten successes pay for one retry: in an outage retries stay a tenth of the load. */
const EARNED_PER_SUCCESS = 0.1;

/** Keeps retries from multiplying the load of a server in trouble. */
export class RetryBudget {
  #tokens = TOKENS_MAX;

  succeeded(): void {
    this.#tokens = Math.min(TOKENS_MAX, this.#tokens + EARNED_PER_SUCCESS);
  }

  /** True when one more retry may be made; it is counted. */
  take(): boolean {
    if (this.#tokens < 1) return false;
    this.#tokens--;
    return true;
  }
}

/** Milliseconds to wait after the `failures`th failure: doubling, with half of it by chance. */
export const backoffMs = (failures: number, firstMs: number, maxMs: number): number => {
  const full = Math.min(maxMs, firstMs * 2 ** (failures - 1));
  return full / 2 + (Math.random() * full) / 2;
};

/** Waits, or rejects when the signal fires. */
export const pause = (ms: number, signal: AbortSignal | undefined): Promise<void> =>
  sleep(ms, undefined, signal ? { signal } : undefined);
