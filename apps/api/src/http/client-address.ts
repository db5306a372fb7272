import { isIP } from "node:net";
import { HEADERS } from "@scrapersky/api/contract";
import type { Context } from "hono";
import { createMiddleware } from "hono/factory";
import type { AppEnv } from "./app-env.ts";
import { createTrust, type IsTrusted } from "./trusted-proxies.ts";

const isLoopback = createTrust(["127.0.0.0/8", "::1"]);

/** Of a chain of proxies so many are looked at: a header may hold thousands. */
const HOPS_MAX = 20;

/** Finds out once per request who calls. */
export const addressed = (isTrusted: IsTrusted) =>
  createMiddleware<AppEnv>((c, next) => {
    const socket = plain(c.env?.incoming?.socket?.remoteAddress ?? "127.0.0.1");
    const isOurs = isLoopback(socket) || isTrusted(socket);
    c.set("clientAddress", clientAddress(c, socket, isOurs, isTrusted));
    // The dashboard's server says both; proxies take the address away and may pass the other on as a client wrote it.
    const isToldByServer = isOurs && c.req.header(HEADERS.clientAddress) !== undefined;
    c.set("drawsPage", isToldByServer && c.req.header(HEADERS.drawsPage) !== undefined);
    return next();
  });

/**
 * Address of the caller: of the socket, or of whom the dashboard's server on this machine, or a trusted proxy, names in our own
 * header. Where that is a trusted proxy, the last one in `X-Forwarded-For` that is none: what stands before it
 * was written by the client, who can write anything.
 */
function clientAddress(
  c: Context<AppEnv>,
  socket: string,
  isOurs: boolean,
  isTrusted: IsTrusted,
): string {
  const told = plain(c.req.header(HEADERS.clientAddress) ?? "");
  let address = isOurs && isIP(told) > 0 ? told : socket;
  const hops = (c.req.header("x-forwarded-for") ?? "").split(",").slice(-HOPS_MAX);
  while (isTrusted(address)) {
    const hop = plain(hops.pop() ?? "");
    if (isIP(hop) === 0) break;
    address = hop;
  }
  return address;
}

/** Some proxies write the port too, and addresses of IPv6 in brackets. */
const plain = (address: string): string =>
  address
    .trim()
    .replace(/^\[([^\]]*)\](:\d+)?$/, "$1")
    .replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, "$1")
    .replace(/^::ffff:(?=\d+\.)/i, "");
