import type { AnyList, ListInput, Page, RowCount } from "@scrapersky/api/lists";
import { queryOptions } from "@tanstack/react-query";
import type { inferRouterOutputs } from "@trpc/server";
import type { Api } from "#trpc/api.ts";
import { errorCodeOf } from "#trpc/error-facts.ts";
import type { AppRouter } from "#trpc/router.ts";

type Outputs = inferRouterOutputs<AppRouter>;
type ListName = {
  [Name in keyof Outputs]: Outputs[Name] extends { list: Page<unknown> } ? Name : never;
}[keyof Outputs];

/** A list that a procedure answers. */
export type WebList = AnyList & { name: ListName };

/** An item of the list, as its procedure gives it. */
export type ItemOf<L extends WebList> = Outputs[L["name"]]["list"]["items"][number];

/** A count may be older than the rows that it is told beside. */
const COUNT_STALE_MS = 30_000;

interface ListAnswer<Row> extends Page<Row> {
  /** The page that was asked for is of another question or of older days: this is the first one instead. */
  restarted?: boolean;
}

/** One page of a list, filed under its name. */
export const listQuery = <L extends WebList>(api: Api, { name }: L, input: ListInput<L>) =>
  queryOptions({
    queryKey: [name, "list", input],
    queryFn: async (): Promise<ListAnswer<ItemOf<L>>> => {
      const client = (await api()) as unknown as Record<
        string,
        { list: { query: (input: unknown) => Promise<Page<ItemOf<L>>> } }
      >;
      const ask = client[name]!.list.query;
      try {
        return await ask(input);
      } catch (error) {
        if (errorCodeOf(error) !== "INVALID_CURSOR") throw error;
        return { ...(await ask({ ...input, cursor: undefined })), restarted: true };
      }
    },
  });

/** How many rows pass these filters. */
export const countQuery = (
  api: Api,
  { name }: AnyList,
  filters: Record<string, unknown>,
  exact: boolean,
) =>
  queryOptions({
    queryKey: [name, "count", filters, exact],
    staleTime: COUNT_STALE_MS,
    queryFn: async (): Promise<RowCount> => {
      const client = (await api()) as unknown as Record<
        string,
        { count: { query: (input: unknown) => Promise<RowCount> } }
      >;
      return client[name]!.count.query(exact ? { ...filters, exact } : filters);
    },
  });
