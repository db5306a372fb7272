import type { Tx } from "@scrapersky/db";
import { webhooks } from "@scrapersky/db/schema";
import { eq, sql } from "drizzle-orm";
import { recordAudit } from "../audit/record-audit.ts";
import type { WebhookMaker } from "./create-webhook.ts";
import { getWebhook } from "./get-webhook.ts";
import { holdWebhook } from "./hold-webhook.ts";
import { requireKey } from "./require-key.ts";
import { secretOf } from "./secret-of.ts";
import type { WebhookMade, WebhookRotate } from "./webhook.contract.ts";

/**
 * Gives a webhook another secret. What is sent is signed by the former one too for a while, so that its receiver changes without a
 * pause; the one before that signs no more.
 * @throws DomainError NOT_FOUND; INVALID_STATE `WEBHOOKS_OFF`
 */
export async function rotateWebhook(
  tx: Tx,
  caller: WebhookMaker,
  { webhookId, overlapHours }: WebhookRotate,
): Promise<WebhookMade> {
  const { tenantId } = caller.actor;
  const key = requireKey(caller.webhooksKey);
  const { id, secretNumber } = await holdWebhook(tx, { tenantId, webhookId });
  const number = secretNumber + 1;
  await tx
    .update(webhooks)
    .set({
      secretNumber: number,
      formerUntil:
        overlapHours === 0 ? null : sql`now() + make_interval(hours => ${overlapHours}::int)`,
      updatedAt: sql`clock_timestamp()`,
    })
    .where(eq(webhooks.id, id));
  await recordAudit(tx, caller, {
    action: "webhooks.rotate",
    targetType: "webhook",
    targetId: id,
    detail: { overlap_hours: overlapHours },
  });
  return {
    ...(await getWebhook(tx, tenantId, id)),
    secret: secretOf(key, { webhookId: id, number }),
  };
}
