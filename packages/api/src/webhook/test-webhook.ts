import { defineStatement, executeRawSqlOne, type Tx } from "@scrapersky/db";
import { webhookDeliveries } from "@scrapersky/db/schema";
import { recordAudit } from "../audit/record-audit.ts";
import { runOnce } from "../idempotency/run-once.ts";
import type { Caller } from "../rbac/actor.ts";
import { DELIVERY } from "./delivery.state.ts";
import { getDelivery } from "./get-delivery.ts";
import { holdWebhook } from "./hold-webhook.ts";
import { requireActive } from "./require-active.ts";
import {
  DELIVERY_HOURS_MAX,
  type DeliveryMade,
  TEST_EVENT,
  type WebhookTest,
} from "./webhook.contract.ts";

const sent = defineStatement(
  `with event as (
     insert into app.webhook_events (tenant_id, type, data)
     values (:tenantId::uuid, '${TEST_EVENT}', jsonb_build_object('webhook_id', :webhookId::uuid)) returning id, tenant_id
   )
   insert into app.webhook_deliveries (webhook_id, event_id, tenant_id, state, due_at, give_up_at)
   select :webhookId::uuid, id, tenant_id, ${DELIVERY.begin("tell")}, now(), now() + interval '${DELIVERY_HOURS_MAX} hours' from event
   returning id`,
  { id: webhookDeliveries.id },
);

/**
 * Sends an event that says nothing, so that whoever writes a receiver sees one. It goes the way of all others.
 * @throws DomainError NOT_FOUND; INVALID_STATE `WEBHOOK_DISABLED`; CONFLICT from the idempotency key
 */
export async function testWebhook(
  tx: Tx,
  caller: Caller,
  { webhookId, idempotencyKey: key }: WebhookTest,
): Promise<DeliveryMade> {
  const { actor } = caller;
  const { tenantId } = actor;
  return runOnce(tx, actor, { route: "webhooks.test", key, request: { webhookId } }, async () => {
    const { id } = requireActive(await holdWebhook(tx, { tenantId, webhookId }));
    const row = await executeRawSqlOne(tx, sent, { tenantId, webhookId: id });
    if (!row) throw new Error("INSERT … RETURNING gave no row");
    await recordAudit(tx, caller, {
      action: "webhooks.test",
      targetType: "webhook",
      targetId: id,
      detail: { delivery: row.id },
    });
    const { data: _data, log: _log, ...delivery } = await getDelivery(tx, tenantId, row.id);
    return delivery;
  });
}
