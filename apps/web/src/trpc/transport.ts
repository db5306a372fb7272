import {
  createTRPCClient,
  httpBatchLink,
  httpSubscriptionLink,
  splitLink,
  type TRPCLink,
} from "@trpc/client";
import type { ApiClient } from "./api.ts";
import type { AppRouter } from "./router.ts";

const ENDPOINT = "/api/trpc";
/** Above this a batched query becomes several requests instead of one too long address. */
const ADDRESS_LENGTH_MAX = 2000;
const BATCH_ITEMS_MAX = 20;

/** What is too large is refused before tRPC sees it, by the api or a proxy, each in its own shape; here it gets one. */
const fetchReadable = async (address: URL | RequestInfo, init?: RequestInit): Promise<Response> => {
  const answer = await fetch(address, init);
  if (answer.status !== 413) return answer;
  const data = { httpStatus: 413, requestId: answer.headers.get("x-request-id") };
  return Response.json({ error: { message: "Too large", code: -32_013, data } }, { status: 413 });
};

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
      fetch: fetchReadable,
      headers: { "x-tenant": tenant },
      maxURLLength: ADDRESS_LENGTH_MAX,
      maxItems: BATCH_ITEMS_MAX,
    }),
  });

/** The browser's client of one tenant, with its calls answered by `link` where one is given. */
export const createBrowserClient = (tenant: string, link?: TRPCLink<AppRouter>): ApiClient =>
  createTRPCClient<AppRouter>({ links: [link ?? tenantLink(tenant)] });
