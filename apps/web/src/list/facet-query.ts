import type { AnyList } from "@scrapersky/api/lists";
import { queryOptions } from "@tanstack/react-query";
import type { Api } from "#trpc/api.ts";

/** Counts of values may be older than the rows that they are told beside. */
const STALE_MS = 30_000;

interface Counted {
  rows: number;
  /** Every row was counted. */
  all: boolean;
  facets: Record<string, { value: string; count: number }[]>;
}

/** How often the rows that pass these filters have each value of the list's facets. */
export const facetsQuery = (api: Api, { name }: AnyList, filters: Record<string, unknown>) =>
  queryOptions({
    queryKey: [name, "facets", filters],
    staleTime: STALE_MS,
    queryFn: async (): Promise<Counted> => {
      const client = (await api()) as unknown as Record<
        string,
        { facets: { query: (filters: unknown) => Promise<Counted> } }
      >;
      return client[name]!.facets.query(filters);
    },
  });

/** What rows are counted by for one filter: all the others, so that the words beside the chosen ones have their counts too. */
export const filtersBeside = (
  list: AnyList,
  input: Record<string, unknown>,
  name: string,
): Record<string, unknown> =>
  Object.fromEntries(
    Object.keys(list.filters)
      .filter((other) => other !== name && input[other] !== undefined)
      .map((other) => [other, input[other]]),
  );
