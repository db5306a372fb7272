const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

const exact = new Intl.DateTimeFormat("en-GB", {
  dateStyle: "medium",
  timeStyle: "medium",
  timeZone: "UTC",
});
const dayOfYear = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  timeZone: "UTC",
});
const dayAndYear = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeZone: "UTC" });

/** "21 Nov 2026, 11:15:59 UTC". */
export const formatExact = (iso: string): string => `${exact.format(new Date(iso))} UTC`;

/** "21 Nov 2026". */
export const formatDay = (iso: string): string => dayAndYear.format(new Date(iso));

/** "12s ago", "5m ago", "3h ago", "2d ago", then the day. `nowMs` may run ahead of or behind the server's clock. */
export const formatAgo = (iso: string, nowMs: number): string => {
  const date = new Date(iso);
  const ageMs = nowMs - date.getTime();
  if (ageMs < 5 * SECOND_MS) return "just now";
  if (ageMs < MINUTE_MS) return `${Math.floor(ageMs / SECOND_MS)}s ago`;
  if (ageMs < HOUR_MS) return `${Math.floor(ageMs / MINUTE_MS)}m ago`;
  if (ageMs < DAY_MS) return `${Math.floor(ageMs / HOUR_MS)}h ago`;
  if (ageMs < 7 * DAY_MS) return `${Math.floor(ageMs / DAY_MS)}d ago`;
  const sameYear = new Date(nowMs).getUTCFullYear() === date.getUTCFullYear();
  return (sameYear ? dayOfYear : dayAndYear).format(date);
};

/** 0.34 → "340ms", 12.3 → "12s", 102 → "1m 42s", 8000 → "2h 13m". */
export const formatSeconds = (seconds: number): string => {
  if (seconds < 1) return `${Math.round(seconds * SECOND_MS)}ms`;
  if (seconds < 10) return `${(Math.floor(seconds * 10) / 10).toFixed(1)}s`;
  if (seconds < 60) return `${Math.floor(seconds)}s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)}m ${Math.floor(seconds % 60)}s`;
  const hours = Math.floor(seconds / 3600);
  if (hours < 24) return `${hours}h ${Math.floor((seconds % 3600) / 60)}m`;
  return `${Math.floor(hours / 24)}d ${hours % 24}h`;
};

/** What moves once a second: 0.4 → "0s", 9.8 → "9s", then as above. */
export const formatWholeSeconds = (seconds: number): string => {
  const whole = Math.max(0, Math.floor(seconds));
  return whole < 60 ? `${whole}s` : formatSeconds(whole);
};

/** A wait as a range people can plan with: "4–6 min", "40–60 s", "under 10 s". */
export const formatRange = ({ low, high }: { low: number; high: number }): string => {
  if (high < 10) return "under 10 s";
  const inUnit = (unitSeconds: number, unit: string): string => {
    const from = Math.max(1, Math.floor(low / unitSeconds));
    const to = Math.max(from, Math.ceil(high / unitSeconds));
    return from === to ? `about ${to} ${unit}` : `${from}–${to} ${unit}`;
  };
  if (high < 90) return inUnit(1, "s");
  if (high < 90 * 60) return inUnit(60, "min");
  return inUnit(3600, "h");
};
