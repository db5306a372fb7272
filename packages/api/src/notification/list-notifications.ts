import type { Reader } from "@scrapersky/db";
import {
  batchJobs,
  notifications,
  profiles,
  serviceAccounts,
  webhooks,
} from "@scrapersky/db/schema";
import { and, desc, eq, isNotNull } from "drizzle-orm";
import { BATCH_COLUMNS, CREATORS, toSummary } from "../batch/batch-row.ts";
import { IS_NOT_REMOVED } from "../batch/is-removed.ts";
import type { Actor } from "../rbac/actor.ts";
import { contactReaderOf } from "../rbac/contact-reader.ts";
import { withoutReach } from "../rbac/without-reach.ts";
import { isoTime, isoTimeOrNull } from "../time.ts";
import {
  type Notification,
  NOTIFICATIONS_SHOWN,
  type Notifications,
} from "./notification.contract.ts";

const TOLD = {
  notificationId: notifications.id,
  toldAt: notifications.createdAt,
  readAt: notifications.readAt,
};

/** The newest that tell somebody of a tenant. */
export async function listNotifications(reader: Reader, actor: Actor): Promise<Notifications> {
  const all = [...(await ofBatches(reader, actor)), ...(await ofWebhooks(reader, actor))];
  const items = all
    .toSorted((one, two) => two.createdAt.localeCompare(one.createdAt))
    .slice(0, NOTIFICATIONS_SHOWN);
  return { unread: items.filter(({ readAt }) => readAt === null).length, items };
}

const isTold = ({ id, tenantId }: Actor) =>
  and(eq(notifications.profileId, id), eq(notifications.tenantId, tenantId));

async function ofBatches(reader: Reader, actor: Actor): Promise<Notification[]> {
  const rights = contactReaderOf(actor);
  const rows = await reader
    .select({ ...BATCH_COLUMNS, ...TOLD })
    .from(notifications)
    .innerJoin(batchJobs, eq(batchJobs.batchId, notifications.batchId))
    .leftJoin(profiles, CREATORS.person)
    .leftJoin(serviceAccounts, CREATORS.program)
    .where(and(isTold(actor), IS_NOT_REMOVED))
    .orderBy(desc(notifications.createdAt))
    .limit(NOTIFICATIONS_SHOWN);
  return rows.map((row) => {
    const { batchId, firstDomain, status, total, counts, emails, phones, ...rest } = toSummary(row);
    const label = withoutReach(rest.label, rights);
    return {
      ...toldOf(row),
      kind: "batch",
      batch: { batchId, label, firstDomain, status, total, counts, emails, phones },
    };
  });
}

/** Who lost the right to webhooks is told of none any more. */
async function ofWebhooks(reader: Reader, actor: Actor): Promise<Notification[]> {
  if (!actor.permissions.has("webhooks:read")) return [];
  const rows = await reader
    .select({ ...TOLD, webhookId: webhooks.id, url: webhooks.url, reason: webhooks.reason })
    .from(notifications)
    .innerJoin(webhooks, eq(webhooks.id, notifications.webhookId))
    .where(and(isTold(actor), isNotNull(notifications.webhookId)))
    .orderBy(desc(notifications.createdAt))
    .limit(NOTIFICATIONS_SHOWN);
  return rows.map(({ webhookId, url, reason, ...row }) => ({
    ...toldOf(row),
    kind: "webhook",
    webhook: { webhookId, url, reason },
  }));
}

const toldOf = (row: { notificationId: string; toldAt: string; readAt: string | null }) => ({
  notificationId: row.notificationId,
  createdAt: isoTime(row.toldAt),
  readAt: isoTimeOrNull(row.readAt),
});
