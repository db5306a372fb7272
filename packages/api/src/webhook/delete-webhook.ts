import type { Tx } from "@scrapersky/db";
import { webhooks } from "@scrapersky/db/schema";
import { eq } from "drizzle-orm";
import { recordAudit } from "../audit/record-audit.ts";
import type { Caller } from "../rbac/actor.ts";
import { holdWebhook } from "./hold-webhook.ts";

/**
 * Removes a webhook with the log of its deliveries.
 * @throws DomainError NOT_FOUND
 */
export async function deleteWebhook(
  tx: Tx,
  caller: Caller,
  webhookId: string,
): Promise<{ webhookId: string; deleted: true }> {
  const { tenantId } = caller.actor;
  const { id, url } = await holdWebhook(tx, { tenantId, webhookId });
  await tx.delete(webhooks).where(eq(webhooks.id, id));
  await recordAudit(tx, caller, {
    action: "webhooks.delete",
    targetType: "webhook",
    targetId: id,
    detail: { host: new URL(url).host },
  });
  return { webhookId: id, deleted: true };
}
