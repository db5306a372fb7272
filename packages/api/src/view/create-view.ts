import type { Tx } from "@scrapersky/db";
import { savedViews } from "@scrapersky/db/schema";
import { and, eq } from "drizzle-orm";
import { recordAudit } from "../audit/record-audit.ts";
import { DomainError } from "../errors/domain-error.ts";
import { runOnce } from "../idempotency/run-once.ts";
import { takeLock } from "../lock/take-lock.ts";
import type { Caller } from "../rbac/actor.ts";
import { requirePermission } from "../rbac/require-permission.ts";
import { requirePerson } from "../rbac/require-person.ts";
import { freeSlug, slugOf } from "../tenant/slug.ts";
import { knownList } from "./known-list.ts";
import { type SavedView, type ViewCreate, VIEWS_MAX } from "./view.contract.ts";
import { toView, VIEW_COLUMNS } from "./view-row.ts";

/**
 * Keeps filters and order of a list under a name.
 * @throws DomainError NOT_FOUND for a list that is none; FORBIDDEN without the right to it or, for a shared one, to share;
 * INVALID_STATE beyond `VIEWS_MAX`; CONFLICT from the idempotency key
 */
export async function createView(
  tx: Tx,
  caller: Caller,
  { idempotencyKey: key, ...request }: ViewCreate,
): Promise<SavedView & { replayed: boolean }> {
  return runOnce(tx, caller.actor, { route: "views.create", key, request }, () =>
    insertView(tx, caller, request),
  );
}

async function insertView(
  tx: Tx,
  caller: Caller,
  { list: listName, name, query, shared }: Omit<ViewCreate, "idempotencyKey">,
): Promise<SavedView> {
  const { actor } = caller;
  const list = knownList(actor, listName).name;
  const ownerId = requirePerson(actor);
  if (shared) requirePermission(actor, "views:share");
  await takeLock(tx, "views", actor.tenantId);
  const there = await tx
    .select({ slug: savedViews.slug, ownerId: savedViews.ownerId })
    .from(savedViews)
    .where(and(eq(savedViews.tenantId, actor.tenantId), eq(savedViews.list, list)));
  if (there.filter((view) => view.ownerId === ownerId).length >= VIEWS_MAX) {
    throw new DomainError(
      "INVALID_STATE",
      `You keep ${VIEWS_MAX} views of this list. Delete one first.`,
      { errorCode: "TOO_MANY_VIEWS" },
    );
  }
  const slug = freeSlug(slugOf(name), new Set(there.map((view) => view.slug)));
  const [row] = await tx
    .insert(savedViews)
    .values({ tenantId: actor.tenantId, ownerId, list, slug, name, query, shared })
    .returning(VIEW_COLUMNS);
  if (!row) throw new Error("INSERT … RETURNING gave no row");
  await recordAudit(tx, caller, {
    action: "views.create",
    targetType: "view",
    targetId: row.viewId,
    detail: { list, shared },
  });
  return toView({ ...row, by: actor.name }, actor.id);
}
