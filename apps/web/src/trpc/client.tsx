"use client";

import { QueryClientProvider } from "@tanstack/react-query";
import type { TRPCLink } from "@trpc/client";
import { createContext, useContext, useEffect, useState, type ReactNode } from "react";
import type { Api, ApiClient } from "./api.ts";
import { afterLoad } from "#ui/after-load.ts";
import { noticeGone } from "#ui/late.ts";
import { createQueryClient } from "./query-client.ts";
import type { AppRouter } from "./router.ts";

const ApiContext = createContext<Api | null>(null);

/** The api of the tenant of this page, for the queries of `*-queries.ts`. */
export const useApi = (): Api => {
  const api = useContext(ApiContext);
  if (api === null) throw new Error("This needs an ApiProvider above it.");
  return api;
};

/** One client for all calls, so that those of one moment travel together; after a failed fetch the next call tries again. */
const browserApi = (tenant: string, link?: TRPCLink<AppRouter>): Api => {
  let client: Promise<ApiClient> | undefined;
  return () => {
    client ??= import("./transport.ts").then(
      ({ createBrowserClient }) => createBrowserClient(tenant, link),
      (error: unknown) => {
        client = undefined;
        void noticeGone(error);
        throw error;
      },
    );
    return client;
  };
};

/** The api of one tenant for the pages below; give it `key={tenant}` so that another tenant starts with an empty cache. */
export function ApiProvider({
  tenant,
  link,
  children,
}: {
  tenant: string;
  link?: TRPCLink<AppRouter>;
  children: ReactNode;
}) {
  const [queryClient] = useState(createQueryClient);
  const [api] = useState(() => browserApi(tenant, link));
  useEffect(
    () =>
      afterLoad(() => {
        // Only ahead of time: the call that needs it says what is wrong.
        api().catch(() => undefined);
      }),
    [api],
  );
  return (
    <QueryClientProvider client={queryClient}>
      <ApiContext value={api}>{children}</ApiContext>
    </QueryClientProvider>
  );
}
