import type { Tx } from "@scrapersky/db";
import { notifications } from "@scrapersky/db/schema";
import { and, eq, inArray, isNull, sql } from "drizzle-orm";
import { recordAudit } from "../audit/record-audit.ts";
import { requireUuid } from "../identifier.ts";
import type { Caller } from "../rbac/actor.ts";
import type { MarkRead } from "./notification.contract.ts";

/**
 * Marks what the caller is told as read. Of others' nothing is changed.
 * @returns how many had not been read before
 * @throws DomainError NOT_FOUND for what is no id
 */
export async function markRead(
  tx: Tx,
  caller: Caller,
  { notificationIds }: MarkRead,
): Promise<{ read: number }> {
  const { id, tenantId } = caller.actor;
  const rows = await tx
    .update(notifications)
    .set({ readAt: sql`now()` })
    .where(
      and(
        eq(notifications.profileId, id),
        eq(notifications.tenantId, tenantId),
        isNull(notifications.readAt),
        notificationIds &&
          inArray(
            notifications.id,
            notificationIds.map((text) => requireUuid(text, "Notification")),
          ),
      ),
    )
    .returning({ id: notifications.id });
  if (rows.length > 0) {
    await recordAudit(tx, caller, {
      action: "notifications.markRead",
      targetType: "profile",
      targetId: id,
      detail: { read: rows.length },
    });
  }
  return { read: rows.length };
}
