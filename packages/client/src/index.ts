import type { AppRouter } from "@scrapersky/api";
import {
  CALL_ADDRESS_LENGTH_MAX,
  CALLS_PER_REQUEST_MAX,
  HEADERS,
  LONG_QUERIES,
} from "@scrapersky/api/wire";
import {
  createTRPCClient,
  httpBatchStreamLink,
  httpSubscriptionLink,
  splitLink,
  type TRPCClient,
  TRPCClientError,
} from "@trpc/client";
import type { inferRouterInputs, inferRouterOutputs } from "@trpc/server";
import { EventSource } from "eventsource";

export type { AppRouter };
/** What each procedure takes, such as `Inputs["batches"]["create"]`. */
export type Inputs = inferRouterInputs<AppRouter>;
/** What each procedure answers, such as `Outputs["batches"]["byId"]`. */
export type Outputs = inferRouterOutputs<AppRouter>;
export type ScraperSkyClient = TRPCClient<AppRouter>;

export interface ClientOptions {
  /** Origin of the api or of the dashboard, such as `https://scrapersky.example`. */
  url: string;
  /** `sk_live_…`, made in the dashboard or by the seed. */
  apiKey: string;
  /** Slug or id of the tenant; a key speaks in its own tenant when absent. */
  tenant?: string;
  /** In place of the global `fetch`, for proxies and tests. */
  fetch?: typeof fetch;
}

/**
 * Typed procedures for internal programs. Calls made in one tick travel in one request; subscriptions
 * are event streams that come back by themselves after a break.
 */
export function createClient(options: ClientOptions): ScraperSkyClient {
  const url = new URL("/api/trpc", options.url).href;
  const send = options.fetch ?? fetch;
  const headers = {
    authorization: `Bearer ${options.apiKey}`,
    ...(options.tenant === undefined ? {} : { [HEADERS.tenant]: options.tenant }),
  };
  const sending = { url, headers, fetch: send, maxItems: CALLS_PER_REQUEST_MAX };
  return createTRPCClient<AppRouter>({
    links: [
      splitLink({
        condition: (operation) => operation.type === "subscription",
        true: httpSubscriptionLink({
          url,
          // The browser's own EventSource cannot send headers, and the key must not be in an address.
          EventSource,
          eventSourceOptions: {
            fetch: (address, init) =>
              send(address, { ...init, headers: { ...init.headers, ...headers } }),
          },
        }),
        false: splitLink({
          condition: ({ path }) => LONG_QUERIES.includes(path),
          true: httpBatchStreamLink({ ...sending, methodOverride: "POST" }),
          false: httpBatchStreamLink({ ...sending, maxURLLength: CALL_ADDRESS_LENGTH_MAX }),
        }),
      }),
    ],
  });
}

/** True for an answer of the api that refuses; its `data` says why and names the request. */
export function isApiError(error: unknown): error is TRPCClientError<AppRouter> {
  return error instanceof TRPCClientError;
}
