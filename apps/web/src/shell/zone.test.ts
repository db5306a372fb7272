import { expect, it } from "vitest";
import { readOwnZone } from "./zone.ts";

it.each([
  [undefined, "UTC"],
  ["UTC", "UTC"],
  ["Asia/Tokyo", "Asia/Tokyo"],
  ["own:Europe/Berlin", "UTC"],
  ["", "UTC"],
  ["Nowhere/At_All", "UTC"],
])("reads the cookie %s", (value, name) => {
  expect(readOwnZone(value)).toBe(name);
});
