import { queryOptions } from "@tanstack/react-query";
import type { Api } from "#trpc/api.ts";

/** What every kept answer about the platform's health is filed under. */
const HEALTH_KEY = ["health"];

export const waysQuery = (api: Api) =>
  queryOptions({
    queryKey: [...HEALTH_KEY, "database"],
    queryFn: async () => (await api()).health.database.query(),
  });
