import { expect, test } from "vitest";
import { scrape } from "../src/index.ts";
import { page, siteOf, visitSite } from "./visit-site.ts";

const LIMIT_MS = 2_000;
const robotsFree = (answer: () => ReturnType<typeof page>) =>
  siteOf(({ path }) => (path === "/robots.txt" ? { status: 404 } : answer()));

/** Aborts a visit while it is busy with something and tells how long it then took to end. */
async function abortDuring(
  site: ReturnType<typeof siteOf>,
  afterMs: number,
  limits = {},
): Promise<{ kind: string; tookMs: number }> {
  const controller = new AbortController();
  let abortedAt = 0;
  setTimeout(() => {
    abortedAt = performance.now();
    controller.abort();
  }, afterMs);
  const { outcome } = await visitSite(site, { maxPages: 50, signal: controller.signal, limits });
  return { kind: outcome.kind, tookMs: performance.now() - abortedAt };
}

test.for([
  {
    what: "waiting for headers",
    site: robotsFree(() => page("x", { delayMs: 60_000 })),
    limits: {},
  },
  {
    what: "reading a dripping body",
    site: robotsFree(() =>
      page("<title>x</title>", { drip: { piece: "x", everyMs: 20, endless: true } }),
    ),
    limits: {},
  },
  {
    what: "the pause between retries",
    site: siteOf(() => ({ reset: true })),
    limits: { backoffMs: [60_000, 60_000] },
  },
  {
    what: "Retry-After",
    site: robotsFree(() => ({ status: 429, headers: { "retry-after": "100" } })),
    limits: {},
  },
  {
    what: "the pause between two requests",
    site: robotsFree(() => page('<title>x</title><a href="/a">a</a>')),
    limits: { hostDelayMs: 10_000 },
  },
  {
    what: "waiting for robots.txt",
    site: siteOf(() => page("x", { delayMs: 60_000 })),
    limits: {},
  },
])("a visit ends within two seconds of its signal while $what", async ({ site, limits }) => {
  const { kind, tookMs } = await abortDuring(site, 250, limits);
  expect(kind).toBe("aborted");
  expect(tookMs).toBeLessThan(LIMIT_MS);
});

test("a connection that never answers is let go", async () => {
  const controller = new AbortController();
  setTimeout(() => controller.abort(), 100);
  const never = () => new Promise<string[]>(() => {});
  const startedAt = performance.now();
  const outcome = await scrape("silent-dns.com", {
    maxPages: 1,
    signal: controller.signal,
    resolver: { resolve4: never, resolve6: never },
  });
  expect(outcome.kind).toBe("aborted");
  expect(performance.now() - startedAt).toBeLessThan(LIMIT_MS);
});

test("a signal that fired before sends nothing", async () => {
  const { outcome, asked } = await visitSite(siteOf({ "/": "<title>x</title>" }), {
    signal: AbortSignal.abort(),
  });
  expect(outcome.kind).toBe("aborted");
  expect(asked).toEqual([]);
});
