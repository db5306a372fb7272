import { expression, nullable, type Tx } from "@scrapersky/db";
import { sql } from "drizzle-orm";
import { DomainError } from "../errors/domain-error.ts";
import { findPermanentFault } from "../errors/permanent-fault.ts";
import type { Acted, BulkCaller } from "./bulk-act.ts";
import { actOf } from "./bulk-acts.ts";
import { bulkSentenceOf } from "./bulk-reasons.ts";
import type { BulkCall } from "./bulk.contract.ts";
import { selectAgain } from "./select-judged.ts";

export interface Told {
  id: string;
  reason: string;
}

/** What became of the rows of a chunk. */
export interface ChunkDone extends Omit<Acted, "told"> {
  skipped: Told[];
  failed: Told[];
  /** Of the last that failed, in words. */
  error: string | null;
}

/**
 * Does the act to the rows of a chunk that are eligible still. Where a rule or the database refuses them together, each is
 * tried by itself, so that one takes no other down.
 * @throws whatever may pass: a database that is away or busy, and our own mistakes
 */
export async function actOnChunk(
  tx: Tx,
  caller: BulkCaller,
  call: BulkCall,
  ids: readonly string[],
): Promise<ChunkDone> {
  const { tenantId } = caller.actor;
  const judged = await tx
    .select({ id: expression("text")`subject::text`, reason: expression(nullable("text"))`reason` })
    .from(sql`(${selectAgain(tx, call, tenantId, ids)}) judged`);
  const reasons = new Map(judged.map(({ id, reason }) => [id, reason]));
  const eligible = ids.filter((id) => reasons.get(id) === null);
  const skipped = ids.flatMap((id) => {
    const reason = reasons.has(id) ? reasons.get(id) : "gone";
    return reason == null ? [] : [{ id, reason }];
  });
  const all: ChunkDone = { done: 0, skipped, failed: [], error: null };
  if (eligible.length === 0) return all;
  const together = await tryToAct(tx, caller, call, eligible);
  if (together.failed.length === 0 || !mayBeParted(call)) return sum(all, together);
  let parted = all;
  for (const id of eligible) parted = sum(parted, await tryToAct(tx, caller, call, [id]));
  return parted;
}

/** A rescan makes one batch of all. */
const mayBeParted = ({ action }: BulkCall): boolean => action !== "leads.rescan";

async function tryToAct(
  tx: Tx,
  caller: BulkCaller,
  { action, settings, target }: BulkCall,
  ids: readonly string[],
): Promise<ChunkDone> {
  try {
    const { told, ...acted } = await tx.savepoint((inner) =>
      actOf(action)(inner, caller, { ids, settings, list: target.list }),
    );
    return { ...acted, skipped: told, failed: [], error: null };
  } catch (fault) {
    const refusal = refusalOf(fault);
    if (!refusal) throw fault;
    const failed = ids.map((id) => ({ id, reason: refusal.reason }));
    return { done: 0, skipped: [], failed, error: refusal.error };
  }
}

/** What says no for good, with words that anybody may read. */
function refusalOf(fault: unknown): { reason: string; error: string } | undefined {
  if (fault instanceof DomainError && fault.code !== "UNAVAILABLE") {
    return { reason: fault.details.errorCode ?? fault.code, error: fault.message };
  }
  if (!findPermanentFault(fault)) return undefined;
  return { reason: "fault", error: bulkSentenceOf("fault") };
}

function sum(one: ChunkDone, other: ChunkDone): ChunkDone {
  const batchId = other.batchId ?? one.batchId;
  const former = other.former && {
    ...other.former,
    leads: [...(one.former?.leads ?? []), ...other.former.leads],
  };
  return {
    done: one.done + other.done,
    skipped: [...one.skipped, ...other.skipped],
    failed: [...one.failed, ...other.failed],
    error: other.error ?? one.error,
    withdrawn: [...(one.withdrawn ?? []), ...(other.withdrawn ?? [])],
    ...(batchId === undefined ? {} : { batchId }),
    ...(former ? { former } : one.former ? { former: one.former } : {}),
  };
}
