import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { type StartedSites, startSites } from "@scrapersky/testing/sites";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { readProxy, scrape, type ScrapeOptions, userAgentOf } from "../src/index.ts";
import { done, page, QUICK, siteOf } from "./visit-site.ts";

let sites: StartedSites;
let server: Server;
let proxy: ScrapeOptions["proxy"];
/** What the proxy was sent, head by head. */
let heads: string[] = [];
/** What it answers in the place of a tunnel. */
let refusal: string | undefined;
let agents: unknown[] = [];
const open = new Set<Socket>();

beforeAll(async () => {
  const site = siteOf(({ headers, path }) => {
    agents.push(headers["user-agent"]);
    return path === "/" ? page("<title>Behind a proxy</title><p>hello") : { status: 404 };
  });
  sites = await startSites({ sites: [site] });
  const { http, https } = sites.allow.hosts["one.example"] ?? {};
  server = createServer((socket) => {
    open.add(socket);
    socket.on("error", () => {});
    socket.once("data", (data) => {
      const head = data.toString("latin1");
      heads.push(head);
      if (refusal !== undefined) {
        socket.write(refusal);
        return;
      }
      const place = (/^CONNECT \S+:443 /.test(head) ? https : http) ?? "";
      const [host = "", port = ""] = place.split(":");
      const site = connect({ host, port: Number(port) }, () => {
        socket.write("HTTP/1.1 200 Connection established\r\nX-Way: open\r\n\r\n");
        socket.pipe(site).pipe(socket);
      });
      site.on("error", () => socket.destroy());
      open.add(site);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  proxy = readProxy(`http://me:p%40ss@127.0.0.1:${(server.address() as AddressInfo).port}`);
});
beforeEach(() => {
  heads = [];
  agents = [];
  refusal = undefined;
});
afterAll(async () => {
  for (const socket of open) socket.destroy();
  server.close();
  await sites.close();
});

const visit = (addresses: string[], options: Partial<ScrapeOptions> = {}) => {
  const resolve4 = async () => addresses;
  const resolve6 = async () => Promise.reject(Object.assign(new Error(), { code: "ENODATA" }));
  return scrape("one.example", {
    maxPages: 1,
    proxy,
    resolver: { resolve4, resolve6 },
    limits: QUICK,
    ...options,
  });
};

test("a visit goes through the proxy to the address that was looked up here, and names it to nobody", async () => {
  const { site, flags } = done(await visit(["93.184.216.34", "93.184.216.35"]));
  expect(site).toMatchObject({ title: "Behind a proxy", ipAddress: "93.184.216.34" });
  // the handshake went through the tunnel: it failed only for the sites' own authority, which nobody trusts here
  expect(flags).toContain("tls_invalid");
  const targets = heads.map((head) => head.slice(0, head.indexOf("\r\n")));
  expect(new Set(targets)).toEqual(
    new Set(["CONNECT 93.184.216.34:443 HTTP/1.1", "CONNECT 93.184.216.34:80 HTTP/1.1"]),
  );
  const secret = Buffer.from("me:p@ss").toString("base64");
  for (const head of heads) {
    expect(head).toContain(`\r\nProxy-Authorization: Basic ${secret}\r\n`);
    expect(head).not.toContain("one.example");
  }
});

test("what may not be visited is not asked of the proxy either", async () => {
  expect(await visit(["93.184.216.34", "10.0.0.1"])).toMatchObject({ code: "blocked_address" });
  expect(heads).toEqual([]);
});

test.each([
  ["HTTP/1.1 407 Who are you\r\n\r\n", "407"],
  ["SSH-2.0-OpenSSH_9.2\r\n\r\n", "no answer that can be read"],
  ["x".repeat(20_000), "no answer that can be read"],
])("a proxy that answers %.20j is told as a refused connection", async (answer, words) => {
  refusal = answer;
  const result = await visit(["93.184.216.34"]);
  expect(result).toMatchObject({ kind: "retry", code: "connect_refused" });
  expect(JSON.stringify(result)).toContain(words);
  expect(JSON.stringify(result)).not.toContain("127.0.0.1");
});

test("a proxy that says nothing is a timeout", async () => {
  refusal = "";
  const result = await visit(["93.184.216.34"], { limits: { ...QUICK, connectMs: 30 } });
  expect(result).toMatchObject({ kind: "retry", code: "timeout" });
});

test("the contact stands in the user agent, and the token that robots.txt knows", async () => {
  const userAgent = userAgentOf("https://example.com/bot");
  await visit(["93.184.216.34"], { userAgent });
  expect(new Set(agents)).toEqual(new Set([userAgent]));
  expect(userAgent).toBe(
    "ScraperSkyBot/1.0 (+https://example.com/bot; reads public business pages; follows robots.txt)",
  );
  expect(userAgentOf()).not.toContain("+");
});

test.each(["https://127.0.0.1:1", "socks5://127.0.0.1:1", "127.0.0.1:8080", "http://"])(
  "%j is no proxy",
  (address) => {
    expect(() => readProxy(address)).toThrow("http://host:port");
  },
);

test.each([
  ["http://proxy.example", { host: "proxy.example", port: 80, authorization: undefined }],
  ["http://[::1]:3128/", { host: "::1", port: 3128, authorization: undefined }],
])("%j is read", (address, read) => {
  expect(readProxy(address)).toEqual(read);
});
