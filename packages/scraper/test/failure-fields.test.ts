import { describe, expect, test } from "vitest";
import { page, siteOf, visitSite } from "./visit-site.ts";

// A failure's detail is for people. A server writes much of it, so nothing may be decided by it.

const outcomeOf = async (...input: Parameters<typeof visitSite>) =>
  (await visitSite(...input)).outcome;

/** Beginnings of details that mean something to us: a status, our own deadline, an address. */
const WORDS = ["5", "503 for robots.txt", "no complete answer", "https://two.example/"];

describe("whatever a server calls what it sends, the same fault ends the same way", () => {
  test.for([...WORDS.map((words) => `${words}/pdf`), "5", "application/pdf"])(
    "Content-Type %s is no page, and no page later",
    async (type) => {
      const site = siteOf({ "/": { headers: { "content-type": type }, body: "%PDF-1.7" } });
      const { outcome, asked } = await visitSite(site);
      expect(outcome).toMatchObject({ kind: "failed", code: "not_html" });
      expect(asked.filter((address) => !address.endsWith("/robots.txt"))).toHaveLength(1);
    },
  );

  test.for([...WORDS, "5zip", "sdch"])(
    "Content-Encoding %s cannot be read, now or later",
    async (encoding) => {
      const site = siteOf({
        "/": { headers: { "content-type": "text/html", "content-encoding": encoding }, body: "x" },
      });
      expect(await outcomeOf(site)).toMatchObject({ kind: "failed", code: "bad_encoding" });
    },
  );

  test.for(["http://[5000::1]/", "http://[5f00::5]/", "http://[fe80::5]/"])(
    "a redirect to %s leads to no public address, now or later",
    async (location) => {
      const site = siteOf({ "/": { status: 302, headers: { location } } });
      expect(await outcomeOf(site)).toMatchObject({ kind: "failed", code: "blocked_address" });
    },
  );

  test.for([...WORDS, "500 Internal Server Error"])(
    "a page not found that is titled %s is not found",
    async (title) => {
      const site = siteOf({ "/": page(`<title>${title}</title>`, { status: 404 }) });
      expect(await outcomeOf(site)).toMatchObject({ kind: "failed", code: "http_error" });
    },
  );
});

describe("the status decides where there is one", () => {
  test.for([
    { status: 500, kind: "retry", code: "http_error" },
    { status: 520, kind: "retry", code: "http_error" },
    { status: 599, kind: "retry", code: "http_error" },
    { status: 400, kind: "failed", code: "http_error" },
    { status: 403, kind: "failed", code: "blocked_http" },
  ])("$status of the home page: $kind", async ({ status, kind, code }) => {
    expect(await outcomeOf(siteOf({ "/": { status, body: "x" } }))).toMatchObject({ kind, code });
  });

  test.for([
    { status: 500, kind: "retry" },
    { status: 404, kind: "done" },
  ])("$status of robots.txt: $kind", async ({ status, kind }) => {
    const site = siteOf({ "/robots.txt": { status, body: "x" }, "/": "<title>x</title>" });
    expect(await outcomeOf(site)).toMatchObject({ kind });
  });
});

test("a server that takes the request and never answers is not asked at its other addresses", async () => {
  const site = siteOf({ "/": page("<title>Late</title>", { delayMs: 60_000 }) });
  const { outcome, asked } = await visitSite(site, { limits: { requestMs: 1_500, backoffMs: [] } });
  expect(outcome).toMatchObject({ kind: "retry", code: "timeout" });
  expect(new Set(asked.map((address) => new URL(address).origin))).toEqual(
    new Set(["https://one.example"]),
  );
});

test("a site that is skipped says at which of its addresses, wherever robots.txt refused", async () => {
  const site = siteOf({
    "/robots.txt": {
      headers: { "content-type": "text/plain" },
      body: "User-agent: *\nDisallow: /in",
    },
    "/": { status: 302, headers: { location: "/in?from=home" } },
  });
  expect(await outcomeOf(site)).toMatchObject({
    kind: "done",
    flags: ["robots_disallowed"],
    site: { finalUrl: "https://one.example/in?from=home" },
    metrics: { finalUrl: "https://one.example/in?from=home" },
  });
});
