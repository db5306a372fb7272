import { expect, test } from "vitest";
import { realTime } from "../src/crawl/pause.ts";
import { scrape } from "../src/index.ts";
import { clockThatTells } from "./manual-time.ts";
import { page, siteOf, visitSite, whenHeard } from "./visit-site.ts";

// Nothing here ends by itself while a test lasts: what ends, ends by the signal.
const AN_HOUR_MS = 3_600_000;
const never = new Promise<never>(() => {});
const robotsFree = (answer: () => ReturnType<typeof page>) =>
  siteOf(({ path }) => (path === "/robots.txt" ? { status: 404 } : answer()));

const PAUSES: { what: string; site: ReturnType<typeof siteOf>; limits: object }[] = [
  {
    what: "between retries",
    site: siteOf(() => ({ reset: true })),
    limits: { backoffMs: [AN_HOUR_MS, AN_HOUR_MS] },
  },
  {
    what: "that Retry-After asks for",
    site: robotsFree(() => ({ status: 429, headers: { "retry-after": "3600" } })),
    limits: { retryAfterMaxMs: AN_HOUR_MS },
  },
  {
    what: "between two requests",
    site: robotsFree(() => page('<title>x</title><a href="/a">a</a>')),
    limits: { hostDelayMs: AN_HOUR_MS, hostDelayMaxMs: AN_HOUR_MS },
  },
];

test.for(PAUSES)("a visit ends with its signal in the pause $what", async ({ site, limits }) => {
  const controller = new AbortController();
  const { outcome } = await visitSite(site, {
    maxPages: 50,
    signal: controller.signal,
    limits,
    clock: clockThatTells(() => controller.abort()),
  });
  expect(outcome.kind).toBe("aborted");
});

test.for([
  { what: "for headers", silent: "/" },
  { what: "for robots.txt", silent: "/robots.txt" },
])("a visit ends with its signal while it waits $what", async ({ silent }) => {
  const controller = new AbortController();
  const site = siteOf(({ path }) => {
    if (path !== silent) return { status: 404 };
    controller.abort();
    return page("x", { after: never });
  });
  const limits = { requestMs: AN_HOUR_MS };
  const { outcome } = await visitSite(site, { signal: controller.signal, limits });
  expect(outcome.kind).toBe("aborted");
});

test("a visit ends with its signal while a body drips", async () => {
  const controller = new AbortController();
  const drip = { piece: "x", everyMs: 20, endless: true };
  const site = {
    ...robotsFree(() => page("<title>x</title>", { drip })),
    schemes: ["http" as const],
  };
  const stop = whenHeard("<title>", () => controller.abort());
  const limits = { requestMs: AN_HOUR_MS };
  const { outcome } = await visitSite(site, { signal: controller.signal, limits });
  stop();
  expect(outcome.kind).toBe("aborted");
});

test("a visit ends with its signal while an answer that only a forgiving reader takes is dripping", async () => {
  const controller = new AbortController();
  let times = 0;
  const site = siteOf(({ path }) => {
    if (path !== "/") return { status: 404 };
    if (++times > 1) controller.abort();
    return { raw: "HTTP/1.1 200 OK\nContent-Length: 9\nContent-Length: 10\n\n" };
  });
  const { outcome } = await visitSite(site, { signal: controller.signal });
  expect(outcome.kind).toBe("aborted");
});

test("a connection that never answers is let go", async () => {
  const controller = new AbortController();
  const silence = () => {
    controller.abort();
    return never;
  };
  const outcome = await scrape("silent-dns.com", {
    maxPages: 1,
    signal: controller.signal,
    resolver: { resolve4: silence, resolve6: silence },
  });
  expect(outcome.kind).toBe("aborted");
});

test("a signal that fired before sends nothing and waits for nothing", async () => {
  const { outcome, asked } = await visitSite(siteOf({ "/": "<title>x</title>" }), {
    signal: AbortSignal.abort(),
  });
  expect(outcome.kind).toBe("aborted");
  expect(asked).toEqual([]);
  await realTime.pause(AN_HOUR_MS, AbortSignal.abort());
});
