import type { IncomingMessage } from "node:http";
import { readableAddress } from "./readable-address.ts";

/**
 * Changes what arrives before Next sees it. An address whose percent signs encode nothing would be a 500
 * there, and is one that leads nowhere here.
 *
 * Next writes the address of the socket into `X-Forwarded-For` only where a client sent none. So what a
 * client sent is dropped before Next sees the request, and `forward` can rely on what it finds there.
 */
export function register(): void {
  // Next compiles this file for its edge runtime too, where nothing of ours runs; an import would be warned of.
  const { getBuiltinModule } = process;
  const { subscribe } = getBuiltinModule("node:diagnostics_channel");
  subscribe("http.server.request.start", (message) => {
    const { request } = message as { request: IncomingMessage };
    delete request.headers["x-forwarded-for"];
    request.url = readableAddress(request.url ?? "/");
  });
}
