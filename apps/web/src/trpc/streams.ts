import { createTRPCClient, httpSubscriptionLink, type TRPCClient } from "@trpc/client";
import type { AppRouter } from "./router.ts";

/** tRPC's client for subscriptions, which are server-sent events. Imported when the first stream is opened. */
export const createStreams = (url: string, tenant: string): TRPCClient<AppRouter> =>
  createTRPCClient<AppRouter>({
    // An EventSource cannot send headers, so the tenant travels as a connection parameter.
    links: [httpSubscriptionLink({ url, connectionParams: { tenant } })],
  });
