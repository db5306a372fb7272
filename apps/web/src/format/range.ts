import { unitOf } from "./time.ts";

/** A wait as a range people can plan with: "4–6m", "40–60s", "under 10s". */
export const formatRange = ({ low, high }: { low: number; high: number }): string => {
  if (high < 10) return "under 10s";
  // Below one and a half of a unit the smaller one says more than "1–2".
  const { word, seconds } = unitOf(high / 1.5);
  const from = Math.max(1, Math.floor(low / seconds));
  const to = Math.max(from, Math.ceil(high / seconds));
  return from === to ? `about ${to}${word}` : `${from}–${to}${word}`;
};
