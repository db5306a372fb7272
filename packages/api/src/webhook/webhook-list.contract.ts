import type { AnyList, ListInput } from "../list/list.contract.ts";
import { ID_LENGTH_MAX, WEBHOOK_URL_LENGTH_MAX } from "../wire.contract.ts";

/** Where programs of the tenant are told of what happens. */
export const WEBHOOK_LIST = {
  name: "webhooks",
  permission: "webhooks:read",
  filters: {
    state: { kind: "choices", words: ["active", "inactive"] },
    /** Any part of the address. */
    q: { kind: "text", max: WEBHOOK_URL_LENGTH_MAX },
  },
  orders: { newest: [] },
} as const satisfies AnyList;
export type WebhookListInput = ListInput<typeof WEBHOOK_LIST>;

/** What was sent to webhooks, and what is on its way. */
export const DELIVERY_LIST = {
  name: "deliveries",
  permission: "webhooks:read",
  filters: {
    webhookId: { kind: "text", max: ID_LENGTH_MAX, address: "webhook" },
    state: { kind: "choices", words: ["pending", "sending", "failed", "delivered"] },
  },
  orders: { newest: [] },
} as const satisfies AnyList;
export type DeliveryListInput = ListInput<typeof DELIVERY_LIST>;
