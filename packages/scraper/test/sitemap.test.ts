import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { done, page, siteOf, visitSite } from "./visit-site.ts";

const HOME = "<title>x</title>";
const xml = (body: string | Uint8Array, type = "application/xml") => ({
  headers: { "content-type": type },
  body,
});
const urlset = (...paths: string[]) =>
  `<?xml version="1.0" encoding="UTF-8"?><urlset>${paths.map((path) => `<url><loc>https://one.example${path}</loc></url>`).join("")}</urlset>`;
const pathsOf = async (...input: Parameters<typeof visitSite>) => {
  const { outcome } = await visitSite(...input);
  return done(outcome).pages.map(({ url }) => new URL(url).pathname);
};

describe("a sitemap is read by its bytes, whatever it is called", () => {
  const FILE = urlset("/contact");
  test.for<[string, Uint8Array | string, string]>([
    ["XML", FILE, "application/xml"],
    ["XML called HTML", FILE, "text/html"],
    ["XML called text", FILE, "text/plain"],
    ["XML called an image", FILE, "image/png"],
    ["XML called nothing", FILE, ""],
    ["gzip", gzipSync(FILE), "application/gzip"],
    ["gzip called XML", gzipSync(FILE), "application/xml"],
    ["gzip within gzip", gzipSync(gzipSync(FILE)), "application/x-gzip"],
    [
      "gzip and plain bytes after it",
      Buffer.concat([gzipSync(FILE), Buffer.from("<!-- cached -->")]),
      "application/gzip",
    ],
    [
      "gzip that is cut",
      gzipSync(`${FILE}${"<!-- -->".repeat(5_000)}`).subarray(0, -30),
      "application/gzip",
    ],
    ["a BOM", `\uFEFF${FILE}`, "application/xml"],
    ["UTF-16 with a BOM", Buffer.from(`\uFEFF${FILE}`, "utf16le"), "application/xml"],
    ["UTF-16 without one", Buffer.from(FILE, "utf16le"), "application/xml"],
    ["UTF-16 the other way", Buffer.from(`\uFEFF${FILE}`, "utf16le").swap16(), "application/xml"],
    [
      "Latin-1",
      Buffer.from(urlset("/contact").replace("UTF-8", "ISO-8859-1"), "latin1"),
      "text/xml",
    ],
    ["lines", "https://one.example/contact\r\n", "application/octet-stream"],
    [
      "a feed",
      "<rss><channel><item><link>https://one.example/contact</link></item></channel></rss>",
      "text/html",
    ],
    ["blank lines first", `\n\n\n${FILE}`, "application/xml"],
  ])("%s", async ([, body, type]) => {
    const site = siteOf({ "/": HOME, "/contact": HOME, "/sitemap.xml": xml(body, type) });
    const { outcome } = await visitSite(site);
    expect(done(outcome).site).toMatchObject({ hasSitemap: true, sitemapCount: 1, sitemapUrls: 1 });
    expect(done(outcome).pages).toHaveLength(2);
  });

  test("an encoding that is no encoding does not hide it", async () => {
    for (const encoding of ["none", "gzip", "br", "utf-8"]) {
      const file = {
        headers: { "content-type": "text/xml", "content-encoding": encoding },
        body: FILE,
      };
      expect(await pathsOf(siteOf({ "/": HOME, "/contact": HOME, "/sitemap.xml": file }))).toEqual([
        "/",
        "/contact",
      ]);
    }
  });

  test("one that is longer than what is read gives its beginning", async () => {
    const long = urlset("/contact", ...Array.from({ length: 3_000 }, (_, index) => `/p${index}`));
    const site = siteOf({ "/": HOME, "/contact": HOME, "/sitemap.xml": xml(gzipSync(long)) });
    const limits = { sitemapBytesMax: 5_000 };
    expect(await pathsOf(site, { maxPages: 2, limits })).toEqual(["/", "/contact"]);
  });
});

describe("where sitemaps are looked for", () => {
  const robots = (...names: string[]) => ({
    body: names.map((name) => `Sitemap: ${name}`).join("\n"),
  });

  test("/sitemap.xml when those that are named are gone or empty", async () => {
    for (const named of ["/gone.xml", "https://cdn.example/s.xml", "/empty.xml", "::::"]) {
      const site = siteOf({
        "/robots.txt": robots(named),
        "/empty.xml": xml("<urlset></urlset>"),
        "/sitemap.xml": xml(urlset("/contact")),
        "/": HOME,
        "/contact": HOME,
      });
      expect(await pathsOf(site), named).toEqual(["/", "/contact"]);
    }
  });

  test("nowhere else when they give pages", async () => {
    const site = siteOf({
      "/robots.txt": robots("/a.xml"),
      "/a.xml": xml(urlset("/contact")),
      "/": HOME,
      "/contact": HOME,
    });
    const { asked } = await visitSite(site);
    expect(asked.some((address) => address.endsWith("/sitemap.xml"))).toBe(false);
  });

  test("relative to the file that names them", async () => {
    const site = siteOf({
      "/robots.txt": robots("/maps/index.xml"),
      "/maps/index.xml": xml("<sitemapindex><sitemap><loc>one.xml</loc></sitemap></sitemapindex>"),
      "/maps/one.xml": xml("<urlset><url><loc>/contact</loc></url></urlset>"),
      "/": HOME,
      "/contact": HOME,
    });
    expect(await pathsOf(site)).toEqual(["/", "/contact"]);
  });

  test("an address that is listed twice is counted once", async () => {
    const site = siteOf({
      "/": HOME,
      "/contact": HOME,
      "/sitemap.xml": xml(urlset("/contact", "/contact", "/contact#x")),
    });
    expect(done((await visitSite(site)).outcome).site.sitemapUrls).toBeLessThanOrEqual(2);
  });
});

describe("a sitemap is believed by what it yields", () => {
  const dead = Array.from({ length: 50 }, (_, index) => `/dead${index}`);
  const failing = (status: number, links: string[]) =>
    siteOf(({ path }) => {
      if (path === "/sitemap.xml") return xml(urlset(...dead));
      if (path === "/")
        return page(`<title>x</title>${links.map((link) => `<a href="${link}">l</a>`).join("")}`);
      return links.includes(path)
        ? page("<title>y</title>")
        : { status: path === "/robots.txt" ? 404 : status };
    });

  test("what is linked is read although everything listed is gone", async () => {
    expect(await pathsOf(failing(404, ["/kontakt", "/x"]), { maxPages: 3 })).toEqual([
      "/",
      "/kontakt",
      "/x",
    ]);
    expect(await pathsOf(failing(404, ["/x"]), { maxPages: 2 })).toEqual(["/", "/x"]);
    expect(
      await pathsOf(failing(410, ["/ueber/firma/geschichte", "/x/y/z"]), { maxPages: 3 }),
    ).toHaveLength(3);
  });

  test("and although everything listed leads to what was read before", async () => {
    const site = siteOf({
      "/": '<title>x</title><a href="/x">x</a>',
      "/sitemap.xml": xml(urlset("/old1", "/old2", "/old3", "/old4", "/old5", "/old6")),
      "/x": HOME,
      ...Object.fromEntries(
        [1, 2, 3, 4, 5, 6].map((old) => [
          `/old${old}`,
          { status: 302, headers: { location: "/" } },
        ]),
      ),
    });
    expect(await pathsOf(site, { maxPages: 2 })).toEqual(["/", "/x"]);
  });

  test("and although everything listed fails", async () => {
    const site = failing(500, ["/ueber/firma/geschichte"]);
    expect(await pathsOf(site, { maxPages: 4 })).toEqual(["/", "/ueber/firma/geschichte"]);
  });

  test("failures of a list are not counted to those of the site", async () => {
    const site = failing(500, ["/x/y/z"]);
    const answer: typeof site.answer = (request) =>
      request.path === "/"
        ? page('<title>x</title><a href="/broken">b</a><a href="/x/y/z">z</a>')
        : site.answer(request);
    expect(await pathsOf({ ...site, answer }, { maxPages: 4 })).toEqual(["/", "/x/y/z"]);
  });

  test("what is both listed and linked keeps its place", async () => {
    const site = siteOf({
      "/": '<title>x</title><a href="/deep/er/page">d</a><a href="/z">z</a>',
      "/sitemap.xml": xml(urlset("/dead1", "/dead2", "/dead3", "/z")),
      "/z": HOME,
      "/deep/er/page": HOME,
    });
    expect(await pathsOf(site, { maxPages: 3 })).toEqual(["/", "/z", "/deep/er/page"]);
  });

  test("what is listed is still read when nothing else is left", async () => {
    const site = siteOf({
      "/": HOME,
      "/sitemap.xml": xml(urlset("/dead1", "/dead2", "/alive")),
      "/alive": HOME,
    });
    expect(await pathsOf(site, { maxPages: 5 })).toEqual(["/", "/alive"]);
  });

  test("a site that fails is left after three of its own links fail", async () => {
    const links = Array.from({ length: 20 }, (_, index) => `<a href="/p${index}">p</a>`).join("");
    const site = siteOf(({ path }) =>
      path === "/"
        ? page(`<title>x</title>${links}`)
        : { status: path === "/robots.txt" || path === "/sitemap.xml" ? 404 : 500 },
    );
    const { outcome, asked } = await visitSite(site);
    expect(done(outcome).flags).toEqual(["partial"]);
    expect(new Set(asked.filter((address) => /\/p\d+$/.test(address))).size).toBe(3);
  });
});
