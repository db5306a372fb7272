import { AsyncLocalStorage } from "node:async_hooks";
import { type Reader, withOptions } from "@scrapersky/db";
import type { Place } from "../list/cursor.ts";
import type { List } from "../list/define-list.ts";
import type { AnyList } from "../list/list.contract.ts";
import {
  type CellRows,
  findStanding,
  findUnknown,
  readChunk,
  readThese,
  type RowsAsk,
} from "../list/read-chunk.ts";

export const CHUNK_ROWS = 1_000;
/** A chunk is one range of an index: what takes longer is no export but a fault. */
export const CHUNK_TIMEOUT_MS = 5_000;

/**
 * All rows of a list as text, in chunks. Each is a short transaction of its own, so that a slow reader holds nothing; the next
 * is on its way while the reader works on one, and no more than that. Ends by itself when the signal says so. In an order in
 * which rows move, which there are is read beforehand: none comes twice, and none that fits all along is missed.
 */
export async function* readRows<L extends AnyList>(
  reader: Reader,
  list: List<L, unknown>,
  ask: RowsAsk<L>,
  signal: AbortSignal,
  limit = CHUNK_ROWS,
): AsyncGenerator<CellRows, void> {
  const limited = withOptions(reader, {
    signal,
    timeoutMs: CHUNK_TIMEOUT_MS,
    name: "export",
    idempotent: true,
  });
  // Whoever takes the rows is nobody that the log of the database could name.
  const asAsked = AsyncLocalStorage.snapshot();
  const standing = await asAsked(() => findStanding(limited, list, ask));
  if (standing === undefined) {
    const isUnknown = await asAsked(() => findUnknown(limited, list, ask));
    return yield* readAhead<Place>((place) =>
      asAsked(() => readChunk(limited, list, { ...ask, place, limit, isUnknown })),
    );
  }
  const { count, slice } = standing;
  yield* readAhead<number>(async (from = 0) => {
    const to = from + limit;
    const rows = await asAsked(() => readThese(limited, list, ask, slice(from, to)));
    return { rows, next: to < count ? to : undefined };
  });
}

/** Chunk by chunk; `next` is where the one behind begins. */
async function* readAhead<At>(
  read: (at: At | undefined) => Promise<{ rows: CellRows; next: At | undefined }>,
): AsyncGenerator<CellRows, void> {
  const begin = (at: At | undefined) => {
    const chunk = read(at);
    // Awaited when the reader comes back, which may be after it failed, or never.
    chunk.catch(() => {});
    return chunk;
  };
  for (let coming = begin(undefined); ;) {
    const { rows, next } = await coming;
    if (next !== undefined) coming = begin(next);
    yield rows;
    if (next === undefined) return;
  }
}
