import { deflateRawSync, gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { retryAfterOf } from "../src/fetch/retry-after.ts";
import { done, page, siteOf, visitSite } from "./visit-site.ts";

const outcomeOf = async (...input: Parameters<typeof visitSite>) =>
  (await visitSite(...input)).outcome;

describe("where a site lives", () => {
  test("https first, then http, and the certificate's fault is said", async () => {
    for (const certificate of ["expired", "self-signed", "wrong-host"] as const) {
      const site = siteOf({ "/": "<title>Plain</title>" }, { certificate });
      expect(done(await outcomeOf(site))).toMatchObject({
        flags: ["tls_invalid"],
        site: { title: "Plain", hasSsl: false, finalUrl: "http://one.example/" },
      });
      expect(await outcomeOf({ ...site, schemes: ["https"] })).toMatchObject({
        kind: "failed",
        code: "tls_error",
      });
    }
  });

  test("a refused connection is tried three times and left to the queue", async () => {
    const outcome = await outcomeOf(siteOf({}, { schemes: [] }));
    expect(outcome).toMatchObject({ kind: "retry", code: "connect_refused" });
  });

  test("a 404 home page is looked for at www and http before it fails, its title kept", async () => {
    const site = siteOf(({ host, path }) =>
      host === "www.one.example" && path === "/"
        ? page("<title>Here</title>")
        : { status: 404, headers: { "content-type": "text/html" }, body: "<title>Wilted</title>" },
    );
    expect(done(await outcomeOf(site)).site.title).toBe("Here");
    expect(await outcomeOf(siteOf({}))).toMatchObject({
      kind: "failed",
      code: "http_error",
      message: expect.stringContaining('404, "Not found"'),
      metrics: { httpStatus: 404 },
    });
  });

  test("a redirect to another site gives the landing page and no further one", async () => {
    const site = siteOf({ "/": { status: 301, headers: { location: "https://two.example/" } } });
    const landing = siteOf(
      { "/": '<title>Two</title><a href="/more">more</a>', "/more": "<title>More</title>" },
      { name: "two.example" },
    );
    const result = done(await outcomeOf([site, landing]));
    expect(result).toMatchObject({
      flags: ["offsite_redirect"],
      site: { domain: "one.example", redirectedTo: "https://two.example/", title: "Two" },
      pages: { length: 1 },
    });
  });

  test("a subdomain of the same owner is no other site", async () => {
    const site = siteOf({
      "/": { status: 301, headers: { location: "https://shop.one.example/" } },
    });
    const shop = siteOf(
      { "/": '<title>Shop</title><a href="/more">more</a>', "/more": "<title>More</title>" },
      { name: "shop.one.example" },
    );
    expect(done(await outcomeOf([site, shop]))).toMatchObject({
      flags: [],
      pages: { length: 2 },
      site: { redirectedTo: null },
    });
  });
});

describe("bodies", () => {
  const bytes = (body: Uint8Array | string, encoding: string) => ({
    headers: { "content-type": "text/html", "content-encoding": encoding },
    body,
  });

  test("raw deflate, upper case and identity are understood", async () => {
    expect(
      done(await outcomeOf(siteOf({ "/": bytes(deflateRawSync("<title>raw</title>"), "deflate") })))
        .site.title,
    ).toBe("raw");
    expect(
      done(await outcomeOf(siteOf({ "/": bytes(gzipSync("<title>x-gzip</title>"), "X-GZIP") })))
        .site.title,
    ).toBe("x-gzip");
    expect(
      done(await outcomeOf(siteOf({ "/": bytes("<title>plain</title>", "identity") }))).site.title,
    ).toBe("plain");
  });

  test("unknown and broken encodings fail, a plain page under a false name does not", async () => {
    expect(await outcomeOf(siteOf({ "/": bytes("zzzz", "compress") }))).toMatchObject({
      kind: "failed",
      code: "bad_encoding",
    });
    expect(
      await outcomeOf(siteOf({ "/": bytes(gzipSync("x".repeat(9_000)).subarray(0, 30), "gzip") })),
    ).toMatchObject({ kind: "failed", code: "bad_encoding" });
    expect(
      done(await outcomeOf(siteOf({ "/": bytes("<title>false br</title>", "br") }))).site.title,
    ).toBe("false br");
  });

  test.for([
    { type: "image/png", body: "\x89PNG\r\n" },
    { type: "application/json", body: "{}" },
    { type: "text/html", body: "%PDF-1.4 said to be a page" },
    { type: "application/octet-stream", body: "PK\x03\x04zip" },
    { type: "text/plain", body: "just words" },
  ])("$type is not a page", async ({ type, body }) => {
    expect(
      await outcomeOf(siteOf({ "/": { headers: { "content-type": type }, body } })),
    ).toMatchObject({ kind: "failed", code: "not_html" });
  });

  test("a page without a type, or called text/plain, is a page", async () => {
    for (const headers of [undefined, { "content-type": "text/plain" }]) {
      expect(
        done(
          await outcomeOf(
            siteOf({
              "/": {
                ...(headers === undefined ? {} : { headers }),
                body: "<!doctype html><title>Untyped</title>",
              },
            }),
          ),
        ).site.title,
      ).toBe("Untyped");
    }
  });

  test.for([204, 205])("%i is an empty site, not an error", async (status) => {
    expect(done(await outcomeOf(siteOf({ "/": { status } })))).toMatchObject({
      flags: ["empty"],
      pages: [{ title: null, wordCount: 0 }],
    });
  });
});

describe("statuses", () => {
  test.for([401, 403, 407, 451])("%i is final", async (status) => {
    expect(await outcomeOf(siteOf({ "/": page("<title>No</title>", { status }) }))).toMatchObject({
      kind: "failed",
      code: "blocked_http",
      metrics: { httpStatus: status },
    });
  });

  test.for([500, 502, 503, 504, 520, 524])(
    "%i is tried three times and left to the queue",
    async (status) => {
      const { outcome, asked } = await visitSite(
        siteOf({ "/": page("<title>Oops</title>", { status }) }),
      );
      expect(outcome).toMatchObject({ kind: "retry", code: "http_error" });
      expect(asked.filter((address) => address === "https://one.example/")).toHaveLength(3);
    },
  );

  test("a server that recovers is read", async () => {
    let failures = 2;
    const site = siteOf(({ path }) =>
      path === "/" && failures-- > 0
        ? { status: 503 }
        : path === "/"
          ? page("<title>Back</title>")
          : { status: 404 },
    );
    expect(done(await outcomeOf(site)).site.title).toBe("Back");
  });

  test.for([
    { value: "2", ms: 2_000 },
    { value: "0", ms: 0 },
    { value: "1000000000", ms: 3_600_000 },
    { value: "Sat, 21 Nov 2026 10:01:00 GMT", ms: 60_000 },
    { value: "Sat, 21 Nov 2020 10:01:00 GMT", ms: 0 },
    { value: "soon", ms: undefined },
    { value: "-5", ms: undefined },
    { value: "", ms: undefined },
  ])("Retry-After $value means $ms ms", ({ value, ms }) => {
    expect(retryAfterOf(value, Date.parse("2026-11-21T10:00:00Z"))).toBe(ms);
  });

  test("a wait above two minutes is left to the queue, at most an hour, and nothing else is asked for", async () => {
    const { outcome, asked } = await visitSite(
      siteOf(({ path }) =>
        path === "/" ? { status: 429, headers: { "retry-after": "1000000000" } } : { status: 404 },
      ),
    );
    expect(outcome).toMatchObject({ kind: "retry", code: "rate_limited", retryAfterMs: 3_600_000 });
    expect(asked).toEqual(["https://one.example/robots.txt", "https://one.example/"]);
  });

  test("429 without end is given up after three waits", async () => {
    const { outcome, asked } = await visitSite(
      siteOf(({ path }) =>
        path === "/" ? { status: 429, headers: { "retry-after": "0" } } : { status: 404 },
      ),
    );
    expect(outcome).toMatchObject({ kind: "retry", code: "rate_limited" });
    expect(asked.filter((address) => address.endsWith(".example/"))).toHaveLength(4);
  });

  test("429 in the middle of a crawl keeps what was read", async () => {
    const site = siteOf(({ path }) =>
      path === "/"
        ? page('<title>x</title><a href="/a">a</a><a href="/b">b</a>')
        : path === "/robots.txt" || path.startsWith("/sitemap")
          ? { status: 404 }
          : { status: 429, headers: { "retry-after": "500" } },
    );
    const { outcome, asked } = await visitSite(site);
    expect(done(outcome)).toMatchObject({ flags: ["partial"], pages: { length: 1 } });
    expect(asked.filter((address) => /\/[ab]$/.test(address))).toHaveLength(1);
  });
});

describe("walls and stubs", () => {
  test.for([
    {
      name: "Cloudflare with 200",
      body: "<title>Just a moment...</title><body>Checking</body>",
      status: 200,
    },
    {
      name: "Incapsula",
      body: '<html><iframe src="/_Incapsula_Resource?SWUDNSAI=31">Request unsuccessful. Incapsula incident ID: 1</iframe></html>',
      status: 200,
    },
    {
      name: "DataDome",
      body: '<html><script src="https://ct.captcha-delivery.com/c.js"></script></html>',
      status: 403,
    },
  ])("$name is a bot wall", async ({ body, status }) => {
    expect(await outcomeOf(siteOf({ "/": page(body, { status }) }))).toMatchObject({
      kind: "failed",
      code: "bot_protection",
    });
  });

  test("a real page behind Cloudflare's scripts is none", async () => {
    const body = `<title>Bakery</title><p>Bread.</p><script src="/cdn-cgi/challenge-platform/h/b/scripts/jsd/main.js"></script>`;
    expect(done(await outcomeOf(siteOf({ "/": page(body) }))).flags).toEqual([]);
  });

  test("a meta refresh is followed twice, a slow one and one to itself not at all", async () => {
    const stub = (seconds: number, to: string) =>
      page(`<meta http-equiv="refresh" content="${seconds};URL='${to}'"><title>stub ${to}</title>`);
    expect(
      done(
        await outcomeOf(
          siteOf({ "/": stub(0, "/a"), "/a": stub(5, "/b"), "/b": "<title>There</title>" }),
        ),
      ).site.title,
    ).toBe("There");
    expect(
      done(
        await outcomeOf(
          siteOf({
            "/": stub(0, "/a"),
            "/a": stub(0, "/b"),
            "/b": stub(0, "/c"),
            "/c": "<title>Too far</title>",
          }),
        ),
      ).site.title,
    ).toBe("stub /c");
    expect(done(await outcomeOf(siteOf({ "/": stub(30, "/a") }))).site.title).toBe("stub /a");
    expect(done(await outcomeOf(siteOf({ "/": stub(0, "/") }))).site.title).toBe("stub /");
  });

  test("a shop that talks of domains for sale is not parked", async () => {
    const body = `<title>Names and Co</title><p>${"We help shops to find good names. ".repeat(60)} This domain is for sale, says our glossary, means a broker owns it.</p>`;
    expect(done(await outcomeOf(siteOf({ "/": page(body) }))).flags).toEqual([]);
  });
});

describe("addresses of pages", () => {
  test("one page under many addresses is read once", async () => {
    const site = siteOf(({ path }) =>
      path === "/" || path === "/index.html"
        ? page(
            `<title>x</title><a href="/a">1</a><a href="/a/">2</a><a href="/a#top">3</a><a href="/a?utm_source=x">4</a><a href="http://www.one.example/a">5</a><a href="/index.html">6</a><a href="//one.example/a">7</a><a href="https://one.example./a">8</a>`,
          )
        : path.startsWith("/a")
          ? page("<title>a</title>")
          : { status: 404 },
    );
    const { outcome, asked } = await visitSite(site);
    expect(done(outcome).pages.map(({ url }) => url)).toEqual([
      "https://one.example/",
      "https://one.example/a",
    ]);
    expect(asked.filter((address) => address.includes("/a"))).toHaveLength(1);
  });

  test("links that are no pages, and broken ones, are passed over", async () => {
    const hrefs = [
      "mailto:x@one.example",
      "tel:+12077754120",
      "javascript:void(0)",
      "data:text/html,x",
      "blob:https://one.example/1",
      "http//one.example/x",
      "http:///",
      "https://[::1",
      "%%%",
      "\u0000",
      "#",
      "",
      " ",
      "/file.pdf",
      "/photo.JPG",
      "/wp-login.php",
      "/cart/",
      "/x?add-to-cart=4",
      `/${"a".repeat(3_000)}`,
      "/r/r/r/r/x",
      `/${Array.from({ length: 14 }, (_, index) => index).join("/")}`,
    ];
    const { outcome, asked } = await visitSite(
      siteOf({ "/": `<title>x</title>${hrefs.map((href) => `<a href="${href}">l</a>`).join("")}` }),
    );
    expect(done(outcome).pages).toHaveLength(1);
    // "http//one.example/x" and "%%%" are paths to a browser
    expect(
      asked.filter((address) => !/robots|sitemap|\.example\/$/.test(address)).toSorted(),
    ).toEqual(["https://one.example/%%%", "https://one.example/http//one.example/x"]);
  });

  test("a calendar costs one page, numbered pages of an old site are all read", async () => {
    const calendar = siteOf(({ path }) =>
      path === "/robots.txt"
        ? { status: 404 }
        : page(
            `<title>${path}</title>${Array.from({ length: 30 }, (_, day) => `<a href="/calendar?month=${day}&year=2026">d</a>`).join("")}`,
          ),
    );
    expect(done(await outcomeOf(calendar)).pages).toHaveLength(2);
    const old = siteOf(({ path }) =>
      path === "/robots.txt"
        ? { status: 404 }
        : page(
            `<title>${path}</title>${Array.from({ length: 6 }, (_, id) => `<a href="/index.php?page=${id}">p</a>`).join("")}`,
          ),
    );
    expect(done(await outcomeOf(old)).pages).toHaveLength(7);
  });
});
