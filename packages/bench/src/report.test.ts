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

test("a wide table goes on below, with those who have such figures; the missing are named", () => {
  const wide = "a figure with a name of many words";
  const results = ["ours", "theirs"].flatMap((who) =>
    [1, 2, 3, 4].map((value) => ({ who, what: `${wide} ${value}`, value, unit: "" })),
  );
  const table = reportTable({
    name: "demo",
    notes: [],
    missing: ["nobody (not installed)"],
    results: results.slice(0, 6),
    ratios: {},
  });
  const lines = table.split("\n").map((line) => line.trimEnd());
  expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(140);
  expect(lines.filter((line) => line.startsWith("theirs"))).toHaveLength(1);
  expect(lines.filter((line) => line.startsWith("ours"))).toHaveLength(2);
  expect(lines.filter((line) => /^nobody \(not installed\) +-/.test(line))).toHaveLength(1);
});
