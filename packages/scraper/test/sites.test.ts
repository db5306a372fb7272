import { FailureReasons } from "@scrapersky/outcome";
import { catalogue, startSites } from "@scrapersky/testing/sites";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { scrape } from "../src/index.ts";
import { told } from "./told.ts";
import { QUICK } from "./visit-site.ts";

let started: Awaited<ReturnType<typeof startSites>>;
beforeAll(async () => {
  started = await startSites();
});
afterAll(() => started.close());

describe.concurrent("every fake site ends as it should", () => {
  test.for(catalogue())("$name", async (site) => {
    const { expect: wanted } = site;
    const outcome = await scrape(site.name, {
      maxPages: 10,
      allow: started.allow,
      // Soon only where it is what ends the visit.
      limits: wanted.code === "timeout" ? { ...QUICK, requestMs: 1_500 } : QUICK,
    });
    expect(outcome).toMatchObject({
      kind: wanted.outcome,
      ...(wanted.code === undefined ? {} : { code: wanted.code }),
    });
    if (outcome.kind !== "done") {
      const sentence = "code" in outcome ? FailureReasons[outcome.code] : undefined;
      expect(outcome).toHaveProperty("message", expect.stringContaining(sentence ?? "?"));
      return;
    }
    expect(outcome.flags.toSorted()).toEqual((wanted.flags ?? []).toSorted());
    if (wanted.pages !== undefined) expect(outcome.pages).toHaveLength(wanted.pages);
    expect(outcome.metrics.pages).toBe(outcome.pages.length);
    expect(told(outcome)).toMatchObject(wanted.site ?? {});
    expect(told(outcome).technologies).toEqual(expect.arrayContaining(wanted.technologies ?? []));
    expect(new Set(outcome.pages.map(({ url }) => url)).size).toBe(outcome.pages.length);
    for (const text of stringsOf(outcome))
      expect(text.isWellFormed() && !text.includes("\0")).toBe(true);
  });
});

test("the catalogue is large and varied enough to trust", () => {
  const sites = catalogue();
  expect(sites.length).toBeGreaterThanOrEqual(24);
  expect(
    new Set(sites.map(({ expect: wanted }) => wanted.code ?? wanted.flags?.join() ?? "works")).size,
  ).toBeGreaterThan(15);
});

function stringsOf(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (value === null || typeof value !== "object") return [];
  return Object.entries(value).flatMap(([key, inner]) => [key, ...stringsOf(inner)]);
}
