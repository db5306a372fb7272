import { queryOptions } from "@tanstack/react-query";
import type { Api } from "#trpc/api.ts";

/** What every kept answer about bulk actions is filed under. */
export const BULK_KEY = ["bulk"];

export const bulkQuery = (api: Api, id: string) =>
  queryOptions({
    queryKey: [...BULK_KEY, "byId", id],
    queryFn: async () => (await api()).bulk.byId.query({ id }),
  });

export const skippedQuery = (api: Api, id: string) =>
  queryOptions({
    queryKey: [...BULK_KEY, "skipped", id],
    queryFn: async () => (await api()).bulk.skipped.query({ id }),
  });
