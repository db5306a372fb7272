import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import fc from "fast-check";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { isPublicAddress } from "../src/guard/address.ts";
import type { Resolver } from "../src/guard/resolve.ts";
import { scrape } from "../src/index.ts";
import { done, page, QUICK, siteOf, visitSite } from "./visit-site.ts";

/** A server that no visit may reach. */
let secret: Server;
let secretPort: number;
let reached = 0;
beforeAll(async () => {
  secret = createServer((_request, response) => {
    reached++;
    response.end("<title>secret</title>");
  });
  await new Promise<void>((resolve) => secret.listen(0, "127.0.0.1", resolve));
  secretPort = (secret.address() as AddressInfo).port;
});
afterAll(() => new Promise((resolve) => secret.close(resolve)));
afterEach(() => {
  vi.unstubAllEnvs();
  expect(reached).toBe(0);
});

const dns = (four: string[], six: string[] = []): Resolver & { asked: string[] } => {
  const asked: string[] = [];
  const answer = (addresses: string[]) => async (host: string) => {
    asked.push(host);
    if (addresses.length === 0) throw Object.assign(new Error("none"), { code: "ENODATA" });
    return addresses;
  };
  return { asked, resolve4: answer(four), resolve6: answer(six) };
};
const broken = (code: string): Resolver => {
  const fail = async () => Promise.reject(Object.assign(new Error(code), { code }));
  return { resolve4: fail, resolve6: fail };
};

describe("addresses", () => {
  test.for([
    "0.0.0.0",
    "10.1.2.3",
    "100.64.0.1",
    "127.0.0.1",
    "127.255.255.254",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.8",
    "192.168.1.1",
    "198.18.0.1",
    "198.19.255.255",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::ffff:0:7f00:1",
    "1fff:ffff::1",
    "4000::1",
    "a000::1",
    "3fff::1",
    "168.63.129.16",
    "::ffff:168.63.129.16",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:7f00:1",
    "64:ff9b::7f00:1",
    "64:ff9b:1::1",
    "2002:7f00:1::",
    "2001::1",
    "2001:db8::1",
    "fc00::1",
    "fd12::1",
    "fe80::1",
    "fe80::1%eth0",
    "ff02::1",
    "localhost",
    "",
    "999.1.1.1",
  ])("%s is not public", (address) => expect(isPublicAddress(address)).toBe(false));

  test.for([
    "1.1.1.1",
    "8.8.8.8",
    "100.63.255.255",
    "100.128.0.1",
    "172.15.255.255",
    "172.32.0.1",
    "192.0.1.1",
    "198.17.255.255",
    "198.20.0.1",
    "223.255.255.255",
    "168.63.129.15",
    "168.63.129.17",
    "2003::1",
    "3ffe:ffff::1",
    "2606:4700::1111",
    "2a00:1450::1",
    "::ffff:8.8.8.8",
  ])("%s is public", (address) => expect(isPublicAddress(address)).toBe(true));

  test("nothing in a private network is ever public, however it is written", () => {
    fc.assert(
      fc.property(
        fc.constantFrom([10], [127], [192, 168], [169, 254], [172, 20]),
        fc.array(fc.nat(255), { minLength: 3, maxLength: 3 }),
        (start, rest) => {
          const address = [...start, ...rest].slice(0, 4).join(".");
          return (
            !isPublicAddress(address) &&
            !isPublicAddress(`::ffff:${address}`) &&
            !isPublicAddress(`::${address}`)
          );
        },
      ),
    );
  });
});

describe("names that lead inside", () => {
  test.for([
    { name: "one private answer", resolver: dns(["127.0.0.1"]) },
    { name: "a private one among public ones", resolver: dns(["93.184.216.34", "10.0.0.1"]) },
    {
      name: "a private IPv6 answer beside a public IPv4 one",
      resolver: dns(["93.184.216.34"], ["fd00::1"]),
    },
    { name: "the metadata address", resolver: dns(["169.254.169.254"]) },
    { name: "a mapped loopback address", resolver: dns([], ["::ffff:127.0.0.1"]) },
  ])("$name", async ({ resolver }) => {
    const outcome = await scrape("rebind-me.com", { maxPages: 1, resolver, limits: QUICK });
    expect(outcome).toMatchObject({ kind: "failed", code: "blocked_address" });
    expect(resolver.asked).toContain("rebind-me.com");
  });

  test.for([
    "127.0.0.1",
    "2130706433",
    "0x7f.1",
    "0177.0.0.1",
    "127.1",
    "[::1]",
    "[::ffff:127.0.0.1]",
    "http://127.0.0.1/",
    "http://a@b.com/",
    "http://user:secret@shop.com/",
    "localhost",
    "printer.local",
    "db.internal",
    "co.uk",
    "com",
    "a..b.com",
    "-x.com",
    "ftp://one.com/",
    "javascript:alert(1)",
    "",
    " ",
  ])("the line %j is no domain and sends nothing", async (line) => {
    const resolver = dns(["93.184.216.34"]);
    const outcome = await scrape(line, { maxPages: 1, resolver, limits: QUICK });
    expect(outcome).toMatchObject({
      kind: "failed",
      code: "invalid_domain",
      metrics: { requests: 0 },
    });
    expect(resolver.asked).toEqual([]);
  });
});

describe("redirects that lead inside", () => {
  const inside = () => [
    `http://127.0.0.1:${secretPort}/`,
    "http://127.0.0.1/",
    "http://2130706433/",
    "http://0x7f000001/",
    "http://0177.0.0.1/",
    "http://127.1/",
    "http://[::1]/",
    "http://[::ffff:7f00:1]/",
    "http:\\\\127.0.0.1/",
    "http://１２７.0.0.1/",
    "http://10.0.0.8/admin",
    "http://169.254.169.254/latest/meta-data/",
    "https://192.168.0.1/",
  ];

  test.for([22, 81, 8443])("to port %i of the site's own name", async (port) => {
    const { outcome } = await visitSite(
      siteOf({ "/": { status: 302, headers: { location: `http://one.example:${port}/` } } }),
    );
    expect(outcome).toMatchObject({
      kind: "failed",
      code: "blocked_port",
      message: `The site redirects to a port other than 80 and 443, which is never visited. (port ${port})`,
    });
  });

  test("not to a web server's port, even when it is written out", async () => {
    const site = siteOf({
      "/": { status: 302, headers: { location: "http://one.example:80/a" } },
      "/a": "<title>arrived</title>",
    });
    expect(done((await visitSite(site)).outcome).site.title).toBe("arrived");
  });

  test("at the first hop, in every way of writing", async () => {
    for (const location of inside()) {
      const { outcome } = await visitSite(
        siteOf({
          "/": { status: 302, headers: { location: Buffer.from(location).toString("latin1") } },
        }),
      );
      expect(outcome, location).toMatchObject({ kind: "failed", code: "blocked_address" });
    }
  });

  test("at the last of several hops", async () => {
    const site = siteOf({
      "/": { status: 301, headers: { location: "/a" } },
      "/a": { status: 307, headers: { location: "https://www.one.example/b" } },
      "/b": { status: 302, headers: { location: `http://127.0.0.1:${secretPort}/` } },
    });
    expect((await visitSite(site)).outcome).toMatchObject({
      kind: "failed",
      code: "blocked_address",
    });
  });

  test("from robots.txt, a sitemap, a link or a meta refresh", async () => {
    const target = `http://127.0.0.1:${secretPort}/`;
    const site = siteOf({
      "/robots.txt": { status: 302, headers: { location: "/robots2.txt" } },
      "/robots2.txt": {
        headers: { "content-type": "text/plain" },
        body: `User-agent: *\nSitemap: ${target}s.xml\nSitemap: /s.xml`,
      },
      "/s.xml": { status: 302, headers: { location: target } },
      "/": `<title>x</title><a href="${target}">in</a><a href="/go">go</a>`,
      "/go": { status: 302, headers: { location: target } },
    });
    expect(done((await visitSite(site)).outcome).pages).toHaveLength(1);
    const refresh = siteOf({
      "/": `<meta http-equiv="refresh" content="0;url=${target}"><title>x</title>`,
    });
    expect((await visitSite(refresh)).outcome).toMatchObject({
      kind: "failed",
      code: "blocked_address",
    });
  });

  test.for([
    "file:///etc/passwd",
    "ftp://one.example/",
    "data:text/html,<title>x</title>",
    "javascript:alert(1)",
    "gopher://one.example/",
  ])("to %s", async (location) => {
    expect(
      (await visitSite(siteOf({ "/": { status: 302, headers: { location } } }))).outcome,
    ).toMatchObject({ kind: "failed", code: "blocked_scheme" });
  });

  test("to a name that is not on the allow-list finds no host", async () => {
    const { outcome } = await visitSite(
      siteOf({ "/": { status: 302, headers: { location: "https://example.com/" } } }),
    );
    expect(outcome).toMatchObject({ kind: "failed", code: "dns_not_found" });
  });
});

describe("the allow-list", () => {
  test.for(["production", "prod", "staging", "Development", "", undefined])(
    "is refused when NODE_ENV is %j",
    async (name) => {
      vi.stubEnv("NODE_ENV", name);
      await expect(scrape("one.example", { maxPages: 1, allow: { hosts: {} } })).rejects.toThrow(
        /SCRAPER_SITES_FILE/,
      );
    },
  );

  test.for(["development", "test"])("is taken when NODE_ENV is %j", async (name) => {
    vi.stubEnv("NODE_ENV", name);
    const outcome = await scrape("one.example", {
      maxPages: 1,
      allow: { hosts: {} },
      limits: QUICK,
    });
    expect(outcome).toMatchObject({
      kind: "failed",
      code: "dns_not_found",
      message: "The domain name does not exist.",
    });
  });

  test("knows no names beside its own, not even inherited ones", async () => {
    const outcome = await scrape("constructor.example", {
      maxPages: 1,
      allow: { hosts: {} },
      limits: QUICK,
    });
    expect(outcome).toMatchObject({ kind: "failed", code: "dns_not_found" });
  });
});

describe("DNS answers", () => {
  test("no such name may be a matter of later: then the visit ends at once and says when to ask again", async () => {
    const ask = (unknownName: "later" | "final") =>
      scrape("gone-for-now.com", {
        maxPages: 1,
        resolver: broken("ENOTFOUND"),
        limits: { ...QUICK, dnsRetryMs: 3_600_000 },
        unknownName,
      });
    const later = await ask("later");
    expect(later).toMatchObject({ kind: "retry", code: "dns_not_found" });
    if (later.kind !== "retry") expect.unreachable();
    expect(later.retryAfterMs).toBeGreaterThan(0);
    expect(later.retryAfterMs).toBeLessThanOrEqual(3_600_000);
    expect(await ask("final")).toMatchObject({ kind: "failed", code: "dns_not_found" });
  });

  test("no such name is final", async () => {
    expect(
      await scrape("gone-for-good.com", {
        maxPages: 1,
        resolver: broken("ENOTFOUND"),
        limits: QUICK,
      }),
    ).toMatchObject({
      kind: "failed",
      code: "dns_not_found",
      message: "The domain name does not exist.",
    });
  });

  test.for([
    ["ESERVFAIL", "the name servers have a fault"],
    ["ETIMEOUT", "the name servers did not answer in time"],
    ["EREFUSED", "the name servers refuse to answer"],
    ["ECONNREFUSED", "no name server could be reached"],
    ["ENEW", "ENEW"],
  ] as const)("%s is worth another try, and said once in words", async ([code, words]) => {
    expect(
      await scrape("flaky-dns.com", { maxPages: 1, resolver: broken(code), limits: QUICK }),
    ).toMatchObject({
      kind: "retry",
      code: "dns_error",
      message: `The domain name could not be looked up. (${words})`,
    });
  });

  test("www is asked for when the apex does not exist", async () => {
    const site = siteOf({ "/": page("<title>Only www</title>") }, { hosts: ["www.one.example"] });
    expect(done((await visitSite(site)).outcome).site).toMatchObject({
      domain: "one.example",
      finalUrl: "https://www.one.example/",
    });
  });
});
