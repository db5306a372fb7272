import { existsSync } from "node:fs";
import { expect, it } from "vitest";
import { ADMIN_PLACES, adminPlaceAt, adminPlacesOf } from "./admin-places.ts";

it.each(ADMIN_PLACES)("leads from the entry $label to a page", ({ href }) => {
  expect(existsSync(new URL(`../app${href}/page.tsx`, import.meta.url))).toBe(true);
  expect(adminPlaceAt(`${href}/below`)?.href).toBe(href);
  expect(adminPlaceAt(`${href}-beside`)).toBeUndefined();
});

it("shows an entry to those alone who may open its page", () => {
  expect(adminPlacesOf(["overview:read", "audit:read"])).toEqual([]);
  expect(adminPlacesOf(["platform:health"]).map(({ label }) => label)).toEqual(["Health"]);
});
