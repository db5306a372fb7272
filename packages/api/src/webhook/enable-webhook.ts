import type { Tx } from "@scrapersky/db";
import { webhooks } from "@scrapersky/db/schema";
import { eq, sql } from "drizzle-orm";
import { recordAudit } from "../audit/record-audit.ts";
import type { Caller } from "../rbac/actor.ts";
import { getWebhook } from "./get-webhook.ts";
import { holdWebhook } from "./hold-webhook.ts";
import type { Webhook } from "./webhook.contract.ts";
import { WEBHOOK } from "./webhook.state.ts";

/**
 * Tells it again of what happens from now on, with its failures forgotten. What was missed is sent when somebody asks for it. One that
 * is active is answered as it is.
 * @throws DomainError NOT_FOUND
 */
export async function enableWebhook(tx: Tx, caller: Caller, webhookId: string): Promise<Webhook> {
  const { tenantId } = caller.actor;
  const { id, state } = await holdWebhook(tx, { tenantId, webhookId });
  if (WEBHOOK.can("enable", state)) {
    await tx
      .update(webhooks)
      .set({
        state: WEBHOOK.moves.enable.to,
        reason: null,
        failures: 0,
        updatedAt: sql`clock_timestamp()`,
      })
      .where(eq(webhooks.id, id));
    await recordAudit(tx, caller, {
      action: "webhooks.enable",
      targetType: "webhook",
      targetId: id,
    });
  }
  return getWebhook(tx, tenantId, id);
}
