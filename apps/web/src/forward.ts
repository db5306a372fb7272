import { HEADERS } from "@scrapersky/api/wire";
import { callerHeaders } from "./caller-headers.ts";
import { env } from "./env.ts";
import { traceHeaders } from "./spans/traceparent.ts";

// `rewrites()` of next.config is evaluated at build time, and a rewrite from proxy.ts tells the browser where the api
// listens. Here API_URL is read when the server starts, and stays here.

/** Headers that belong to one connection, or that this hop writes anew. */
const OF_ONE_HOP = [
  "connection",
  "content-length",
  "expect",
  "host",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authorization",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
];

/** Where a client may claim to be another than it is. */
const CLAIMED = [
  "x-forwarded-for",
  "x-real-ip",
  "forwarded",
  HEADERS.clientAddress,
  HEADERS.forwardedFor,
  HEADERS.drawsPage,
];

const copyHeaders = (from: Headers): Headers => {
  const headers = new Headers(from);
  for (const name of OF_ONE_HOP) headers.delete(name);
  return headers;
};

const UNREACHABLE = {
  error: true,
  message: "The API cannot be reached right now; try again in a few seconds.",
  status_code: 503,
};

/** The api's answer when it gives none. The id is in this server's log. */
const answerUnreachable = (error: unknown): Response => {
  const requestId = crypto.randomUUID();
  console.error(`The API at ${env.API_URL} did not answer request ${requestId}.`, error);
  return Response.json(
    { ...UNREACHABLE, request_id: requestId },
    { status: 503, headers: { [HEADERS.retryAfter]: "5", [HEADERS.requestId]: requestId } },
  );
};

/** Passes a request on to apps/api as it is and streams the answer back: cookies, uploads and event streams included. */
export const forward = (request: Request): Promise<Response> =>
  forwardTo(request, new URL(request.url).pathname);

/** The same to another path, in the name of a tenant: a link to a file can send no header. */
export const forwardTo = async (
  request: Request,
  pathname: string,
  tenant?: string,
): Promise<Response> => {
  const { search, host } = new URL(request.url);
  const headers = copyHeaders(request.headers);
  if (tenant !== undefined) headers.set(HEADERS.tenant, tenant);
  headers.set("accept-encoding", "identity");
  for (const name of CLAIMED) headers.delete(name);
  for (const [name, value] of Object.entries(callerHeaders(request.headers))) {
    headers.set(name, value);
  }
  // A caller's own stays where no spans are kept here.
  for (const [name, value] of Object.entries(traceHeaders())) headers.set(name, value);
  headers.set("x-forwarded-host", request.headers.get("host") ?? host);
  try {
    const answer = await fetch(new URL(pathname + search, env.API_URL), {
      method: request.method,
      headers,
      body: request.body,
      // Needed for a body that is still arriving.
      duplex: "half",
      redirect: "manual",
      signal: request.signal,
      cache: "no-store",
    } as RequestInit);
    return new Response(answer.body, {
      status: answer.status,
      statusText: answer.statusText,
      headers: copyHeaders(answer.headers),
    });
  } catch (error) {
    if (request.signal.aborted) return new Response(null, { status: 503 });
    return answerUnreachable(error);
  }
};
