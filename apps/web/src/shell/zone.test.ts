import { expect, it } from "vitest";
import { readZone } from "./zone.ts";

it.each([
  [undefined, "UTC", false],
  ["UTC", "UTC", true],
  ["Asia/Tokyo", "Asia/Tokyo", true],
  ["own:Europe/Berlin", "Europe/Berlin", false],
  ["own:Nowhere/At_All", "UTC", false],
  ["own:", "UTC", false],
  ["Nowhere/At_All", "UTC", false],
])("reads the cookie %s", (value, name, isChosen) => {
  expect(readZone(value)).toEqual({ name, isChosen });
});
