import { expect, it } from "vitest";
import { readZone } from "./zone.ts";

it.each([
  [undefined, "UTC", false],
  ["UTC", "UTC", true],
  ["own:Europe/Berlin", "Europe/Berlin", false],
  ["own:Nowhere/At_All", "UTC", false],
  ["own:", "UTC", false],
  ["Europe/Berlin", "UTC", false],
])("reads the cookie %s", (value, name, isUtcChosen) => {
  expect(readZone(value)).toEqual({ name, isUtcChosen });
});
