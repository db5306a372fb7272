import { expect, test } from "vitest";
import { isoTime } from "./time.ts";

test.each([
  ["2026-11-21 09:00:00.123456", "2026-11-21T09:00:00.123456Z"],
  ["2026-11-21 09:00:00.1+02", "2026-11-21T07:00:00.100000Z"],
  ["2026-11-21 09:00:00+05:30", "2026-11-21T03:30:00.000000Z"],
  ["2026-11-21 23:59:59.999999+00", "2026-11-21T23:59:59.999999Z"],
  ["2026-11-21", "2026-11-21T00:00:00.000000Z"],
])("%s is %s, which is read as the same moment", (text, expected) => {
  expect(isoTime(text)).toBe(expected);
  expect(new Date(expected).toISOString()).toBe(`${expected.slice(0, 23)}Z`);
});
