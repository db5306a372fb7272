import { describe, expect, it } from "vitest";
import { countOf, formatPercent } from "./number.ts";
import { formatBytes } from "./bytes.ts";
import { formatAgo, formatExact, formatSeconds, formatWholeSeconds } from "./time.ts";
import { formatRange } from "./range.ts";
import { pathOf, readableUrl, safeHttpUrl } from "./url.ts";

const NOW = Date.parse("2026-11-21T12:00:00Z");

describe("numbers in words", () => {
  it("never claims the end before it is reached", () => {
    expect([0, 5, 99.96, 99.999, 100].map(formatPercent)).toEqual([
      "0%",
      "5%",
      "99.9%",
      "99.9%",
      "100%",
    ]);
  });

  it("counts with separators and the right number of the noun", () => {
    expect([0, 1, 1234].map((count) => countOf(count, "domain"))).toEqual([
      "0 domains",
      "1 domain",
      "1,234 domains",
    ]);
    expect(countOf(2, "batch", "batches")).toBe("2 batches");
  });

  it("keeps bytes readable", () => {
    expect([0, 999, 45_120, 1_204_112, 2_500_000_000].map(formatBytes)).toEqual([
      "0 B",
      "999 B",
      "45.1 kB",
      "1.2 MB",
      "2.5 GB",
    ]);
  });
});

describe("times in words", () => {
  it.each([
    ["2026-11-21T11:59:58Z", "just now"],
    ["2026-11-21T12:00:03Z", "just now"],
    ["2026-11-21T11:59:30Z", "30s ago"],
    ["2026-11-21T11:01:00Z", "59m ago"],
    ["2026-11-21T02:00:00Z", "10h ago"],
    ["2026-11-16T12:00:00Z", "5d ago"],
    ["2026-10-01T12:00:00Z", "1 Oct"],
    ["2025-10-01T12:00:00Z", "1 Oct 2025"],
  ])("says how long ago %s was", (at, words) => {
    expect(formatAgo(at, NOW)).toBe(words);
  });

  it.each([
    [0.0164, "16ms"],
    [2.35, "2.3s"],
    [9.99, "9.9s"],
    [41, "41s"],
    [59.9, "59s"],
    [60, "1m 0s"],
    [200, "3m 20s"],
    [102, "1m 42s"],
    [3599.9, "59m 59s"],
    [8000, "2h 13m"],
    [200_000, "2d 7h"],
  ])("says how long %d seconds are", (seconds, words) => {
    expect(formatSeconds(seconds)).toBe(words);
  });

  it("counts seconds that pass in whole ones", () => {
    expect([-1, 0.4, 9.8, 102.9].map(formatWholeSeconds)).toEqual(["0s", "0s", "9s", "1m 42s"]);
  });

  it.each([
    [{ low: 2, high: 8 }, "under 10s"],
    [{ low: 40, high: 60 }, "40–60s"],
    [{ low: 200, high: 350 }, "3–6m"],
    [{ low: 60, high: 89 }, "60–89s"],
    [{ low: 118, high: 120 }, "1–2m"],
    [{ low: 4000, high: 5399 }, "66–90m"],
    [{ low: 7200, high: 9000 }, "2–3h"],
    [{ low: 100_000, high: 200_000 }, "1–3d"],
  ])("gives a wait as a range", (range, words) => {
    expect(formatRange(range)).toBe(words);
  });

  it("gives the exact time and the day in a zone, UTC where none is said", () => {
    const late = "2026-11-21T23:15:59Z";
    expect(formatExact(late)).toBe("21 Nov 2026, 23:15:59 UTC");
    expect(formatExact(late, "Europe/Berlin")).toBe("22 Nov 2026, 00:15:59 CET");
    expect(formatAgo("2026-10-01T23:00:00Z", NOW, "Europe/Berlin")).toBe("2 Oct");
  });
});

describe("addresses from scraped sites", () => {
  it.each([
    "javascript:alert(1)",
    "data:text/html,x",
    "file:///etc/passwd",
    "/relative",
    "",
    "ht tp://x",
  ])("makes no link of %s", (text) => {
    expect(safeHttpUrl(text)).toBeNull();
    expect(pathOf(text)).toBe(text);
  });

  it("keeps http and https", () => {
    expect(safeHttpUrl("https://acme.com/a b")).toBe("https://acme.com/a%20b");
    expect(readableUrl("https://www.acme.com/")).toBe("www.acme.com");
    expect(pathOf("https://acme.com/shop?x=1")).toBe("/shop?x=1");
  });
});
