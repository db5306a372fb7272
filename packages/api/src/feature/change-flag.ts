import type { Tx } from "@scrapersky/db";
import { featureFlags } from "@scrapersky/db/schema";
import { and, eq, ne, sql } from "drizzle-orm";
import { recordAudit } from "../audit/record-audit.ts";
import { DomainError } from "../errors/domain-error.ts";
import { runOnce } from "../idempotency/run-once.ts";
import { takeLock } from "../lock/take-lock.ts";
import type { Caller } from "../rbac/actor.ts";
import {
  FEATURES_MAX,
  type FlagChanged,
  type FlagCreate,
  type FlagUpdate,
} from "./feature-change.contract.ts";
import { getFlag } from "./get-flag.ts";

/**
 * Makes a feature that tenants may have.
 * @throws DomainError CONFLICT `NAME_TAKEN`, and from the idempotency key; INVALID_STATE beyond `FEATURES_MAX`
 */
export async function createFlag(
  tx: Tx,
  caller: Caller,
  { idempotencyKey: key, ...request }: FlagCreate,
): Promise<FlagChanged & { replayed: boolean }> {
  return runOnce(tx, caller.actor, { route: "features.createFlag", key, request }, () =>
    insertFlag(tx, caller, request),
  );
}

async function insertFlag(
  tx: Tx,
  caller: Caller,
  { byDefault, ...flag }: Omit<FlagCreate, "idempotencyKey">,
): Promise<FlagChanged> {
  await takeLock(tx, "features");
  await requireFreeName(tx, flag.name);
  if ((await tx.$count(featureFlags)) >= FEATURES_MAX) {
    throw new DomainError("INVALID_STATE", `There are at most ${FEATURES_MAX} features.`);
  }
  const [row] = await tx
    .insert(featureFlags)
    .values({ ...flag, defaultEnabled: byDefault })
    .returning({ featureId: featureFlags.id });
  if (!row) throw new Error("INSERT … RETURNING gave no row");
  await recordAudit(tx, caller, {
    action: "features.createFlag",
    targetType: "feature",
    targetId: row.featureId,
    detail: { after: { ...flag, byDefault } },
  });
  return { ...row, ...flag, byDefault };
}

/**
 * Changes a feature. Its default holds for every tenant that says nothing of its own.
 * @throws DomainError NOT_FOUND; CONFLICT `NAME_TAKEN`
 */
export async function updateFlag(
  tx: Tx,
  caller: Caller,
  { featureId, patch }: FlagUpdate,
): Promise<FlagChanged> {
  await takeLock(tx, "features");
  const { id, ...before } = await getFlag(tx, featureId);
  const after = { ...before, ...patch };
  if (after.name !== before.name) await requireFreeName(tx, after.name, id);
  const { byDefault, ...rest } = after;
  await tx
    .update(featureFlags)
    .set({ ...rest, defaultEnabled: byDefault, updatedAt: sql`now()` })
    .where(eq(featureFlags.id, id));
  await recordAudit(tx, caller, {
    action: "features.updateFlag",
    targetType: "feature",
    targetId: id,
    detail: { before, after },
  });
  return { featureId: id, ...after };
}

/**
 * Removes a feature, with what tenants say of it and the entries of sidebars that belong to it or need it.
 * @throws DomainError NOT_FOUND
 */
export async function deleteFlag(
  tx: Tx,
  caller: Caller,
  featureId: string,
): Promise<{ featureId: string }> {
  await takeLock(tx, "features");
  const { id, ...before } = await getFlag(tx, featureId);
  await tx.delete(featureFlags).where(eq(featureFlags.id, id));
  await recordAudit(tx, caller, {
    action: "features.deleteFlag",
    targetType: "feature",
    targetId: id,
    detail: { before },
  });
  return { featureId: id };
}

async function requireFreeName(tx: Tx, name: string, but?: string): Promise<void> {
  const [taken] = await tx
    .select({ id: featureFlags.id })
    .from(featureFlags)
    .where(
      and(eq(featureFlags.name, name), but === undefined ? undefined : ne(featureFlags.id, but)),
    )
    .limit(1);
  if (!taken) return;
  throw new DomainError("CONFLICT", `There is a feature "${name}" already.`, {
    errorCode: "NAME_TAKEN",
  });
}
