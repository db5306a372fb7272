import type { Tx } from "@scrapersky/db";
import { bulkActions, bulkChunks } from "@scrapersky/db/schema";
import { and, asc, desc, eq, gte, isNotNull, isNull, sql } from "drizzle-orm";
import { type FormerLeads, restoreLeads } from "../lead/update-leads.ts";
import type { Actor, Caller, Outsider } from "../rbac/actor.ts";
import { findActorAgain } from "../rbac/find-actor-again.ts";
import { actOnChunk, type ChunkDone } from "./act-on-chunk.ts";
import type { BulkCaller } from "./bulk-act.ts";
import { bulkSentenceOf } from "./bulk-reasons.ts";
import { BULK_ACTS, type BulkCall } from "./bulk.contract.ts";
import { BULK } from "./bulk.state.ts";
import { type BulkActionRow, endBulk } from "./end-bulk.ts";

/** How often in a row a chunk is tried that fails for a reason that may pass. */
export const BULK_TRIES_MAX = 5;

/** The act and its settings; which rows are meant was found when it began. */
const callOf = ({ action, list, settings }: BulkActionRow): BulkCall =>
  ({ action, target: { list, ids: [] }, settings }) as unknown as BulkCall;

/** What came of a step. */
export interface BulkStep {
  ended: boolean;
  /** Batches that were paused or cancelled: the caller lets the queue take them back, once this is committed. */
  withdrawn: { batchId: string; tenantId: string }[];
}

/**
 * Does the next chunk of a bulk action, each in a transaction of its own that keeps place and counts; one that another is
 * at is left alone. Whoever began it is looked up anew, and it stops where the right to it is gone.
 * @returns undefined when there is nothing to do at the moment
 */
export async function continueBulk(
  tx: Tx,
  queue: BulkCaller["queue"],
  id: string,
): Promise<BulkStep | undefined> {
  const [row] = await tx
    .select()
    .from(bulkActions)
    .where(and(eq(bulkActions.id, id), isNull(bulkActions.endedAt)))
    .for("no key update", { skipLocked: true });
  if (!row) return undefined;
  if (row.status === "undoing") return undoChunk(tx, row);
  const call = callOf(row);
  const actor = await findBeginner(tx, row);
  if (!actor?.permissions.has(BULK_ACTS[call.action].permission)) {
    await endBulk(tx, workerFor(row), row, { move: "stop", as: "bulk.end", error: NO_RIGHT });
    return { ended: true, withdrawn: [] };
  }
  const [chunk] = await tx
    .select()
    .from(bulkChunks)
    .where(and(eq(bulkChunks.bulkId, id), gte(bulkChunks.number, row.nextChunk)))
    .orderBy(asc(bulkChunks.number))
    .limit(1);
  if (!chunk) {
    await endBulk(tx, workerFor(row), row, { move: "finish", as: "bulk.end" });
    return { ended: true, withdrawn: [] };
  }
  const caller = {
    actor,
    queue,
    requestId: requestIdOf(row),
    source: row.source as Caller["source"],
  };
  const chunkDone =
    row.tries < BULK_TRIES_MAX ? await actOnChunk(tx, caller, call, chunk.ids) : givenUp(chunk.ids);
  const kept = await keepDone(tx, row, chunk.number, chunkDone);
  const withdrawn = (chunkDone.withdrawn ?? []).map((batchId) => ({
    batchId,
    tenantId: row.tenantId,
  }));
  if (await hasMore(tx, kept)) return { ended: false, withdrawn };
  await endBulk(tx, workerFor(row), kept, { move: "finish", as: "bulk.end" });
  return { ended: true, withdrawn };
}

const NO_RIGHT =
  "Whoever began it may not do this any more, so it stopped. What was done until then stays.";

const requestIdOf = ({ id }: BulkActionRow): string => `bulk ${id}`;

const workerFor = (row: BulkActionRow): Outsider => ({
  actor: null,
  personId: row.createdBy,
  requestId: requestIdOf(row),
  source: "worker",
});

const findBeginner = (tx: Tx, row: BulkActionRow): Promise<Actor | undefined> =>
  findActorAgain(tx, {
    id: row.createdBy,
    kind: row.actorKind as Actor["kind"],
    tenantId: row.tenantId,
    apiKeyId: row.apiKeyId,
  });

const givenUp = (ids: readonly string[]): ChunkDone => ({
  done: 0,
  skipped: [],
  failed: ids.map((id) => ({ id, reason: "fault" })),
  error: bulkSentenceOf("fault"),
});

async function keepDone(
  tx: Tx,
  row: BulkActionRow,
  number: number,
  { done, skipped, failed, former, batchId, error }: ChunkDone,
): Promise<BulkActionRow> {
  const told = [...skipped, ...failed];
  const isChunk = and(eq(bulkChunks.bulkId, row.id), eq(bulkChunks.number, number));
  if (told.length === 0 && former === undefined) await tx.delete(bulkChunks).where(isChunk);
  else
    await tx
      .update(bulkChunks)
      .set({ ids: [], told, former: former ?? null })
      .where(isChunk);
  const reasons = { ...row.reasons };
  for (const { reason } of told) reasons[reason] = (reasons[reason] ?? 0) + 1;
  const [kept] = await tx
    .update(bulkActions)
    .set({
      status: BULK.moves.begin.to,
      startedAt: sql`coalesce(${bulkActions.startedAt}, now())`,
      touchedAt: sql`clock_timestamp()`,
      done: row.done + done,
      skipped: row.skipped + skipped.length,
      failed: row.failed + failed.length,
      reasons,
      nextChunk: number + 1,
      tries: 0,
      error: error ?? row.error,
      batchId: batchId ?? row.batchId,
    })
    .where(eq(bulkActions.id, row.id))
    .returning();
  if (!kept) throw new Error("UPDATE … RETURNING gave no row");
  return kept;
}

async function hasMore(tx: Tx, { id, nextChunk }: BulkActionRow): Promise<boolean> {
  const more = await tx
    .select({ number: bulkChunks.number })
    .from(bulkChunks)
    .where(and(eq(bulkChunks.bulkId, id), gte(bulkChunks.number, nextChunk)))
    .limit(1);
  return more.length > 0;
}

/** Brings back what the last chunk changed that is not brought back yet. */
async function undoChunk(tx: Tx, row: BulkActionRow): Promise<BulkStep> {
  const isKept = and(eq(bulkChunks.bulkId, row.id), isNotNull(bulkChunks.former));
  const [chunk, next] = await tx
    .select({ number: bulkChunks.number, former: bulkChunks.former })
    .from(bulkChunks)
    .where(isKept)
    .orderBy(desc(bulkChunks.number))
    .limit(2);
  if (chunk) {
    await restoreLeads(tx, row.tenantId, chunk.former as FormerLeads);
    await tx
      .update(bulkChunks)
      .set({ former: null })
      .where(and(eq(bulkChunks.bulkId, row.id), eq(bulkChunks.number, chunk.number)));
    await tx
      .update(bulkActions)
      .set({ touchedAt: sql`clock_timestamp()` })
      .where(eq(bulkActions.id, row.id));
  }
  if (next) return { ended: false, withdrawn: [] };
  await endBulk(tx, workerFor(row), row, { move: "restore", as: "bulk.end" });
  return { ended: true, withdrawn: [] };
}
