import { webhookDeliveries, webhookEvents } from "@scrapersky/db/schema";
import type { RowOf } from "../list/row-of.ts";
import { isoTime, isoTimeOrNull } from "../time.ts";
import type { Delivery } from "./webhook.contract.ts";

/** What a delivery is told from, where its event is joined to its row. */
export const DELIVERY_COLUMNS = {
  deliveryId: webhookDeliveries.id,
  webhookId: webhookDeliveries.webhookId,
  eventId: webhookDeliveries.eventId,
  type: webhookEvents.type,
  state: webhookDeliveries.state,
  tries: webhookDeliveries.tries,
  status: webhookDeliveries.status,
  error: webhookDeliveries.error,
  dueAt: webhookDeliveries.dueAt,
  createdAt: webhookDeliveries.createdAt,
  endedAt: webhookDeliveries.endedAt,
};

export const toDelivery = (row: RowOf<typeof DELIVERY_COLUMNS>): Delivery => ({
  ...row,
  dueAt: isoTimeOrNull(row.dueAt),
  createdAt: isoTime(row.createdAt),
  endedAt: isoTimeOrNull(row.endedAt),
});
