import type { Tx } from "@scrapersky/db";
import { suppressions } from "@scrapersky/db/schema";
import { and, eq, inArray } from "drizzle-orm";
import { recordAudit } from "../audit/record-audit.ts";
import { runOnce } from "../idempotency/run-once.ts";
import { takeLock } from "../lock/take-lock.ts";
import type { Caller } from "../rbac/actor.ts";
import { hashOf } from "./hash-of.ts";
import { insertPurge } from "./insert-purge.ts";
import { insertSuppressions } from "./insert-suppressions.ts";
import { readEntry, type SuppressionEntry } from "./read-entry.ts";
import { removeNamed } from "./remove-named.ts";
import type { SuppressionsAdd, SuppressionsAdded } from "./suppression.contract.ts";

/**
 * Puts entries on the list of the caller's tenant, removes what is stored under their names, and begins the removal of
 * whatever else scans found of them. From the commit
 * on nothing of them is stored: outcomes that are being recorded are waited for, later ones read the list.
 * @throws DomainError INVALID_INPUT when the list would be too long; CONFLICT from the idempotency key
 */
export async function addSuppressions(
  tx: Tx,
  caller: Caller,
  { idempotencyKey: key, ...request }: SuppressionsAdd,
): Promise<SuppressionsAdded & { replayed: boolean }> {
  return runOnce(tx, caller.actor, { route: "suppressions.add", key, request }, () =>
    addEntries(tx, caller, request),
  );
}

async function addEntries(
  tx: Tx,
  caller: Caller,
  { entries, reason }: Omit<SuppressionsAdd, "idempotencyKey">,
): Promise<SuppressionsAdded> {
  const { actor } = caller;
  const refused: SuppressionsAdded["refused"] = [];
  const read = new Map<string, SuppressionEntry>();
  for (const text of entries) {
    const entry = readEntry(text);
    if ("reason" in entry) refused.push({ entry: text, reason: entry.reason });
    else read.set(entry.entry, entry);
  }
  await takeLock(tx, "suppressions", actor.tenantId);
  const known = await tx
    .select({ entry: suppressions.entry })
    .from(suppressions)
    .where(
      and(eq(suppressions.tenantId, actor.tenantId), inArray(suppressions.entry, [...read.keys()])),
    );
  for (const { entry } of known) read.delete(entry);
  const added = [...read.values()];
  const begun = added.length === 0 ? null : await insertPurge(tx, caller, "results");
  if (begun) await insertSuppressions(tx, caller, added, { reason, purge: begun });
  const purge = begun && (await removeNamed(tx, actor.tenantId, added, begun));
  await recordAudit(tx, caller, {
    action: "suppressions.add",
    targetType: "suppressions",
    targetId: purge?.purgeId ?? actor.tenantId,
    detail: {
      added: added.length,
      known: known.length,
      refused: refused.length,
      hashes: added.map(({ entry }) => hashOf(entry)),
    },
  });
  return { added: added.length, known: known.length, refused, purge };
}
