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

const ENDPOINT = "/api/trpc";

/** A reading that is not answered by then is given up, and said to be. */
const READ_MS_MAX = 15_000;
/** Whatever changes something, or sends a whole list, takes its time. */
const WRITE_MS_MAX = 120_000;

/** What is too large is refused before tRPC sees it, by the api or a proxy, each in its own shape; here it gets one. */
const fetchWithin =
  (ms: number) =>
  async (address: URL | RequestInfo, init?: RequestInit): Promise<Response> => {
    const ends = [AbortSignal.timeout(ms), ...(init?.signal ? [init.signal] : [])];
    const answer = await fetch(address, { ...init, signal: AbortSignal.any(ends) });
    if (answer.status !== 413) return answer;
    const data = { httpStatus: 413, requestId: answer.headers.get(HEADERS.requestId) };
    return Response.json({ error: { message: "Too large", code: -32_013, data } }, { status: 413 });
  };

const hex = (bytes: number): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(bytes)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");

/** Each request begins a trace of W3C's Trace Context; where the api keeps spans, they are of it. */
const newTraceparent = (): string => `00-${hex(16)}-${hex(8)}-01`;

const tenantLink = (tenant: string): TRPCLink<AppRouter> => {
  const sending = {
    url: ENDPOINT,
    headers: () => ({ [HEADERS.tenant]: tenant, traceparent: newTraceparent() }),
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
      condition: ({ path, type }) => type === "mutation" || LONG_QUERIES.includes(path),
      true: httpBatchLink({
        ...sending,
        fetch: fetchWithin(WRITE_MS_MAX),
        methodOverride: "POST",
      }),
      false: httpBatchLink({
        ...sending,
        fetch: fetchWithin(READ_MS_MAX),
        maxURLLength: CALL_ADDRESS_LENGTH_MAX,
      }),
    }),
  });
};

/** The browser's client of one tenant, with its calls answered by `link` where one is given. */
export const createBrowserClient = (tenant: string, link?: TRPCLink<AppRouter>): ApiClient =>
  createTRPCClient<AppRouter>({ links: [link ?? tenantLink(tenant)] });
