import { Hono } from "hono";
import { expect, test } from "vitest";
import type { AppEnv } from "./app-env.ts";
import { addressed } from "./client-address.ts";
import { createTrust } from "./trusted-proxies.ts";

const TOLD = "x-scrapersky-client-address";
const CHAIN = "x-forwarded-for";

type Found = Pick<AppEnv["Variables"], "clientAddress" | "drawsPage">;

async function find(
  remoteAddress: string,
  headers: Record<string, string>,
  proxies: string[] = [],
): Promise<Found> {
  const app = new Hono<AppEnv>()
    .use(addressed(createTrust(proxies)))
    .get("/", (c) => c.json({ clientAddress: c.var.clientAddress, drawsPage: c.var.drawsPage }));
  const answer = await app.request("/", { headers }, { incoming: { socket: { remoteAddress } } });
  return (await answer.json()) as Found;
}

const addressOf = async (...of: Parameters<typeof find>) => (await find(...of)).clientAddress;

test.each([
  ["the socket's, when nothing else is said", "192.0.2.7", {}, "192.0.2.7"],
  [
    "not what anybody writes into X-Forwarded-For",
    "127.0.0.1",
    { [CHAIN]: "203.0.113.9" },
    "127.0.0.1",
  ],
  [
    "what the web server on this machine says",
    "::ffff:127.0.0.1",
    { [TOLD]: "::ffff:192.0.2.8", [CHAIN]: "203.0.113.9" },
    "192.0.2.8",
  ],
  ["not what another machine says", "192.0.2.7", { [TOLD]: "203.0.113.9" }, "192.0.2.7"],
  ["not what is no address", "127.0.0.1", { [TOLD]: "203.0.113.9, 203.0.113.8" }, "127.0.0.1"],
])("nobody trusted: the caller's address is %s", async (_what, socket, headers, expected) => {
  expect(await addressOf(socket, headers)).toBe(expected);
});

const PROXIES = ["10.0.0.0/8", "127.0.0.1", "2001:db8::/32"];

test.each([
  ["the one whom a proxy saw", "10.0.0.1", { [CHAIN]: "192.0.2.8" }, "192.0.2.8"],
  [
    "not the one whom the client invented",
    "10.0.0.1",
    { [CHAIN]: "8.8.8.8, 192.0.2.8" },
    "192.0.2.8",
  ],
  [
    "the one before a chain of proxies",
    "10.0.0.1",
    { [CHAIN]: "1.1.1.1,192.0.2.8,10.9.9.9, 10.1.1.1" },
    "192.0.2.8",
  ],
  ["not what a stranger forwards", "192.0.2.7", { [CHAIN]: "10.0.0.2, 192.0.2.8" }, "192.0.2.7"],
  [
    "the last proxy's, where the rest is no address",
    "10.0.0.1",
    { [CHAIN]: "192.0.2.8, x, 10.1.1.1" },
    "10.1.1.1",
  ],
  ["the proxy's own, where it says nothing", "10.0.0.1", {}, "10.0.0.1"],
  [
    "of the proxy before our web server",
    "127.0.0.1",
    { [TOLD]: "10.0.0.1", [CHAIN]: "8.8.8.8, 192.0.2.8" },
    "192.0.2.8",
  ],
  [
    "of a proxy on this machine before our web server",
    "127.0.0.1",
    { [TOLD]: "127.0.0.1", [CHAIN]: "192.0.2.8" },
    "192.0.2.8",
  ],
  [
    "not what a client of our web server forwards",
    "127.0.0.1",
    { [TOLD]: "192.0.2.8", [CHAIN]: "203.0.113.9" },
    "192.0.2.8",
  ],
  ["what a web server on a trusted machine says", "10.0.0.4", { [TOLD]: "192.0.2.8" }, "192.0.2.8"],
  ["written with a port", "::ffff:10.0.0.1", { [CHAIN]: "192.0.2.8:4711" }, "192.0.2.8"],
  ["of IPv6", "2001:db8::1", { [CHAIN]: "[2001:4860::8]:443" }, "2001:4860::8"],
  [
    "one of twenty hops at most",
    "10.0.0.1",
    { [CHAIN]: `192.0.2.8${", 10.1.1.1".repeat(20)}` },
    "10.1.1.1",
  ],
])("proxies trusted: the caller's address is %s", async (_what, socket, headers, expected) => {
  expect(await addressOf(socket, headers, PROXIES)).toBe(expected);
});

test.each([
  ["the dashboard's server on this machine", "127.0.0.1", { [TOLD]: "192.0.2.8" }, true],
  ["one on a trusted machine", "10.0.0.4", { [TOLD]: "192.0.2.8" }, true],
  ["not a client of a proxy on this machine", "127.0.0.1", { [CHAIN]: "192.0.2.8" }, false],
  ["not a client of a trusted proxy", "10.0.0.1", { [CHAIN]: "192.0.2.8" }, false],
  ["not another machine", "192.0.2.7", { [TOLD]: "203.0.113.9" }, false],
])("a page is drawn by %s", async (_who, socket, headers, expected) => {
  const asked = { ...headers, "x-scrapersky-draws-page": "1" };
  expect((await find(socket, asked, PROXIES)).drawsPage).toBe(expected);
  expect((await find(socket, headers, PROXIES)).drawsPage).toBe(false);
});

test.each(["10.0.0.0/33", "::1/129", "proxy.example", "10.0.0.0/8/8", "10.0.0.0/", "all"])(
  "%s is no range",
  (range) => {
    expect(() => createTrust([range])).toThrow(`${range} is no address`);
  },
);
