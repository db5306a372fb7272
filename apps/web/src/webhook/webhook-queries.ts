import { queryOptions } from "@tanstack/react-query";
import type { Api } from "#trpc/api.ts";

/** What every kept answer about webhooks is filed under. */
export const WEBHOOKS_KEY = ["webhooks"];
/** And about what was sent to them. */
export const DELIVERIES_KEY = ["deliveries"];

export const webhookQuery = (api: Api, webhookId: string) =>
  queryOptions({
    queryKey: [...WEBHOOKS_KEY, "byId", webhookId],
    queryFn: async () => (await api()).webhooks.byId.query({ webhookId }),
  });

export const deliveryQuery = (api: Api, deliveryId: string) =>
  queryOptions({
    queryKey: [...DELIVERIES_KEY, "byId", deliveryId],
    queryFn: async () => (await api()).deliveries.byId.query({ deliveryId }),
  });
