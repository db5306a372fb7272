import { RETRY_AFTER_CAP_MS } from "../limits.ts";

/** Milliseconds a Retry-After header asks for: seconds or a date, at least 0, at most an hour; undefined when absent or nonsense. */
export function retryAfterOf(value: string, now: number): number | undefined {
  const text = value.trim();
  if (/^\d{1,12}$/.test(text)) return Math.min(Number(text) * 1000, RETRY_AFTER_CAP_MS);
  // Date.parse accepts far more than HTTP dates; those always name a time zone or weekday
  const at = /[a-z]/i.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? undefined : Math.min(Math.max(0, at - now), RETRY_AFTER_CAP_MS);
}
