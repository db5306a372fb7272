import { listDeliveries } from "@scrapersky/api";
import { DELIVERY_DAYS_KEPT } from "@scrapersky/api/contract";
import { idInPath } from "./field.ts";
import { declareListRoute } from "./list-route.ts";
import { declareRoute, noSuch } from "./rest-route.ts";
import { delivery, deliveryDetail, PENDING } from "./webhook-shapes.ts";

const path = { delivery_id: idInPath({ format: "uuid" }) };

export const DELIVERY_ROUTES = [
  declareListRoute({
    operationId: "listDeliveries",
    path: "/deliveries",
    noun: "webhooks",
    summary: "What was sent to webhooks, newest first",
    description: `Kept for ${DELIVERY_DAYS_KEPT} days.`,
    list: listDeliveries,
    shape: delivery,
    words: { webhookId: { description: "Of one webhook" } },
  }),

  declareRoute({
    operationId: "getDelivery",
    method: "get",
    path: "/deliveries/{delivery_id}",
    noun: "webhooks",
    summary: "One delivery with what was told and its tries",
    permission: "webhooks:read",
    takes: { path },
    answer: deliveryDetail.schema,
    example: deliveryDetail.example,
    refuses: { 404: noSuch("Delivery") },
    respond: async (c, { path: { delivery_id: deliveryId } }) =>
      deliveryDetail.of(await c.get("rest").api.deliveries.byId({ deliveryId })),
  }),

  declareRoute({
    operationId: "replayDelivery",
    method: "post",
    path: "/deliveries/{delivery_id}/replay",
    noun: "webhooks",
    summary: "Send a delivery that is over anew",
    description: "With the webhook-id that it had. One that is on its way is answered as it is.",
    permission: "webhooks:manage",
    takes: { path },
    answer: delivery.schema,
    example: { ...PENDING, tries: 1, status: 204 },
    refuses: {
      404: noSuch("Delivery"),
      409: {
        description: "Its webhook is disabled",
        reason: { message: "This webhook is disabled. Enable it first.", code: "WEBHOOK_DISABLED" },
      },
    },
    respond: async (c, { path: { delivery_id: deliveryId } }) =>
      delivery.of(await c.get("rest").api.deliveries.replay({ deliveryId })),
  }),
];
