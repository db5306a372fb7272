import { defineStatement, executeRawSql, type Tx } from "@scrapersky/db";
import { webhookDeliveries } from "@scrapersky/db/schema";
import { recordAudit } from "../audit/record-audit.ts";
import type { Caller } from "../rbac/actor.ts";
import { DELIVERY } from "./delivery.state.ts";
import { getDelivery } from "./get-delivery.ts";
import { holdWebhook } from "./hold-webhook.ts";
import { requireActive } from "./require-active.ts";
import {
  type Delivery,
  DELIVERY_HOURS_MAX,
  REPLAYED_MAX,
  type ReplayFailed,
} from "./webhook.contract.ts";

const ANEW = `state = ${DELIVERY.to("replay")}, former_tries = tries, due_at = now(),
     give_up_at = now() + interval '${DELIVERY_HOURS_MAX} hours', ended_at = null`;

const one = defineStatement(
  `update app.webhook_deliveries set ${ANEW} where id = :deliveryId::uuid and ${DELIVERY.may("replay", "state")}
   returning id`,
  { id: webhookDeliveries.id },
);

const failed = defineStatement(
  `update app.webhook_deliveries set ${ANEW} where id in (
     select d.id from app.webhook_deliveries d
     where d.webhook_id = :webhookId::uuid and ${DELIVERY.is("failed", "d.state")}
       and d.created_at >= coalesce(:since::timestamptz, '-infinity')
     order by d.created_at, d.id limit ${REPLAYED_MAX} for update
   )
   returning id`,
  { id: webhookDeliveries.id },
);

/**
 * Sends a delivery that is over anew, with the id that it had, for as long as a new one. One that is on its way is answered as it is.
 * @throws DomainError NOT_FOUND; INVALID_STATE `WEBHOOK_DISABLED`
 */
export async function replayDelivery(
  tx: Tx,
  caller: Caller,
  deliveryIdText: string,
): Promise<Delivery> {
  const { tenantId } = caller.actor;
  const { deliveryId, webhookId } = await getDelivery(tx, tenantId, deliveryIdText);
  requireActive(await holdWebhook(tx, { tenantId, webhookId }));
  const replayed = await executeRawSql(tx, one, { deliveryId });
  if (replayed.length > 0) {
    await recordAudit(tx, caller, {
      action: "deliveries.replay",
      targetType: "webhook",
      targetId: webhookId,
      detail: { delivery: deliveryId },
    });
  }
  const { data: _data, log: _log, ...delivery } = await getDelivery(tx, tenantId, deliveryId);
  return delivery;
}

/**
 * Sends anew what failed, the oldest first.
 * @throws DomainError NOT_FOUND; INVALID_STATE `WEBHOOK_DISABLED`
 */
export async function replayFailed(
  tx: Tx,
  caller: Caller,
  { webhookId, since }: ReplayFailed,
): Promise<{ replayed: number; hasMore: boolean }> {
  const { tenantId } = caller.actor;
  const { id } = requireActive(await holdWebhook(tx, { tenantId, webhookId }));
  const { length: replayed } = await executeRawSql(tx, failed, {
    webhookId: id,
    since: since ?? null,
  });
  await recordAudit(tx, caller, {
    action: "deliveries.replayFailed",
    targetType: "webhook",
    targetId: id,
    detail: { replayed },
  });
  return { replayed, hasMore: replayed === REPLAYED_MAX };
}
