import type { TenantShown } from "@scrapersky/api/contract";
import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { Api } from "#trpc/api.ts";

/** What every kept answer about tenants is filed under. */
export const TENANTS_KEY = ["tenants"];

/** What is looked for. */
export interface TenantsAsked {
  q?: string;
  state?: TenantShown["state"];
}

export const tenantsQuery = (api: Api, asked: TenantsAsked) =>
  queryOptions({
    queryKey: [...TENANTS_KEY, "find", asked],
    queryFn: async () => (await api()).tenants.find.query(asked),
    placeholderData: keepPreviousData,
  });
