"use client";

import { QueryClientProvider } from "@tanstack/react-query";
import type { TRPCClient } from "@trpc/client";
import { createContext, useContext, useState, type ReactNode } from "react";
import { createCall } from "./call.ts";
import { createApiOptions, type ApiOptions } from "./options.ts";
import { createQueryClient } from "./query-client.ts";
import type { AppRouter } from "./router.ts";

const ENDPOINT = "/api/trpc";
/** Above this a batched query becomes several requests instead of one too long address. */
const ADDRESS_LENGTH_MAX = 2000;
const BATCH_ITEMS_MAX = 20;

/** What pages ask and watch. */
export interface Api {
  options: ApiOptions;
  /** The client that opens streams; its script is fetched when it is first wanted. */
  streams: () => Promise<TRPCClient<AppRouter>>;
}

const ApiContext = createContext<Api | null>(null);

const useApi = (): Api => {
  const api = useContext(ApiContext);
  if (api === null) throw new Error("This needs an ApiProvider above it.");
  return api;
};

/** Queries and mutations of the api, as options for React Query. */
export const useTRPC = (): ApiOptions => useApi().options;

/** Gives the client that opens streams. */
export const useStreams = (): Api["streams"] => useApi().streams;

const createApi = (tenant: string): Api => {
  const call = createCall({
    url: ENDPOINT,
    headers: { "x-tenant": tenant },
    itemsMax: BATCH_ITEMS_MAX,
    addressLengthMax: ADDRESS_LENGTH_MAX,
  });
  let streams: TRPCClient<AppRouter> | undefined;
  return {
    options: createApiOptions(call),
    streams: async () => {
      const { createStreams } = await import("./streams.ts");
      return (streams ??= createStreams(ENDPOINT, tenant));
    },
  };
};

/** The api of one tenant for the pages below; give it `key={tenant}` so that another tenant starts with an empty cache. */
export function ApiProvider({
  tenant,
  api,
  children,
}: {
  tenant: string;
  /** Another api than that of the tenant: the gallery brings its own. */
  api?: Api;
  children: ReactNode;
}) {
  const [queryClient] = useState(createQueryClient);
  const [value] = useState(() => api ?? createApi(tenant));
  return (
    <QueryClientProvider client={queryClient}>
      <ApiContext value={value}>{children}</ApiContext>
    </QueryClientProvider>
  );
}
