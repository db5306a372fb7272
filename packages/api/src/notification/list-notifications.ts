import type { Reader } from "@scrapersky/db";
import { batchJobs, notifications, profiles, serviceAccounts } from "@scrapersky/db/schema";
import { and, desc, eq } from "drizzle-orm";
import { BATCH_COLUMNS, CREATORS, toSummary } from "../batch/batch-row.ts";
import { IS_NOT_REMOVED } from "../batch/is-removed.ts";
import type { Actor } from "../rbac/actor.ts";
import { contactReaderOf } from "../rbac/contact-reader.ts";
import { withoutReach } from "../rbac/without-reach.ts";
import { isoTime, isoTimeOrNull } from "../time.ts";
import { NOTIFICATIONS_SHOWN, type Notifications } from "./notification.contract.ts";

/** The newest that tell somebody of a tenant. */
export async function listNotifications(reader: Reader, actor: Actor): Promise<Notifications> {
  const { id, tenantId } = actor;
  const rights = contactReaderOf(actor);
  const rows = await reader
    .select({
      ...BATCH_COLUMNS,
      notificationId: notifications.id,
      toldAt: notifications.createdAt,
      readAt: notifications.readAt,
    })
    .from(notifications)
    .innerJoin(batchJobs, eq(batchJobs.batchId, notifications.batchId))
    .leftJoin(profiles, CREATORS.person)
    .leftJoin(serviceAccounts, CREATORS.program)
    .where(
      and(eq(notifications.profileId, id), eq(notifications.tenantId, tenantId), IS_NOT_REMOVED),
    )
    .orderBy(desc(notifications.createdAt))
    .limit(NOTIFICATIONS_SHOWN);
  return {
    unread: rows.filter(({ readAt }) => readAt === null).length,
    items: rows.map((row) => {
      const { batchId, firstDomain, status, total, counts, emails, phones, ...rest } =
        toSummary(row);
      const label = withoutReach(rest.label, rights);
      return {
        notificationId: row.notificationId,
        batch: { batchId, label, firstDomain, status, total, counts, emails, phones },
        createdAt: isoTime(row.toldAt),
        readAt: isoTimeOrNull(row.readAt),
      };
    }),
  };
}
