import { queryOptions } from "@tanstack/react-query";
import type { Api } from "#trpc/api.ts";

/** What every kept answer about features is filed under. */
export const FEATURES_KEY = ["features"];

export const flagsQuery = (api: Api) =>
  queryOptions({
    queryKey: [...FEATURES_KEY, "flags"],
    queryFn: async () => (await api()).features.flags.query(),
  });
