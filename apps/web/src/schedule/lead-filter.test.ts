import { expect, it } from "vitest";
import { readLeadFilter, sourceWords, writeLeadFilter } from "./lead-filter.ts";

const FILTER = {
  q: "bakery & sons",
  has: ["email" as const, "shop" as const],
  technology: ["Shopify, Inc.", "WordPress"],
  country: ["DE"],
  contacted: false,
  newSince: "2026-11-01T00:00:00Z",
};

it("reads what it writes, whatever stands before the question mark", () => {
  const address = writeLeadFilter(FILTER);
  expect(readLeadFilter(address)).toEqual(FILTER);
  expect(readLeadFilter(`https://scrapersky.example/t/skyline/leads?${address}`)).toEqual(FILTER);
});

it("takes no order, place or word that is none of a filter", () => {
  expect(readLeadFilter("?order=town&cursor=abc&limit=3&nobody=knows&has=email,wings")).toEqual({
    has: ["email"],
  });
  expect(readLeadFilter("")).toEqual({});
});

it("says what is run", () => {
  expect(sourceWords({ kind: "leads", filter: FILTER })).toBe(
    "Leads: q bakery & sons; has email, shop; technology Shopify, Inc., WordPress; country DE; contacted no; new 2026-11-01T00:00:00Z",
  );
  expect(sourceWords({ kind: "leads", filter: {} })).toBe("All leads");
  expect(sourceWords({ kind: "batch", batchId: "any" })).toBe("The list of a batch");
});
