import { FailureReasons, type ScrapeResult } from "@scrapersky/outcome";
import { findNeverGiven } from "@scrapersky/testing/facts";
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

const outcomes: ScrapeResult[] = [];

describe.concurrent("every fake site ends as it should", () => {
  test.for(catalogue())("$name", async (site) => {
    const { expect: wanted } = site;
    const outcome = await scrape(site.name, {
      maxPages: 10,
      allow: started.allow,
      // Soon only where it is what ends the visit.
      limits: wanted.code === "timeout" ? { ...QUICK, requestMs: 1_500 } : QUICK,
    });
    outcomes.push(outcome);
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

/** What no fake site has; tests of its own have it read. */
const AT_NO_SITE = [
  "lead.addresses[].geo",
  "lead.emails[].takesMail",
  "lead.emails[].takesMailAt",
  "lead.faxes[].label",
  "lead.people[].phone",
  "lead.people[].profileUrl",
  "lead.signals.booking",
  "lead.signals.botWall",
  "lead.signals.newsletter",
];

test("each fact of an outcome is read at one of the fake sites, but for those named here", () => {
  expect(findNeverGiven(outcomes).toSorted()).toEqual(AT_NO_SITE);
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
