import { createHash } from "node:crypto";
import type { Tx } from "@scrapersky/db";
import { purges, suppressions } from "@scrapersky/db/schema";
import { and, eq, inArray, sql } from "drizzle-orm";
import { recordAudit } from "../audit/record-audit.ts";
import { DomainError } from "../errors/domain-error.ts";
import { takeLock } from "../lock/take-lock.ts";
import type { Caller } from "../rbac/actor.ts";
import { readEntry, type SuppressionEntry } from "./read-entry.ts";
import {
  type Erase,
  type Purge,
  SUPPRESSIONS_MAX,
  type SuppressionsAdd,
  type SuppressionsAdded,
} from "./suppression.contract.ts";

/** Tells whether a record of the audit log was about an address, and not which one it was. */
export const hashOf = (entry: string): string =>
  createHash("sha256").update(entry).digest("hex").slice(0, 16);

/**
 * Puts entries on the list of the caller's tenant and begins the removal of what scans found of them. From the commit
 * on nothing of them is stored: outcomes that are being recorded are waited for, later ones read the list.
 * @throws DomainError INVALID_INPUT when the list would be too long
 */
export async function addSuppressions(
  tx: Tx,
  caller: Caller,
  { entries, reason }: SuppressionsAdd,
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
    .where(and(ofTenant(caller), inArray(suppressions.entry, [...read.keys()])));
  for (const { entry } of known) read.delete(entry);
  const added = [...read.values()];
  const purge = added.length === 0 ? null : await insertPurge(tx, caller, "results");
  if (purge) await insertEntries(tx, caller, added, { reason, purge });
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

/**
 * Puts an address or a domain on the list and begins its removal from wherever the tenant holds it. One that stood on the
 * list is erased as well.
 * @throws DomainError INVALID_INPUT for what is neither, and when the list would be too long
 */
export async function beginErasure(
  tx: Tx,
  caller: Caller,
  { subject, reason }: Erase,
): Promise<Purge> {
  const entry = readErasable(subject);
  await takeLock(tx, "suppressions", caller.actor.tenantId);
  const purge = await insertPurge(tx, caller, "everywhere");
  const again = await tx
    .update(suppressions)
    .set({ purgeId: purge.purgeId })
    .where(and(ofTenant(caller), eq(suppressions.entry, entry.entry)))
    .returning({ id: suppressions.id });
  if (again.length === 0) await insertEntries(tx, caller, [entry], { reason, purge });
  await recordAudit(tx, caller, {
    action: "suppressions.erase",
    targetType: "purge",
    targetId: purge.purgeId,
    detail: { kind: entry.kind, hash: hashOf(entry.entry) },
  });
  return purge;
}

/** @throws DomainError INVALID_INPUT for what is no e-mail address and no domain */
export function readErasable(subject: string): SuppressionEntry & { kind: "email" | "domain" } {
  const entry = readEntry(subject);
  if ("reason" in entry) throw wrongSubject(entry.reason);
  const { kind } = entry;
  if (kind === "pattern")
    throw wrongSubject("One e-mail address or one domain is erased at a time.");
  return { ...entry, kind };
}

const wrongSubject = (reason: string): DomainError =>
  new DomainError("INVALID_INPUT", reason, { fieldErrors: { subject: reason } });

const ofTenant = ({ actor }: Caller) => eq(suppressions.tenantId, actor.tenantId);

async function insertPurge(tx: Tx, { actor }: Caller, scope: Purge["scope"]): Promise<Purge> {
  const [row] = await tx
    .insert(purges)
    .values({ tenantId: actor.tenantId, scope, createdBy: actor.id })
    .returning({ id: purges.id });
  if (!row) throw new Error("INSERT … RETURNING gave no row");
  return { purgeId: row.id, scope, ended: false, removed: {} };
}

/** The caller holds the list, so that nobody else makes it longer. */
async function insertEntries(
  tx: Tx,
  caller: Caller,
  entries: readonly SuppressionEntry[],
  { reason, purge }: { reason: string | undefined; purge: Purge },
): Promise<void> {
  const length = await tx.$count(suppressions, ofTenant(caller));
  if (length + entries.length > SUPPRESSIONS_MAX) {
    const most = SUPPRESSIONS_MAX.toLocaleString("en");
    throw new DomainError("INVALID_INPUT", `A suppression list holds at most ${most} entries.`, {
      errorCode: "TOO_MANY_SUPPRESSIONS",
    });
  }
  const { tenantId, id: createdBy } = caller.actor;
  await tx.insert(suppressions).values(
    entries.map((entry) => ({
      ...entry,
      tenantId,
      createdBy,
      reason: reason || null,
      purgeId: purge.purgeId,
      createdAt: sql`clock_timestamp()`,
    })),
  );
}
