import { describe, expect, test } from "vitest";
import { failedTasks, tallyOf } from "../src/reports.ts";
import { renderTable, widthOf } from "../src/table.ts";

const fileReport = (changes: Partial<Parameters<typeof tallyOf>[1]["testResults"][number]>) => ({
  name: "/anywhere/test/a.test.ts",
  status: "passed",
  message: "",
  endTime: 3_000,
  assertionResults: [],
  ...changes,
});

const report = (changes: Partial<Parameters<typeof tallyOf>[1]>) => ({
  success: true,
  numPassedTests: 2,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  startTime: 1_000,
  testResults: [fileReport({})],
  ...changes,
});

describe("the closing line cannot hide a failure", () => {
  test("passed tests count as passed", () => {
    expect(tallyOf("a", report({}))).toMatchObject({ passed: 2, failed: 0, elapsedMs: 2_000 });
  });

  test("a package without any test counts as a failure", () => {
    expect(tallyOf("a", report({ numPassedTests: 0, testResults: [] })).failed).toBe(1);
  });

  test("a file that failed before its first test counts as a failure", () => {
    const broken = fileReport({ status: "failed", message: "Cannot find module" });
    const tally = tallyOf("a", report({ success: false, testResults: [broken] }));
    expect(tally.failed).toBe(1);
    expect(tally.failures).toEqual([{ name: "a a.test.ts", lines: ["Cannot find module"] }]);
  });

  test("a test that failed is named, with the first lines of what it said", () => {
    const failureMessages = [
      `\u001b[31mexpected 1\u001b[39m\n\n  at /x/node_modules/y.js\n${"more\n".repeat(50)}`,
    ];
    const assertionResults = [{ status: "failed", fullName: "pooler > holds", failureMessages }];
    const failed = fileReport({ status: "failed", assertionResults });
    const tally = tallyOf("a", report({ numFailedTests: 1, testResults: [failed] }));
    expect(tally).toMatchObject({ failed: 1, failures: [{ name: "a a.test.ts: pooler > holds" }] });
    expect(tally.failures[0]?.lines).toEqual(["expected 1", ...Array(5).fill("more")]);
  });

  test("a task that ended badly without a test that failed is named, with what nobody caught", () => {
    const output = [
      "@x/db:test:  ✓ test/a.test.ts (2 tests)",
      "@x/web:test:  ✓ test/b.test.ts (1 test)",
      "@x/db:test: \u001b[31m⎯⎯⎯ Unhandled Errors ⎯⎯⎯\u001b[39m",
      "@x/db:test: ",
      "@x/db:test: Error: the connection was closed",
      "",
      "Failed:    @x/db#test, @x/web#test",
    ].join("\n");
    expect(failedTasks(output)).toEqual([
      { name: "@x/db#test", lines: ["Error: the connection was closed"] },
      { name: "@x/web#test", lines: [" ✓ test/b.test.ts (1 test)"] },
    ]);
    expect(failedTasks("Tasks:    8 successful, 8 total")).toEqual([]);
  });

  test("a run that failed in its set-up counts as a failure", () => {
    expect(tallyOf("a", report({ success: false })).failed).toBe(1);
  });

  test("a test that was left out is counted and named", () => {
    const assertionResults = [
      { status: "pending", fullName: "pooler > holds", failureMessages: null },
    ];
    const tally = tallyOf(
      "a",
      report({
        numPendingTests: 1,
        testResults: [fileReport({ assertionResults })],
      }),
    );
    expect(tally).toMatchObject({ skipped: 1, skippedNames: ["pooler > holds"] });
  });
});

test("a table keeps its columns when a title is Japanese or too long", () => {
  const table = renderTable(
    [
      { title: "Site", widthMax: 10 },
      { title: "Title", widthMax: 8 },
      { title: "Pages", widthMax: 5, right: true },
    ],
    [
      ["a.example", "山田歯科クリニック", "3"],
      ["b.example", "Short", "12"],
    ],
  );
  const [, , first = "", second = ""] = table.split("\n");
  expect(widthOf(first)).toBe(widthOf(second));
  expect(first).toContain("…");
});
