import type { IncomingMessage } from "node:http";
import { env } from "./env.ts";
import { logAsJson } from "./json-console.ts";
import { readableAddress } from "./readable-address.ts";

/**
 * Changes what arrives before Next sees it. An address whose percent signs encode nothing would be a 500
 * there, and is one that leads nowhere here.
 *
 * Next writes the address of the socket into `X-Forwarded-For` only where a client sent none. So what a
 * client sent goes into a header of ours before Next sees the request: `callerHeaders` can rely on what it finds in
 * either.
 */
export async function register(): Promise<void> {
  // Next compiles this file for its edge runtime too, where nothing of ours runs; an import would be warned of.
  const { getBuiltinModule, stdout, stderr } = process;
  if (env.NODE_ENV === "production") logAsJson(console, { getBuiltinModule, stdout, stderr });
  const { subscribe } = getBuiltinModule("node:diagnostics_channel");
  subscribe("http.server.request.start", (message) => {
    const { request } = message as { request: IncomingMessage };
    const { "x-forwarded-for": chain, ...headers } = request.headers;
    delete headers["x-scrapersky-forwarded-for"];
    if (chain !== undefined) headers["x-scrapersky-forwarded-for"] = chain;
    request.headers = headers;
    request.url = readableAddress(request.url ?? "/");
  });
  if (env.OTEL_EXPORTER_OTLP_ENDPOINT !== undefined) {
    const { sendSpans } = await import("./spans/send-spans.ts");
    sendSpans();
  }
}
