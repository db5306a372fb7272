import { HEADERS } from "@scrapersky/api/wire";

/**
 * Who called this server, for the api: whose connection it was, and whom the proxies before it name. The api knows which of
 * them to believe. See instrumentation.ts for how the two are told apart.
 */
export function callerHeaders(received: Pick<Headers, "get">): Record<string, string> {
  const connection = received.get("x-forwarded-for");
  const chain = received.get(HEADERS.forwardedFor);
  return {
    ...(connection === null ? {} : { [HEADERS.clientAddress]: connection }),
    ...(chain === null ? {} : { "x-forwarded-for": chain }),
  };
}
