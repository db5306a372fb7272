import { parseTimestamp } from "@scrapersky/db";

/** ISO 8601 in UTC of a timestamp as the database prints it. */
export const isoTime = (text: string): string => parseTimestamp(text).toISOString();

export const isoTimeOrNull = (text: string | null): string | null =>
  text === null ? null : isoTime(text);
