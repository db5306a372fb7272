import type { Tx } from "@scrapersky/db";
import { sidebarFeatures } from "@scrapersky/db/schema";
import { eq, isNull, sql } from "drizzle-orm";
import { recordAudit } from "../audit/record-audit.ts";
import { DomainError } from "../errors/domain-error.ts";
import { runOnce } from "../idempotency/run-once.ts";
import { takeLock } from "../lock/take-lock.ts";
import type { Caller } from "../rbac/actor.ts";
import { PERMISSIONS } from "../rbac/permissions.ts";
import {
  type EntryCreate,
  type EntryUpdate,
  type FeatureEntry,
  FEATURES_MAX,
} from "./feature-change.contract.ts";
import { getEntry, requireOwn } from "./get-entry.ts";
import { getFlag } from "./get-flag.ts";
import { ENTRY_COLUMNS, toEntry } from "./list-entries.ts";
import { requireParent } from "./move-entry.ts";

type Said = EntryUpdate["patch"];

/**
 * Adds an entry to the sidebar of the caller's tenant, or of all.
 * @throws DomainError FORBIDDEN; NOT_FOUND for a parent or a feature; INVALID_INPUT; INVALID_STATE beyond `FEATURES_MAX`;
 * CONFLICT from the idempotency key
 */
export async function createEntry(
  tx: Tx,
  caller: Caller,
  { idempotencyKey: key, ...request }: EntryCreate,
): Promise<FeatureEntry & { replayed: boolean }> {
  return runOnce(tx, caller.actor, { route: "features.createEntry", key, request }, () =>
    insertEntry(tx, caller, request),
  );
}

async function insertEntry(
  tx: Tx,
  caller: Caller,
  { of, parentId, ...said }: Omit<EntryCreate, "idempotencyKey">,
): Promise<FeatureEntry> {
  const { tenantId } = caller.actor;
  requireOwn(caller.actor, { of });
  await takeLock(tx, "features");
  const owner = of === "all" ? null : tenantId;
  const theirs =
    owner === null ? isNull(sidebarFeatures.tenantId) : eq(sidebarFeatures.tenantId, owner);
  if ((await tx.$count(sidebarFeatures, theirs)) >= FEATURES_MAX) {
    throw new DomainError("INVALID_STATE", `A sidebar has at most ${FEATURES_MAX} entries.`);
  }
  const parent = await requireParent(tx, caller.actor, { of, parentId });
  const [row] = await tx
    .insert(sidebarFeatures)
    .values({
      tenantId: owner,
      parentId: parent,
      sidebarName: said.name,
      urlPath: said.urlPath,
      ...(await columnsOf(tx, said)),
    })
    .returning(ENTRY_COLUMNS);
  if (!row) throw new Error("INSERT … RETURNING gave no row");
  const entry = toEntry(row);
  await recordAudit(tx, caller, {
    action: "features.createEntry",
    targetType: "sidebar entry",
    targetId: entry.entryId,
    detail: { after: entry },
  });
  return entry;
}

/**
 * Changes an entry of a sidebar, but not where it stands.
 * @throws DomainError NOT_FOUND; FORBIDDEN for one of all tenants; INVALID_INPUT
 */
export async function updateEntry(
  tx: Tx,
  caller: Caller,
  { entryId, patch }: EntryUpdate,
): Promise<FeatureEntry> {
  await takeLock(tx, "features");
  const before = await getEntry(tx, caller.actor.tenantId, entryId);
  requireOwn(caller.actor, before);
  const [row] = await tx
    .update(sidebarFeatures)
    .set({ ...(await columnsOf(tx, patch)), updatedAt: sql`now()` })
    .where(eq(sidebarFeatures.id, before.entryId))
    .returning(ENTRY_COLUMNS);
  if (!row) throw new Error("a row that was held is gone");
  const after = toEntry(row);
  await recordAudit(tx, caller, {
    action: "features.updateEntry",
    targetType: "sidebar entry",
    targetId: after.entryId,
    detail: { before, after },
  });
  return after;
}

/**
 * Removes an entry of a sidebar, with those below it.
 * @throws DomainError NOT_FOUND; FORBIDDEN for one of all tenants
 */
export async function deleteEntry(
  tx: Tx,
  caller: Caller,
  entryId: string,
): Promise<{ entryId: string }> {
  await takeLock(tx, "features");
  const before = await getEntry(tx, caller.actor.tenantId, entryId);
  requireOwn(caller.actor, before);
  await tx.delete(sidebarFeatures).where(eq(sidebarFeatures.id, before.entryId));
  await recordAudit(tx, caller, {
    action: "features.deleteEntry",
    targetType: "sidebar entry",
    targetId: before.entryId,
    detail: { before },
  });
  return { entryId: before.entryId };
}

/** What is said of an entry, as the columns of its row; what is not said is left out. */
async function columnsOf(tx: Tx, said: Said) {
  const { requiresPermission } = said;
  if (requiresPermission != null && !Object.hasOwn(PERMISSIONS, requiresPermission)) {
    throw new DomainError("INVALID_INPUT", `There is no permission "${requiresPermission}".`, {
      fieldErrors: { requiresPermission: "is no permission" },
    });
  }
  const [featureId, requiresFeature] = [
    await flagOf(tx, said.featureId),
    await flagOf(tx, said.requiresFeature),
  ];
  return Object.fromEntries(
    Object.entries({
      sidebarName: said.name,
      urlPath: said.urlPath,
      icon: said.icon,
      groupName: said.group,
      displayOrder: said.order,
      requiresPermission,
      featureId,
      requiresFeature,
    }).filter(([, value]) => value !== undefined),
  );
}

const flagOf = async (tx: Tx, featureId: string | null | undefined) =>
  featureId == null ? featureId : (await getFlag(tx, featureId)).id;
