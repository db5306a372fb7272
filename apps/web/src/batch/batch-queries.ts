import { queryOptions } from "@tanstack/react-query";
import type { Api } from "#trpc/api.ts";

/** What every kept answer about batches is filed under. */
export const BATCHES_KEY = ["batches"];

export const batchQuery = (api: Api, batchId: string) =>
  queryOptions({
    queryKey: [...BATCHES_KEY, "byId", batchId],
    queryFn: async () => (await api()).batches.byId.query({ batchId }),
  });
