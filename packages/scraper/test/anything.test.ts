import { gzipSync } from "node:zlib";
import { type SiteAnswer, startSites } from "@scrapersky/testing/sites";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { scrape } from "../src/index.ts";
import { QUICK, siteOf } from "./visit-site.ts";

/** What is answered: the same to every request, or by turns. */
let answers: SiteAnswer[] = [];
let asked = 0;
const site = siteOf(() => answers[asked++ % answers.length] ?? { status: 404 });
let started: Awaited<ReturnType<typeof startSites>>;
beforeAll(async () => {
  started = await startSites({
    sites: [site, siteOf({ "/": "<title>Two</title>" }, { name: "two.example" })],
  });
});
afterAll(() => started.close());

const KINDS = new Set(["done", "retry", "failed"]);
const visit = (next: SiteAnswer[]) => {
  answers = next;
  asked = 0;
  return scrape(site.name, {
    maxPages: 4,
    allow: started.allow,
    limits: { ...QUICK, backoffMs: [1], requestMs: 10_000, retryAfterMaxMs: 0 },
  });
};

const header = fc.record({
  name: fc.constantFrom(
    "content-type",
    "content-encoding",
    "location",
    "refresh",
    "retry-after",
    "set-cookie",
    "content-language",
    "last-modified",
    "x-robots-tag",
    "server",
    "content-security-policy",
  ),
  value: fc.oneof(
    fc.constantFrom(
      "text/html",
      "text/html; charset=utf-16",
      "gzip",
      "br, gzip",
      "/",
      "//two.example/",
      "0;/x",
      "9",
      "a=1; Domain=example",
      "http://[",
      "http://127.0.0.1/",
      "javascript:1",
      "\t",
      ",",
      "deflate",
      "html",
    ),
    fc.string({
      unit: fc.constantFrom("a", "/", ";", "=", " ", ",", "%", "'", '"', "\u00e9", ":"),
      maxLength: 30,
    }),
  ),
});
const piece = fc.oneof(
  fc.constantFrom(
    "<html>",
    "<title>",
    "<a href='/",
    "'>",
    "<frameset><frame src='https://two.example/'>",
    "<iframe src=/x width=100% height=100%>",
    "<meta http-equiv=refresh content='0;/y'>",
    "<meta charset=gbk>",
    "<base href='//two.example/'>",
    "User-agent: *\nDisallow: /x\n",
    "<urlset><url><loc>/z</loc>",
    "<sitemapindex><sitemap><loc>/sitemap.xml</loc>",
    "{}",
    "\0",
    "\u200b",
    "info@laden.de",
    "<script>location='/q'</script>",
  ),
  fc.string({ unit: "binary", maxLength: 30 }),
);
const body = fc.array(piece, { maxLength: 15 }).map((pieces) => pieces.join(""));
const answer: fc.Arbitrary<SiteAnswer> = fc.oneof(
  fc
    .record({
      status: fc.constantFrom(
        200,
        200,
        200,
        204,
        206,
        301,
        302,
        304,
        401,
        403,
        404,
        429,
        500,
        503,
        520,
        600,
        999,
      ),
      headers: fc.array(header, { maxLength: 4 }),
      body,
      packed: fc.boolean(),
    })
    .map(({ status, headers, body: text, packed }) => ({
      status,
      headers: Object.fromEntries(headers.map(({ name, value }) => [name, value])),
      body: packed ? gzipSync(text) : text,
    })),
  body.map((text) => ({ raw: `HTTP/1.1 200 OK\r\n${text}` })),
  body.map((text) => ({
    raw: `HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 900\r\n\r\n${text}`,
  })),
  fc.array(piece, { maxLength: 4 }).map((pieces) => ({ raw: pieces.join("\r\n") })),
  fc.constant({ reset: true }),
);

test("whatever a site answers, a visit ends with an outcome and never with an exception", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(answer, { minLength: 1, maxLength: 6 }), async (next) => {
      const outcome = await visit(next);
      expect(KINDS).toContain(outcome.kind);
      expect(JSON.stringify(outcome)).not.toContain("\\u0000");
    }),
    { numRuns: 150 },
  );
});
