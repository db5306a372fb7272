import type { ChangePlace } from "./change-place.ts";

/** One thing that happened: the row that it is about, null for none, and the place behind it. */
export interface ChangeEntry {
  key: string | null;
  place: ChangePlace;
}

interface Collected<Entry> {
  /** The last entry of each row. */
  entries: Entry[];
  place: ChangePlace;
  more: boolean;
}

/**
 * Reads on from a place until so many rows are there or nothing more has happened; a row that several things happened to
 * is there once.
 * @param read gives the next entries, and whether those were the last at the moment
 */
export async function collectChanges<Entry extends ChangeEntry>(
  from: ChangePlace,
  limit: number,
  read: (place: ChangePlace) => Promise<{ entries: Entry[]; isLast: boolean }>,
): Promise<Collected<Entry>> {
  const told = new Map<string, Entry>();
  let place = from;
  for (;;) {
    const { entries, isLast } = await read(place);
    for (const entry of entries) {
      if (entry.key !== null) {
        if (told.size === limit && !told.has(entry.key)) {
          return { entries: [...told.values()], place, more: true };
        }
        told.set(entry.key, entry);
      }
      ({ place } = entry);
    }
    if (isLast) return { entries: [...told.values()], place, more: false };
  }
}
