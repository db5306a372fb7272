import type { Context } from "hono";
import type { AppEnv } from "./app-env.ts";

/** Our own header for the address that was worked out here; what a client sends under it is dropped. */
export const CLIENT_ADDRESS_HEADER = "x-scrapersky-client-address";

/**
 * Address of the caller. Behind the web server on this machine it is the last entry of
 * `X-Forwarded-For`, which that server wrote; anybody else's header is not believed.
 */
export function clientAddress(c: Context<AppEnv>): string {
  const socket = (c.env?.incoming?.socket?.remoteAddress ?? "127.0.0.1").replace(/^::ffff:/, "");
  const isLocal = socket === "::1" || socket.startsWith("127.");
  const forwarded = c.req.header("x-forwarded-for")?.split(",").at(-1)?.trim();
  return isLocal && forwarded ? forwarded.replace(/^::ffff:/, "") : socket;
}
