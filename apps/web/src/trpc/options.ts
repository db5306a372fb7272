import type { TRPCOptionsProxy } from "@trpc/tanstack-react-query";
import type { Call } from "./call.ts";
import type { AppRouter } from "./router.ts";

/** Of what tRPC offers for React Query, what pages use. */
type Used<Node> = Node extends { queryOptions: unknown }
  ? Pick<Node, "queryOptions">
  : Node extends { mutationOptions: unknown }
    ? Pick<Node, "mutationOptions">
    : Node extends { pathFilter: unknown }
      ? Pick<Node, "pathFilter"> & { [Name in Exclude<keyof Node, "pathFilter">]: Used<Node[Name]> }
      : never;

export type ApiOptions = Used<TRPCOptionsProxy<AppRouter>>;

type Make = (path: string[], call: Call, argument: unknown, options: unknown) => unknown;

const filled = (options: unknown): object => (options ?? {}) as object;

const MAKERS: Record<string, Make> = {
  queryOptions: (path, call, input, options) => ({
    ...filled(options),
    queryKey: [path, { ...(input === undefined ? {} : { input }), type: "query" }],
    queryFn: () => call("query", path.join("."), input),
  }),
  mutationOptions: (path, call, options) => ({
    ...filled(options),
    mutationKey: [path],
    mutationFn: (input: unknown) => call("mutation", path.join("."), input),
  }),
  pathFilter: (path, _call, filters) => ({ ...filled(filters), queryKey: [path] }),
};

const below = (path: string[], call: Call): object =>
  new Proxy(
    {},
    {
      get: (_, name) => {
        if (typeof name !== "string") return undefined;
        const make = MAKERS[name];
        return make === undefined
          ? below([...path, name], call)
          : (argument: unknown, options: unknown) => make(path, call, argument, options);
      },
    },
  );

/**
 * `options.jobs.list.queryOptions(input)` and the like, with the keys and types of tRPC's own proxy for React Query, which
 * the server uses. That one brings along streams, infinite lists and the callers of a router: three times as much script.
 */
export const createApiOptions = (call: Call): ApiOptions => below([], call) as ApiOptions;
