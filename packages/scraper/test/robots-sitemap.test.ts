import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { parseRobots } from "../src/crawl/robots.ts";
import { parseSitemap } from "../src/crawl/sitemap-text.ts";
import { done, page, siteOf, visitSite } from "./visit-site.ts";

const text = (body: string) => ({ headers: { "content-type": "text/plain" }, body });
const xml = (body: string) => ({ headers: { "content-type": "application/xml" }, body });
const urlset = (...addresses: string[]) =>
  `<?xml version="1.0"?><urlset>${addresses.map((address) => `<url><loc>${address}</loc></url>`).join("")}</urlset>`;
const index = (...addresses: string[]) =>
  `<sitemapindex>${addresses.map((address) => `<sitemap><loc>${address}</loc></sitemap>`).join("")}</sitemapindex>`;

describe("robots.txt", () => {
  test("rules for us win over rules for everyone", () => {
    const robots = parseRobots(
      "User-agent: *\nDisallow: /\n\nUser-agent: ScraperSkyBot\nDisallow: /private/\nCrawl-delay: 2\nSitemap: https://one.example/s.xml\n",
    );
    expect(robots.isAllowed(new URL("https://one.example/"))).toBe(true);
    expect(robots.isAllowed(new URL("https://one.example/private/x"))).toBe(false);
    expect(robots.crawlDelayMs).toBe(2_000);
    expect(robots.sitemaps).toEqual(["https://one.example/s.xml"]);
  });

  test("forbidden pages are not asked for, not even when the sitemap lists them", async () => {
    const site = siteOf({
      "/robots.txt": text("User-agent: *\nDisallow: /secret\n"),
      "/sitemap.xml": xml(urlset("https://one.example/secret/a", "https://one.example/open")),
      "/": '<title>x</title><a href="/secret/b">b</a>',
      "/open": "<title>open</title>",
    });
    const { outcome, asked } = await visitSite(site);
    expect(done(outcome).pages.map(({ title }) => title)).toEqual(["x", "open"]);
    expect(asked.filter((address) => address.includes("secret"))).toEqual([]);
  });

  test("a site that forbids everything is skipped, not failed, and its home page is never asked for", async () => {
    const { outcome, asked } = await visitSite(
      siteOf({ "/robots.txt": text("User-agent: *\nDisallow: /\n"), "/": "<title>secret</title>" }),
    );
    expect(done(outcome)).toMatchObject({
      flags: ["robots_disallowed"],
      pages: [],
      site: { title: null, robotsTxt: "User-agent: *\nDisallow: /\n" },
    });
    expect(asked).toEqual(["https://one.example/robots.txt"]);
  });

  test("a record that is no rule opens nothing: the group goes on to the rules that close it", async () => {
    for (const record of ["Sitemap: https://one.example/s.xml", "Crawl-delay: 10"]) {
      const rules = `User-agent: *\n${record}\n\nUser-agent: BadBot\nDisallow: /`;
      const { outcome } = await visitSite(siteOf({ "/robots.txt": text(rules), "/": "<p>x" }));
      expect(done(outcome).flags).toEqual(["robots_disallowed"]);
    }
  });

  test("it is read as a whole where it is longer, packed or in other bytes than it should be", async () => {
    const closed = "User-agent: *\nDisallow: /";
    const long = `${"# words\n".repeat(60_000)}${closed}\n`;
    const bodies: [string, string | Uint8Array, string?][] = [
      ["cut after the rules", `${closed}\n${long}`],
      ["packed without a word", gzipSync(closed)],
      ["plain under the name of gzip", closed, "gzip"],
      ["UTF-16", Buffer.from(`\uFEFF${closed}`, "utf16le")],
      ["a bomb", gzipSync(`${closed}\n${"#".repeat(5_000_000)}`), "gzip"],
    ];
    for (const [what, body, encoding] of bodies) {
      const headers: Record<string, string> =
        encoding === undefined ? {} : { "content-encoding": encoding };
      const site = siteOf({ "/robots.txt": { headers, body }, "/": "<p>x" });
      expect(done((await visitSite(site)).outcome).flags, what).toEqual(["robots_disallowed"]);
    }
  });

  test("a line that the limit cuts in two says nothing", async () => {
    const head = `User-agent: *\n${"# words\n".repeat(63_996)}`;
    const file = `${head}# x\nDisallow: /${"x".repeat(1_000)}\n`;
    const limits = { robotsBytesMax: head.length + 4 + "Disallow: /".length };
    const site = siteOf({ "/robots.txt": text(file), "/": "<title>x</title>" });
    expect(done((await visitSite(site, { limits })).outcome).flags).toEqual([]);
  });

  test("octets of another encoding are compared as octets", async () => {
    const site = siteOf({
      "/robots.txt": { body: Buffer.from("User-agent: *\nDisallow: /caf\xe9", "latin1") },
      "/": '<title>x</title><a href="/caf%E9">a</a><a href="/caf%C3%A9">b</a>',
      "/caf%E9": "<title>closed</title>",
      "/caf%C3%A9": "<title>open</title>",
    });
    expect(done((await visitSite(site)).outcome).pages.map(({ title }) => title)).toEqual([
      "x",
      "open",
    ]);
  });

  test.for([
    { hops: 5, pages: 0 },
    { hops: 6, pages: 1 },
  ])("rules $hops redirects away: $pages pages read", async ({ hops, pages }) => {
    const site = siteOf(({ path }) => {
      const at = path === "/robots.txt" ? 0 : Number(/^\/r(\d)$/.exec(path)?.[1] ?? Number.NaN);
      if (Number.isNaN(at)) return page("<title>x</title>");
      return at < hops
        ? { status: 302, headers: { location: `/r${at + 1}` } }
        : text("User-agent: *\nDisallow: /");
    });
    expect(done((await visitSite(site)).outcome).pages).toHaveLength(pages);
  });

  test.for([
    "file:///etc/passwd",
    "http://127.0.0.1/robots.txt",
    "https://one.example:8443/",
    "/robots.txt",
  ])("rules that stand at %s are none", async (location) => {
    const site = siteOf({
      "/robots.txt": { status: 301, headers: { location } },
      "/": "<title>x</title>",
    });
    expect(done((await visitSite(site)).outcome).site.title).toBe("x");
  });

  test("4xx means no rules, 5xx means not now", async () => {
    const status = (code: number) =>
      siteOf({ "/robots.txt": { status: code, body: "x" }, "/": "<title>x</title>" });
    expect((await visitSite(status(403))).outcome).toMatchObject({ kind: "done" });
    const { outcome, asked } = await visitSite(status(503));
    expect(outcome).toMatchObject({ kind: "retry", code: "http_error" });
    expect(asked.every((address) => address.endsWith("/robots.txt"))).toBe(true);
  });

  test("a page instead of a file holds no rules", async () => {
    const { outcome } = await visitSite(
      siteOf({
        "/robots.txt": page("<html>User-agent: *\nDisallow: /</html>"),
        "/": "<title>x</title>",
      }),
    );
    expect(done(outcome).site).toMatchObject({ title: "x", robotsTxt: null });
  });
});

describe("sitemaps", () => {
  test("an index, a compressed file, a list of lines: all are read once", async () => {
    const site = siteOf({
      "/robots.txt": text(
        "Sitemap: /index.xml\nSitemap: https://one.example/list.txt\nSitemap: https://elsewhere.example/s.xml\n",
      ),
      "/index.xml": xml(
        index(
          "https://one.example/a.xml.gz",
          "https://one.example/index.xml",
          "https://one.example/missing.xml",
        ),
      ),
      "/a.xml.gz": {
        headers: { "content-type": "application/gzip" },
        body: gzipSync(
          urlset(
            "https://one.example/a?x=1&amp;y=2",
            "http://www.one.example/b",
            "https://elsewhere.example/c",
          ),
        ),
      },
      "/list.txt": text("https://one.example/d\nnot an address\nhttps://one.example/e\n"),
      "/": "<title>x</title>",
    });
    const { outcome, asked } = await visitSite(site);
    expect(done(outcome).site).toMatchObject({
      hasSitemap: true,
      sitemapCount: 3,
      sitemapUrls: 4,
      sitemapUrl: "https://one.example/index.xml",
    });
    expect(asked.filter((address) => address.endsWith("/index.xml"))).toHaveLength(1);
    expect(asked).toEqual(
      expect.arrayContaining([
        "https://one.example/a?x=1&y=2",
        "https://one.example/b",
        "https://one.example/d",
      ]),
    );
    expect(asked.some((address) => address.includes("elsewhere"))).toBe(false);
  });

  test("files end at the number allowed, addresses at ten times the pages wanted", async () => {
    const chain = siteOf(({ path }) => {
      const file = /^\/s(\d+)\.xml$/.exec(path)?.[1];
      if (path === "/sitemap.xml")
        return xml(
          index(...Array.from({ length: 60 }, (_, part) => `https://one.example/s${part}.xml`)),
        );
      if (file !== undefined) return xml(urlset(`https://one.example/page-${file}`));
      return path === "/" ? page("<title>x</title>") : { status: 404 };
    });
    const { outcome, asked } = await visitSite(chain, { maxPages: 100 });
    expect(asked.filter((address) => /s\d+\.xml$|sitemap\.xml$/.test(address))).toHaveLength(20);
    expect(done(outcome).site.sitemapUrls).toBe(19);

    const long = siteOf({
      "/": "<title>x</title>",
      "/sitemap.xml": xml(
        urlset(...Array.from({ length: 500 }, (_, part) => `https://one.example/p${part}`)),
      ),
    });
    expect(done((await visitSite(long, { maxPages: 2 })).outcome).site.sitemapUrls).toBe(20);
  });

  test("depth ends after three indexes", async () => {
    const site = siteOf(({ path }) => {
      const level =
        path === "/sitemap.xml" ? 0 : Number(/^\/l(\d)\.xml$/.exec(path)?.[1] ?? Number.NaN);
      if (path === "/") return page("<title>x</title>");
      return Number.isNaN(level)
        ? { status: 404 }
        : xml(index(`https://one.example/l${level + 1}.xml`));
    });
    const { asked } = await visitSite(site);
    expect(asked.filter((address) => address.endsWith(".xml"))).toHaveLength(4);
  });

  test("an HTML error page, a bomb and half a file do no harm", async () => {
    expect(
      parseSitemap("<!doctype html><title>Not found</title><a href='https://one.example/x'>", 100),
    ).toBeUndefined();
    expect(
      parseSitemap(
        "<urlset><url><loc>https://one.example/a</loc></url><url><loc>https://one.exa",
        100,
      ),
    ).toEqual({ sitemaps: [], pages: ["https://one.example/a"] });
    const site = siteOf({
      "/": "<title>x</title>",
      "/sitemap.xml": {
        headers: { "content-type": "application/xml" },
        body: gzipSync(Buffer.alloc(30_000_000, 0x20)),
      },
    });
    expect(done((await visitSite(site)).outcome).site).toMatchObject({
      hasSitemap: false,
      sitemapCount: 0,
    });
  });
});
