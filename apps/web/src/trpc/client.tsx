"use client";

import { QueryClientProvider } from "@tanstack/react-query";
import {
  createTRPCClient,
  httpBatchLink,
  httpSubscriptionLink,
  splitLink,
  type TRPCLink,
} from "@trpc/client";
import { createTRPCContext } from "@trpc/tanstack-react-query";
import { useState, type ReactNode } from "react";
import { createQueryClient } from "./query-client.ts";
import type { AppRouter } from "./router.ts";

const { TRPCProvider, useTRPC, useTRPCClient } = createTRPCContext<AppRouter>();
export { useTRPC, useTRPCClient };

const ENDPOINT = "/api/trpc";
/** Above this a batched query becomes several requests instead of one too long address. */
const ADDRESS_LENGTH_MAX = 2000;
const BATCH_ITEMS_MAX = 20;

const tenantLink = (tenant: string): TRPCLink<AppRouter> =>
  splitLink({
    condition: (operation) => operation.type === "subscription",
    // An EventSource cannot send headers, so the tenant travels as a connection parameter.
    true: httpSubscriptionLink({
      url: ENDPOINT,
      connectionParams: { tenant },
    }),
    false: httpBatchLink({
      url: ENDPOINT,
      headers: { "x-tenant": tenant },
      maxURLLength: ADDRESS_LENGTH_MAX,
      maxItems: BATCH_ITEMS_MAX,
    }),
  });

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
  const [trpcClient] = useState(() =>
    createTRPCClient<AppRouter>({ links: [link ?? tenantLink(tenant)] }),
  );
  return (
    <QueryClientProvider client={queryClient}>
      <TRPCProvider trpcClient={trpcClient} queryClient={queryClient}>
        {children}
      </TRPCProvider>
    </QueryClientProvider>
  );
}
