import type { ProfileListInput } from "@scrapersky/api/contract";
import { queryOptions } from "@tanstack/react-query";
import type { Api } from "#trpc/api.ts";

export const profileListQuery = (api: Api, input: ProfileListInput) =>
  queryOptions({
    queryKey: ["profiles", "list", input],
    queryFn: async () => (await api()).profiles.list.query(input),
  });
