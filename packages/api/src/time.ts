import { parseTimestamp } from "@scrapersky/db";

/** What a server in UTC prints, or anyone without a zone: it differs from ISO 8601 in letters only. */
const IN_UTC = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.(\d{1,6}))?(?:\+00)?$/;

/** ISO 8601 in UTC of a timestamp as the database prints it, with its microseconds. */
export function isoTime(text: string): string {
  const [, day, time, micros = ""] = IN_UTC.exec(text) ?? [];
  if (day !== undefined) return `${day}T${time}.${micros.padEnd(6, "0")}Z`;
  const fraction = /\.(\d+)/.exec(text)?.[1] ?? "";
  // A Date knows milliseconds only.
  return parseTimestamp(text)
    .toISOString()
    .replace(/\d{3}Z$/, `${fraction.padEnd(6, "0")}Z`);
}

export const isoTimeOrNull = (text: string | null): string | null =>
  text === null ? null : isoTime(text);
