import { queryOptions } from "@tanstack/react-query";
import type { Api } from "#trpc/api.ts";

const STALE_MS = 60_000;

/** The saved views of a list: the reader's own, and those that somebody shares. */
export const viewsQuery = (api: Api, list: string) =>
  queryOptions({
    queryKey: ["views", list],
    staleTime: STALE_MS,
    queryFn: async () => (await api()).views.of.query({ list }),
  });
