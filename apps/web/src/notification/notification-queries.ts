import { queryOptions } from "@tanstack/react-query";
import type { Api } from "#trpc/api.ts";

/** What every kept answer about notifications is filed under. */
export const NOTIFICATIONS_KEY = ["notifications"];

export const notificationsQuery = (api: Api) =>
  queryOptions({
    queryKey: [...NOTIFICATIONS_KEY, "latest"],
    queryFn: async () => (await api()).notifications.latest.query(),
  });
