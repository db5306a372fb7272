import type { Tx } from "@scrapersky/db";
import { webhooks } from "@scrapersky/db/schema";
import { and, eq, sql } from "drizzle-orm";
import { recordAudit } from "../audit/record-audit.ts";
import { DomainError } from "../errors/domain-error.ts";
import type { Caller } from "../rbac/actor.ts";
import { getWebhook } from "./get-webhook.ts";
import { holdWebhook } from "./hold-webhook.ts";
import { readUrl } from "./read-url.ts";
import type { Webhook, WebhookUpdate } from "./webhook.contract.ts";

/**
 * Changes a webhook when nobody else did since it was read. What is on its way goes to the new address.
 * @throws DomainError NOT_FOUND; CONFLICT `STALE`; INVALID_INPUT
 */
export async function updateWebhook(
  tx: Tx,
  caller: Caller,
  { webhookId, expectedUpdatedAt, patch }: WebhookUpdate,
): Promise<Webhook> {
  const { tenantId } = caller.actor;
  const { id } = await holdWebhook(tx, { tenantId, webhookId });
  const { url, events } = patch;
  const updated = await tx
    .update(webhooks)
    .set({
      ...(url === undefined ? {} : { url: readUrl(url) }),
      ...(events && { events: [...new Set(events)] }),
      updatedAt: sql`clock_timestamp()`,
    })
    .where(and(eq(webhooks.id, id), sql`${webhooks.updatedAt} = ${expectedUpdatedAt}::timestamptz`))
    .returning({ id: webhooks.id });
  if (updated.length === 0) {
    throw new DomainError(
      "CONFLICT",
      "Somebody else changed this webhook meanwhile. Read it again.",
      { errorCode: "STALE" },
    );
  }
  await recordAudit(tx, caller, {
    action: "webhooks.update",
    targetType: "webhook",
    targetId: id,
    detail: { changed: Object.keys(patch) },
  });
  return getWebhook(tx, tenantId, id);
}
