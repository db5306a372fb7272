import { parseTimestamp } from "@scrapersky/db";

/** ISO 8601 in UTC of a timestamp as the database prints it, with its microseconds. */
export function isoTime(text: string): string {
  const fraction = /\.(\d+)/.exec(text)?.[1] ?? "";
  // A Date knows milliseconds only.
  return parseTimestamp(text)
    .toISOString()
    .replace(/\d{3}Z$/, `${fraction.padEnd(6, "0")}Z`);
}

export const isoTimeOrNull = (text: string | null): string | null =>
  text === null ? null : isoTime(text);
