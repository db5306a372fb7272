import { expect, it } from "vitest";
import { PASTED_NAME, suggestLabel } from "./suggest-label.ts";

const NOW = new Date(2026, 10, 29);

it.each([
  [[], "List of 29 Nov 2026"],
  [[PASTED_NAME], "List of 29 Nov 2026"],
  [[PASTED_NAME, "Kunden Frühling.csv", "two.txt"], "Kunden Frühling"],
  [["v1.2 list"], "v1.2 list"],
  [[".csv"], "List of 29 Nov 2026"],
])("a list of the files %j is called %s", (names, label) => {
  expect(
    suggestLabel(
      names.map((name) => ({ name })),
      NOW,
      200,
    ),
  ).toBe(label);
});

it("a label is no longer than the server takes", () => {
  expect(suggestLabel([{ name: `${"ab".repeat(200)}.csv` }], NOW, 200)).toHaveLength(200);
});
