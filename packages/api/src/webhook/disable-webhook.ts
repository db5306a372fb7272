import type { Tx } from "@scrapersky/db";
import { webhooks } from "@scrapersky/db/schema";
import { eq, sql } from "drizzle-orm";
import { recordAudit } from "../audit/record-audit.ts";
import type { Caller } from "../rbac/actor.ts";
import { getWebhook } from "./get-webhook.ts";
import { holdWebhook } from "./hold-webhook.ts";
import type { Webhook } from "./webhook.contract.ts";
import { WEBHOOK } from "./webhook.state.ts";
import { withdrawDeliveries } from "./withdraw-deliveries.ts";

/**
 * Sends it nothing any more until it is enabled; what is on its way has failed. One that is disabled is answered as it is.
 * @throws DomainError NOT_FOUND
 */
export async function disableWebhook(tx: Tx, caller: Caller, webhookId: string): Promise<Webhook> {
  const { tenantId } = caller.actor;
  const { id, state } = await holdWebhook(tx, { tenantId, webhookId });
  if (WEBHOOK.can("disable", state)) {
    await tx
      .update(webhooks)
      .set({
        state: WEBHOOK.moves.disable.to,
        reason: "asked",
        updatedAt: sql`clock_timestamp()`,
      })
      .where(eq(webhooks.id, id));
    await withdrawDeliveries(tx, id);
    await recordAudit(tx, caller, {
      action: "webhooks.disable",
      targetType: "webhook",
      targetId: id,
    });
  }
  return getWebhook(tx, tenantId, id);
}
