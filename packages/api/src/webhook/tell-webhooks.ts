import { defineStatement, executeRawSql, type Tx } from "@scrapersky/db";
import { DELIVERY } from "./delivery.state.ts";
import { DELIVERY_HOURS_MAX } from "./webhook.contract.ts";
import { WEBHOOK } from "./webhook.state.ts";

/** Whether a tenant has a webhook that is told of this. Both are SQL. */
export const isToldOf = (type: string, tenantId: string): string =>
  `exists (select from app.webhooks w where w.tenant_id = ${tenantId} and ${WEBHOOK.may("disable", "w.state")} and ${type} = any(w.events))`;

const sent = defineStatement(
  `insert into app.webhook_deliveries (webhook_id, event_id, tenant_id, state, due_at, give_up_at)
   select w.id, e.id, e.tenant_id, ${DELIVERY.begin("tell")}, now(), now() + interval '${DELIVERY_HOURS_MAX} hours'
   from app.webhook_events e
   join app.webhooks w on w.tenant_id = e.tenant_id and ${WEBHOOK.may("disable", "w.state")} and e.type = any(w.events)
   where e.id = any(:eventIds::uuid[])`,
);

/** Sends events, written in the same transaction, to every webhook of their tenants that is told of their kind. */
export async function tellWebhooks(tx: Tx, events: readonly { id: string }[]): Promise<void> {
  if (events.length === 0) return;
  await executeRawSql(tx, sent, { eventIds: events.map(({ id }) => id) });
}
