import { queryOptions } from "@tanstack/react-query";
import type { Api } from "#trpc/api.ts";

/** What every kept answer of the overview is filed under. */
export const OVERVIEW_KEY = ["overview"];

export const numbersQuery = (api: Api) =>
  queryOptions({
    queryKey: [...OVERVIEW_KEY, "numbers"],
    queryFn: async () => (await api()).overview.numbers.query(),
  });

export const reasonsQuery = (api: Api) =>
  queryOptions({
    queryKey: [...OVERVIEW_KEY, "reasons"],
    queryFn: async () => (await api()).overview.reasons.query(),
  });

export const healthQuery = (api: Api) =>
  queryOptions({
    queryKey: [...OVERVIEW_KEY, "health"],
    queryFn: async () => (await api()).overview.health.query(),
  });
