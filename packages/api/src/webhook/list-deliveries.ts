import { webhookDeliveries, webhookEvents } from "@scrapersky/db/schema";
import { eq, inArray, sql } from "drizzle-orm";
import { isUuid } from "../identifier.ts";
import { defineList } from "../list/define-list.ts";
import { descending } from "../list/list-rows.ts";
import { DELIVERY_COLUMNS, toDelivery } from "./delivery-row.ts";
import { DELIVERY_LIST } from "./webhook-list.contract.ts";

/** The indexes on (webhook_id, created_at, id) and (tenant_id, created_at, id) give the page. */
export const listDeliveries = defineList(DELIVERY_LIST, {
  rows: {
    tenant: webhookDeliveries.tenantId,
    id: webhookDeliveries.id,
    from: (select) => select.from(webhookDeliveries),
    where: {
      // What is no uuid names none.
      webhookId: (id) => sql`${webhookDeliveries.webhookId} = ${isUuid(id) ? id : null}::uuid`,
      state: (states) => inArray(webhookDeliveries.state, states),
    },
    orders: { newest: descending(webhookDeliveries.createdAt, webhookDeliveries.id) },
  },
  read: ({ reader, page, place }) =>
    reader
      .select({ ...place, ...DELIVERY_COLUMNS })
      .from(page)
      .innerJoin(webhookDeliveries, eq(webhookDeliveries.id, page.id))
      .innerJoin(webhookEvents, eq(webhookEvents.id, webhookDeliveries.eventId)),
  toItem: toDelivery,
});
