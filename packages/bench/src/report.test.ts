import { expect, test } from "vitest";
import { reportTable } from "./report.ts";

test("a table has a line per contender and a column per figure, gaps marked", () => {
  const table = reportTable({
    name: "demo",
    notes: ["measured twice"],
    results: [
      { who: "ours", what: "pages/s", value: 512.4, unit: "1/s" },
      { who: "ours", what: "memory", value: 12.345, unit: "MB" },
      { who: "theirs", what: "pages/s", value: 99, unit: "1/s" },
    ],
    ratios: { oursVsTheirs: 5.1758 },
  });
  expect(table.split("\n")).toEqual([
    "measured twice",
    "",
    "demo    pages/s (1/s)  memory (MB)",
    "------  -------------  -----------",
    "ours              512        12.35",
    "theirs          99.00            -",
    "",
    "oursVsTheirs: 5.18",
  ]);
});
