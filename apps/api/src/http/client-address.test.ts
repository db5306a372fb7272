import { Hono } from "hono";
import { expect, test } from "vitest";
import type { AppEnv } from "./app-env.ts";
import { clientAddress } from "./client-address.ts";

const app = new Hono<AppEnv>().get("/", (c) => c.text(clientAddress(c)));

async function addressOf(remoteAddress: string, headers: Record<string, string>): Promise<string> {
  const answer = await app.request("/", { headers }, { incoming: { socket: { remoteAddress } } });
  return answer.text();
}

test.each([
  ["the socket's, when nothing else is said", "192.0.2.7", {}, "192.0.2.7"],
  [
    "never what X-Forwarded-For says",
    "127.0.0.1",
    { "x-forwarded-for": "203.0.113.9" },
    "127.0.0.1",
  ],
  [
    "what the web server on this machine says",
    "::ffff:127.0.0.1",
    { "x-scrapersky-client-address": "::ffff:192.0.2.8", "x-forwarded-for": "203.0.113.9" },
    "192.0.2.8",
  ],
  [
    "not what another machine says",
    "192.0.2.7",
    { "x-scrapersky-client-address": "203.0.113.9" },
    "192.0.2.7",
  ],
])("the caller's address is %s", async (_what, socket, headers, expected) => {
  expect(await addressOf(socket, headers)).toBe(expected);
});
