import { HEADERS } from "@scrapersky/api/contract";
import type { Context } from "hono";
import type { AppEnv } from "./app-env.ts";

/**
 * Address of the caller. Behind the web server on this machine it is what that server says in our own
 * header, in whose place it lets no client write. `X-Forwarded-For` is never believed: anybody can send it.
 */
export function clientAddress(c: Context<AppEnv>): string {
  const socket = plain(c.env?.incoming?.socket?.remoteAddress ?? "127.0.0.1");
  const isLocal = socket === "::1" || socket.startsWith("127.");
  const told = isLocal ? c.req.header(HEADERS.clientAddress) : undefined;
  return told ? plain(told) : socket;
}

const plain = (address: string): string => address.replace(/^::ffff:/, "");
