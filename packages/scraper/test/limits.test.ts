import { gzipSync } from "node:zlib";
import type { SiteRequest } from "@scrapersky/testing/sites";
import { afterEach, describe, expect, test, vi } from "vitest";
import { HostClock } from "../src/crawl/host-clock.ts";
import { scrape } from "../src/index.ts";
import { ManualTime } from "./manual-time.ts";
import { done, page, siteOf, visitSite, whenHeard } from "./visit-site.ts";

afterEach(() => void vi.useRealTimers());

const links = (count: number) =>
  Array.from({ length: count }, (_, index) => `<a href="/p${index}">p</a>`).join("");
const many = (count: number) =>
  siteOf(({ path }) =>
    path === "/robots.txt" || path === "/sitemap.xml"
      ? { status: 404 }
      : page(`<title>${path}</title>${links(count)}`),
  );

describe("maxPages", () => {
  test.for([1, 2, 7])("%i pages, the home page among them", async (maxPages) => {
    const { outcome } = await visitSite(many(20), { maxPages });
    expect(done(outcome).pages).toHaveLength(maxPages);
  });

  test.for([0, -1, 1.5, Number.NaN])("%d is refused before any request", async (maxPages) => {
    await expect(scrape("one.example", { maxPages })).rejects.toThrow(/positive integer/);
  });

  test("pages that fail take at most twice as many tries", async () => {
    const site = siteOf(({ path }) =>
      path === "/" ? page(`<title>x</title>${links(50)}`) : { status: 404, body: "no" },
    );
    const { outcome, asked } = await visitSite(site, { maxPages: 5 });
    expect(done(outcome).pages).toHaveLength(1);
    expect(asked.filter((address) => /\/p\d+$/.test(address))).toHaveLength(10);
  });
});

describe("size", () => {
  const text = (bytes: number) => `<title>x</title><p>${"a ".repeat(bytes)}`.slice(0, bytes);

  test.for([
    { bytes: 20_000, truncated: false },
    { bytes: 20_001, truncated: true },
  ])("$bytes bytes on the wire of 20000: truncated $truncated", async ({ bytes, truncated }) => {
    const { outcome } = await visitSite(siteOf({ "/": text(bytes) }), {
      limits: { wireBytesMax: 20_000 },
    });
    expect(done(outcome).flags).toEqual(truncated ? ["truncated"] : []);
    expect(done(outcome).pages[0]?.bytes).toBe(20_000);
  });

  test.for([
    { bytes: 50_000, fits: true },
    { bytes: 50_001, fits: false },
  ])("$bytes bytes unpacked of 50000: fits $fits", async ({ bytes, fits }) => {
    const site = siteOf({
      "/": {
        headers: { "content-type": "text/html", "content-encoding": "gzip" },
        body: gzipSync(text(bytes)),
      },
    });
    const { outcome } = await visitSite(site, { limits: { bodyBytesMax: 50_000 } });
    expect(outcome).toMatchObject(fits ? { kind: "done" } : { kind: "failed", code: "too_large" });
  });

  test("a compressed page cut by the wire limit gives what it unpacks to", async () => {
    const noise = Array.from({ length: 40_000 }, (_, index) =>
      Math.imul(index, 2_654_435_761).toString(36),
    ).join(" ");
    const site = siteOf({
      "/": {
        headers: { "content-type": "text/html", "content-encoding": "gzip" },
        body: gzipSync(`<title>Cut</title><p>${noise}`),
      },
    });
    const { outcome } = await visitSite(site, { limits: { wireBytesMax: 50_000 } });
    expect(done(outcome)).toMatchObject({ flags: ["truncated"], site: { title: "Cut" } });
    expect(done(outcome).pages[0]?.bytes).toBeGreaterThan(50_000);
  });

  test("an endless body ends at the wire limit", async () => {
    const site = siteOf(({ path }) =>
      path === "/"
        ? {
            headers: { "content-type": "text/html" },
            body: "<title>Endless</title>",
            drip: { piece: "x".repeat(50_000), everyMs: 1, endless: true },
          }
        : { status: 404 },
    );
    const { outcome } = await visitSite(site, { maxPages: 1, limits: { wireBytesMax: 500_000 } });
    expect(done(outcome)).toMatchObject({ flags: ["truncated"], site: { title: "Endless" } });
  });
});

describe("redirects", () => {
  const hops = (count: number) =>
    siteOf(({ path }) => {
      const at = path === "/" ? 0 : Number(/^\/hop(\d+)$/.exec(path)?.[1] ?? Number.NaN);
      if (Number.isNaN(at)) return { status: 404 };
      return at < count
        ? { status: 302, headers: { location: `/hop${at + 1}` } }
        : page("<title>Arrived</title>");
    });

  test("ten are followed", async () => {
    expect(done((await visitSite(hops(10), { maxPages: 1 })).outcome).site.title).toBe("Arrived");
  });

  test("eleven are not", async () => {
    expect((await visitSite(hops(11), { maxPages: 1 })).outcome).toMatchObject({
      kind: "failed",
      code: "redirect_loop",
    });
  });

  test("a page that leads off the site is not stored as a page of it", async () => {
    const site = siteOf({
      "/": '<title>Home</title><a href="/out">out</a>',
      "/out": { status: 302, headers: { location: "https://other.example/" } },
    });
    const other = siteOf({ "/": "<title>Other</title>" }, { name: "other.example" });
    const { outcome, asked } = await visitSite([site, other]);
    expect(done(outcome).pages).toHaveLength(1);
    expect(asked.some((address) => address.includes("other.example"))).toBe(false);
  });
});

describe("time", () => {
  const late = (answer: object) =>
    siteOf(({ path }) => (path === "/" ? page("<title>Late</title>", answer) : { status: 404 }));
  const never = new Promise<void>(() => {});

  test("an answer that takes its time counts", async () => {
    const { outcome } = await visitSite(late({ delayMs: 100 }), { maxPages: 1 });
    expect(outcome).toMatchObject({ kind: "done" });
  });

  test("an answer that does not come is a timeout, tried twice and left to the queue", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const site = late({ after: never });
    const answer = (request: SiteRequest) => {
      if (request.path === "/") vi.advanceTimersByTime(150);
      return site.answer(request);
    };
    const { outcome, asked } = await visitSite(
      { ...site, answer },
      { maxPages: 1, limits: { requestMs: 150 }, clock: new HostClock(new ManualTime()) },
    );
    expect(outcome).toMatchObject({ kind: "retry", code: "timeout" });
    expect(asked.filter((address) => address.endsWith(".example/"))).toHaveLength(2);
  });

  test.for([
    { what: "is read", tail: "</body></html>", outcome: { kind: "done", flags: ["truncated"] } },
    { what: "is not, where its end is missing", tail: "<p>", outcome: { code: "timeout" } },
  ])("a page whose connection waits for more $what", async ({ tail, outcome: wanted }) => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const body = `<title>There</title><p>x</p>${tail}\n`;
    const drip = { piece: "", everyMs: 50_000, endless: true };
    const site = siteOf(
      ({ path }) =>
        path === "/"
          ? { headers: { "content-type": "text/html", "content-length": "9000" }, body, drip }
          : { status: 404 },
      { schemes: ["http"] },
    );
    // the piece is with us once what is told of it has returned
    const stop = whenHeard("<title>", () => setImmediate(() => vi.advanceTimersByTime(150)));
    try {
      const limits = { requestMs: 150, backoffMs: [] };
      expect((await visitSite(site, { maxPages: 1, limits })).outcome).toMatchObject(wanted);
    } finally {
      stop();
    }
  });

  test("the deadline of a domain keeps the pages read until then", async () => {
    // Time passes when the test says so, and nothing but the deadline is due by then.
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    let read = 0;
    const site = siteOf(({ path }) => {
      if (path === "/robots.txt") return { status: 404 };
      if (path === "/sitemap.xml") return { status: 404 };
      if (++read < 5) return page(`<title>${path}</title>${links(40)}`);
      vi.advanceTimersByTime(700);
      return page("x", { after: never });
    });
    const { outcome } = await visitSite(site, {
      maxPages: 30,
      limits: { domainMs: 700, pageMs: 0 },
    });
    const { flags, pages } = done(outcome);
    expect(flags).toEqual(["partial"]);
    expect(pages).toHaveLength(4);
  });

  test("each page that is asked for adds to the deadline", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const site = siteOf(({ path }) => {
      if (path !== "/") return { status: 404 };
      vi.advanceTimersByTime(100 + 3 * 50 - 1);
      return page("<title>In time</title>");
    });
    const limits = { domainMs: 100, pageMs: 50 };
    expect((await visitSite(site, { maxPages: 3, limits })).outcome).toMatchObject({
      kind: "done",
      flags: [],
    });
  });

  test("the deadline before the home page is a timeout", async () => {
    const { outcome } = await visitSite(late({ after: never }), {
      maxPages: 1,
      limits: { domainMs: 150, pageMs: 0 },
    });
    expect(outcome).toMatchObject({ kind: "retry", code: "timeout" });
  });
});

describe("politeness", () => {
  test("requests to one host are a pause apart, also from two visits at once", async () => {
    const time = new ManualTime();
    const clock = new HostClock(time);
    const times: number[] = [];
    const site = siteOf(({ path }) => {
      times.push(time.now());
      return path === "/" ? page(`<title>x</title>${links(2)}`) : page("<title>y</title>");
    });
    const visit = () => visitSite(site, { maxPages: 3, limits: { hostDelayMs: 80 }, clock });
    await Promise.all([visit(), visit()]);
    expect(times.length).toBeGreaterThan(6);
    expect(times).toEqual(times.map((_, index) => index * 80));
  });

  test("a Crawl-delay within the limit is kept, one above it leaves only the home page", async () => {
    const rules = (delay: string) =>
      siteOf(({ path }) =>
        path === "/robots.txt"
          ? {
              headers: { "content-type": "text/plain" },
              body: `User-agent: *\nCrawl-delay: ${delay}\n`,
            }
          : page(`<title>x</title>${links(5)}`),
      );
    const visitUnder = async (delay: string) => {
      const time = new ManualTime();
      const { outcome } = await visitSite(rules(delay), {
        maxPages: 3,
        clock: new HostClock(time),
      });
      return { ...done(outcome), pauses: time.pauses };
    };
    const slow = await visitUnder("0.15");
    expect(slow.pages).toHaveLength(3);
    expect(slow.pauses).toEqual([150, 150]);
    expect(await visitUnder("3600")).toMatchObject({
      flags: ["crawl_delay"],
      pages: { length: 1 },
      pauses: [],
    });
    expect(await visitUnder("soon")).toMatchObject({ pages: { length: 3 }, pauses: [] });
  });
});
