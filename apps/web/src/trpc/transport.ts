import {
  CALL_ADDRESS_LENGTH_MAX,
  CALLS_PER_REQUEST_MAX,
  HEADERS,
  LONG_QUERIES,
} from "@scrapersky/api/wire";
import {
  createTRPCClient,
  httpBatchLink,
  httpSubscriptionLink,
  splitLink,
  type TRPCLink,
} from "@trpc/client";
import type { ApiClient } from "./api.ts";
import type { AppRouter } from "./router.ts";

// Comes with the client: before it there is nothing to stream.
export { streamWhileSeen } from "./stream-place.ts";

const ENDPOINT = "/api/trpc";

/** What is too large is refused before tRPC sees it, by the api or a proxy, each in its own shape; here it gets one. */
const fetchReadable = async (address: URL | RequestInfo, init?: RequestInit): Promise<Response> => {
  const answer = await fetch(address, init);
  if (answer.status !== 413) return answer;
  const data = { httpStatus: 413, requestId: answer.headers.get(HEADERS.requestId) };
  return Response.json({ error: { message: "Too large", code: -32_013, data } }, { status: 413 });
};

const tenantLink = (tenant: string): TRPCLink<AppRouter> => {
  const sending = {
    url: ENDPOINT,
    fetch: fetchReadable,
    headers: { [HEADERS.tenant]: tenant },
    maxItems: CALLS_PER_REQUEST_MAX,
  };
  return splitLink({
    condition: (operation) => operation.type === "subscription",
    // An EventSource cannot send headers, so the tenant travels as a connection parameter.
    true: httpSubscriptionLink({
      url: ENDPOINT,
      connectionParams: { tenant },
    }),
    false: splitLink({
      condition: ({ path }) => LONG_QUERIES.includes(path),
      true: httpBatchLink({ ...sending, methodOverride: "POST" }),
      false: httpBatchLink({ ...sending, maxURLLength: CALL_ADDRESS_LENGTH_MAX }),
    }),
  });
};

/** The browser's client of one tenant, with its calls answered by `link` where one is given. */
export const createBrowserClient = (tenant: string, link?: TRPCLink<AppRouter>): ApiClient =>
  createTRPCClient<AppRouter>({ links: [link ?? tenantLink(tenant)] });
