import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, test } from "vitest";
import { startSites } from "@scrapersky/testing/sites";
import { scrape } from "../src/index.ts";
import { AddressGate } from "../src/crawl/address-gate.ts";
import { HostClock } from "../src/crawl/host-clock.ts";
import { ManualTime } from "./manual-time.ts";
import { done, page, siteOf, visitSite } from "./visit-site.ts";

const never = new AbortController().signal;

describe("the gate of an address", () => {
  test("lets so many in, the others in order as places come free", async () => {
    const gate = new AddressGate(2);
    const inside: number[] = [];
    const leave: (() => void)[] = [];
    const visits = [0, 1, 2, 3].map(async (visit) => {
      leave[visit] = await gate.enter("93.184.216.34", never);
      inside.push(visit);
    });
    await Promise.all(visits.slice(0, 2));
    expect(inside).toEqual([0, 1]);
    expect(gate.isFull("93.184.216.34")).toBe(true);
    leave[1]?.();
    leave[1]?.();
    await visits[2];
    expect(inside).toEqual([0, 1, 2]);
    leave[0]?.();
    await visits[3];
    expect(inside).toEqual([0, 1, 2, 3]);
    leave[2]?.();
    expect(gate.isFull("93.184.216.34")).toBe(false);
  });

  test("other addresses have gates of their own, an aborted wait holds no place", async () => {
    const gate = new AddressGate(1);
    const leave = await gate.enter("a", never);
    await gate.enter("b", never);
    const impatient = new AbortController();
    const waiting = gate.enter("a", impatient.signal);
    impatient.abort();
    (await waiting)();
    const next = gate.enter("a", never);
    leave();
    expect(typeof (await next)).toBe("function");
  });
});

describe("the clock of a host", () => {
  test("runs one task at a time and leaves a pause after each", async () => {
    const time = new ManualTime();
    const clock = new HostClock(time);
    let running = 0;
    const starts: number[] = [];
    const task = async () => {
      expect(++running).toBe(1);
      starts.push(time.now());
      await new Promise((resolve) => setImmediate(resolve));
      running--;
    };
    await Promise.all([1, 2, 3].map(() => clock.turn("one.example", never, task, () => 40)));
    expect(starts).toEqual([0, 40, 80]);
    await time.pause(10, never);
    await clock.turn("one.example", never, task, () => 40);
    await time.pause(50, never);
    await clock.turn("one.example", never, task, () => 40);
    expect(starts.slice(3), "only what is left of the pause is waited").toEqual([120, 170]);
  });

  test("gives each host a pause of its own, of the length that its task's duration asks for", async () => {
    const time = new ManualTime();
    const clock = new HostClock(time);
    const slow = () => time.pause(7, never);
    await clock.turn("one.example", never, slow, (tookMs) => tookMs * 2);
    await clock.turn("two.example", never, slow, (tookMs) => tookMs * 2);
    await clock.turn("one.example", never, slow, (tookMs) => tookMs * 2);
    expect(time.pauses).toEqual([7, 7, 7, 7]);
  });

  test("a failed task does not block the host", async () => {
    const clock = new HostClock();
    await expect(
      clock.turn(
        "one.example",
        never,
        () => Promise.reject(new Error("no")),
        () => 0,
      ),
    ).rejects.toThrow("no");
    expect(
      await clock.turn(
        "one.example",
        never,
        async () => "yes",
        () => 0,
      ),
    ).toBe("yes");
  });
});

test("what is asked for once more, as it could not be read or broke off, waits for its turn and counts", async () => {
  const time = new ManualTime();
  const at: number[] = [];
  const loose = "HTTP/1.1 200 OK\nContent-Type: text/html\nContent-Length: 900\n\n<title>x</title>";
  const site = siteOf(({ path }) => {
    at.push(time.now());
    return path === "/robots.txt" ? { status: 404 } : { raw: loose };
  });
  const { outcome, asked } = await visitSite(site, {
    maxPages: 1,
    limits: { hostDelayMs: 80 },
    clock: new HostClock(time),
  });
  expect(at).toEqual(at.map((_, index) => index * 80));
  expect(at.length).toBeGreaterThan(3);
  expect(done(outcome).metrics.requests).toBe(asked.length);
});

test("a visit has its place for each request, keeps the pause of whoever was there before, and tells its own", async () => {
  const time = new ManualTime();
  const at: number[] = [];
  let turns = 0;
  let left: number | undefined;
  const site = siteOf(({ path }) => {
    at.push(time.now());
    return path === "/robots.txt"
      ? { headers: { "content-type": "text/plain" }, body: "User-agent: *\nCrawl-delay: 20" }
      : page("<title>x</title><a href=/two>two</a>");
  });
  const served = await startSites({ sites: [site] });
  const [place] = Object.values(served.allow.hosts);
  const outcome = await scrape("one.example", {
    maxPages: 2,
    allow: { ...served.allow, hosts: { "one.example": { ...place, address: "198.51.100.7" } } },
    limits: { hostDelayMs: 0 },
    clock: new HostClock(time),
    places: {
      enter: async () => ({
        hostPauseMs: 7_000,
        turn: async () => void turns++,
        leave: (pauseMs) => {
          left = pauseMs;
        },
      }),
    },
  });
  await served.close();
  expect(at[0]).toBe(7_000);
  expect(turns).toBe(done(outcome).metrics.requests);
  expect(left).toBe(20_000);
});

test("a visit that is led to another network address has its place there, and none where it was", async () => {
  const leading = siteOf(() => ({ status: 301, headers: { location: "http://two.example/" } }));
  const led = siteOf({ "/": "<title>x</title>" }, { name: "two.example" });
  const served = await startSites({ sites: [leading, led] });
  const asked: Record<string, number> = {};
  const inside: string[] = [];
  const { "one.example": one, "two.example": two } = served.allow.hosts;
  const outcome = await scrape("one.example", {
    maxPages: 1,
    allow: {
      ...served.allow,
      hosts: {
        "one.example": { ...one, address: "198.51.100.7" },
        "two.example": { ...two, address: "198.51.100.8" },
      },
    },
    limits: { hostDelayMs: 0 },
    places: {
      enter: async ({ address, host }) => {
        expect(inside).toEqual([]);
        expect(address).toBe(host === "one.example" ? "198.51.100.7" : "198.51.100.8");
        inside.push(address);
        return {
          hostPauseMs: 0,
          turn: async () => {
            expect(inside).toEqual([address]);
            asked[address] = (asked[address] ?? 0) + 1;
          },
          leave: () => expect(inside.pop()).toBe(address),
        };
      },
    },
  });
  await served.close();
  const [from, to] = [served.requests("one.example"), served.requests("two.example")];
  expect(inside).toEqual([]);
  expect(asked).toEqual({ "198.51.100.7": from, "198.51.100.8": to });
  expect(done(outcome).metrics.requests).toBe(from + to);
  expect(to).toBeGreaterThan(1);
});

test.each([
  [100_000, 1],
  [200_000, 2],
])(
  "after %d bytes of a page that is not there a site is visited over %d connection(s)",
  async (bytes, count) => {
    const connections = new Set<unknown>();
    const server = createServer((request, response) => {
      connections.add(request.socket);
      const isThere = request.url === "/" || request.url === "/services";
      const body = isThere
        ? "<title>x</title><a href=/contact>contact</a> <a href=/services>services</a>"
        : "<title>no</title>".padEnd(request.url === "/contact" ? bytes : 20);
      response.writeHead(isThere ? 200 : 404, { "content-type": "text/html" });
      // its length is not told, and it comes in two pieces
      response.write(body.slice(0, 10));
      response.end(body.slice(10));
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const http = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    const outcome = await scrape("one.example", {
      maxPages: 3,
      allow: { hosts: { "one.example": { http } } },
      limits: { hostDelayMs: 0 },
    });
    expect(done(outcome).pages.map(({ url }) => new URL(url).pathname)).toEqual(["/", "/services"]);
    expect(connections.size).toBe(count);
    server.close();
  },
);
