import type { Reader } from "@scrapersky/db";
import { webhookDeliveries, webhookEvents, webhookTries } from "@scrapersky/db/schema";
import { and, desc, eq } from "drizzle-orm";
import { notFound } from "../errors/domain-error.ts";
import { requireUuid } from "../identifier.ts";
import { isoTime } from "../time.ts";
import { DELIVERY_COLUMNS, toDelivery } from "./delivery-row.ts";
import { type DeliveryDetail, TRIES_TOLD } from "./webhook.contract.ts";

/**
 * A delivery with what was sent and the latest tries.
 * @throws DomainError NOT_FOUND
 */
export async function getDelivery(
  reader: Reader,
  tenantId: string,
  deliveryIdText: string,
): Promise<DeliveryDetail> {
  const deliveryId = requireUuid(deliveryIdText, "Delivery");
  const [row] = await reader
    .select({ ...DELIVERY_COLUMNS, data: webhookEvents.data })
    .from(webhookDeliveries)
    .innerJoin(webhookEvents, eq(webhookEvents.id, webhookDeliveries.eventId))
    .where(and(eq(webhookDeliveries.id, deliveryId), eq(webhookDeliveries.tenantId, tenantId)));
  if (!row) throw notFound("Delivery");
  const log = await reader
    .select({
      number: webhookTries.number,
      at: webhookTries.at,
      durationMs: webhookTries.durationMs,
      status: webhookTries.status,
      error: webhookTries.error,
    })
    .from(webhookTries)
    .where(eq(webhookTries.deliveryId, deliveryId))
    .orderBy(desc(webhookTries.number))
    .limit(TRIES_TOLD);
  const { data, ...delivery } = row;
  return {
    ...toDelivery(delivery),
    data,
    log: log.map((one) => ({ ...one, at: isoTime(one.at) })),
  };
}
