import { queryOptions } from "@tanstack/react-query";
import type { Api } from "#trpc/api.ts";

/** What every kept answer about leads is filed under. */
export const LEADS_KEY = ["leads"];

export const leadQuery = (api: Api, domainId: string) =>
  queryOptions({
    queryKey: [...LEADS_KEY, "byId", domainId],
    queryFn: async () => (await api()).leads.byId.query({ domainId }),
  });
