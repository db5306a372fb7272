import { AsyncLocalStorage } from "node:async_hooks";
import { type Reader, withOptions } from "@scrapersky/db";
import type { List } from "../list/define-list.ts";
import type { AnyList } from "../list/list.contract.ts";
import { type CellRow, type ChunkAsk, readChunk } from "../list/read-chunk.ts";

export const CHUNK_ROWS = 1_000;
/** A chunk is one range of an index: what takes longer is no export but a fault. */
export const CHUNK_TIMEOUT_MS = 5_000;

/**
 * All rows of a list as text, in chunks. Each is a short transaction of its own, so that a slow reader holds nothing; the next
 * is on its way while the reader works on one, and no more than that. Ends by itself when the signal says so.
 */
export async function* readRows<L extends AnyList>(
  reader: Reader,
  list: List<L, unknown>,
  ask: Omit<ChunkAsk<L>, "place" | "limit">,
  signal: AbortSignal,
  limit = CHUNK_ROWS,
): AsyncGenerator<CellRow[], void> {
  const limited = withOptions(reader, {
    signal,
    timeoutMs: CHUNK_TIMEOUT_MS,
    name: "export",
    idempotent: true,
  });
  // Whoever takes the rows is nobody that the log of the database could name.
  const asAsked = AsyncLocalStorage.snapshot();
  const read = (place: ChunkAsk<L>["place"]) => {
    const chunk = asAsked(() => readChunk(limited, list, { ...ask, place, limit }));
    // Awaited when the reader comes back, which may be after it failed, or never.
    chunk.catch(() => {});
    return chunk;
  };
  for (let coming = read(undefined); ;) {
    const { rows, next } = await coming;
    if (next) coming = read(next);
    yield rows;
    if (!next) return;
  }
}
