import { expect, it } from "vitest";
import { besideLastWeek, healthWords } from "./overview-words.ts";

it.each([
  [0, 0, "none last week either"],
  [7, 7, "as many as last week"],
  [1240, 40, "1,200 more than last week"],
  [3, 12, "9 fewer than last week"],
])("holds %d beside %d", (now, before, words) => {
  expect(besideLastWeek(now, before)).toBe(words);
});

it("says whether work gets done", () => {
  const asOf = "2026-11-21T12:00:00Z";
  const health = { running: 5, waiting: 1200, lastEndedAt: "2026-11-21T11:48:00Z", asOf };
  expect(healthWords({ ...health, state: "idle" })).toBe("All is well: nothing waits.");
  expect(healthWords({ ...health, state: "working" })).toBe("5 sites being read, 1,200 waiting.");
  expect(healthWords({ ...health, state: "working", waiting: 0 })).toBe("5 sites being read.");
  expect(healthWords({ ...health, state: "stalled" })).toBe(
    "Nothing has ended for 12m 0s, although 1,205 sites are left: no worker seems to run. Tell your administrator.",
  );
  expect(
    healthWords({ ...health, state: "stalled", lastEndedAt: null, running: 0, waiting: 1 }),
  ).toContain("Nothing has been read yet, although 1 site is left");
});
