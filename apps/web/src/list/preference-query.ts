import { queryOptions } from "@tanstack/react-query";
import type { Api } from "#trpc/api.ts";

/** Under which name it is kept which columns of a list somebody wants to see. */
export const columnsKey = (listName: string): string => `columns.${listName}`;

/** How the reader wants something. */
export const preferenceQuery = (api: Api, key: string) =>
  queryOptions({
    queryKey: ["preferences", key],
    // Changed by this reader alone, who writes the answer himself.
    staleTime: Infinity,
    queryFn: async () => (await (await api()).profiles.preferences.get.query({ key })).value,
  });
