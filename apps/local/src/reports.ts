// What the test runs of all packages wrote down, added up.
import { glob, readFile, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import { stripVTControlCharacters } from "node:util";

/** Counts of one package, or of one kind of test in it. */
export interface Tally {
  name: string;
  passed: number;
  failed: number;
  skipped: number;
  elapsedMs: number;
  /** Full names of the tests that were left out. */
  skippedNames: string[];
  failures: Failure[];
}

/** A test that failed, or a file that failed outside its tests: where it is, and the first lines of what it said. */
export interface Failure {
  name: string;
  lines: string[];
}

/** More of a failure stands in the output above; this much tells what it is about. */
const FAILURE_LINES_MAX = 6;

interface VitestReport {
  success: boolean;
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  startTime: number;
  testResults: {
    /** Its path on this machine. */
    name: string;
    status: string;
    /** What a file said that failed outside its tests. */
    message: string;
    endTime: number;
    assertionResults: { status: string; fullName: string; failureMessages: string[] | null }[];
  }[];
}

const PATTERN = "{apps,packages}/*/test-results/*.json";

/** Removes what earlier runs wrote, so that a test run that says nothing is seen. */
export async function removeReports(root: string): Promise<void> {
  for await (const path of glob(PATTERN, { cwd: root })) await rm(join(root, path));
}

/**
 * Adds up the reports. A script that should have written one and did not counts as one failure, and
 * so does a file that failed before its first test.
 * @param expected folders and report files, such as `packages/db/test-results/vitest.json`
 */
export async function readReports(root: string, expected: string[]): Promise<Tally[]> {
  const tallies: Tally[] = [];
  for (const path of expected) {
    const name = path
      .replace("/test-results/vitest.json", "")
      .replace("/test-results/e2e.json", " (browser)");
    const text = await readFile(join(root, path), "utf8").catch(() => undefined);
    if (text === undefined) {
      const failures = [{ name, lines: ["It wrote no report: it ended before its tests did."] }];
      tallies.push({
        name,
        passed: 0,
        failed: 1,
        skipped: 0,
        elapsedMs: 0,
        skippedNames: [],
        failures,
      });
      continue;
    }
    tallies.push(tallyOf(name, JSON.parse(text) as VitestReport));
  }
  return tallies;
}

/** One report as counts. */
export function tallyOf(name: string, report: VitestReport): Tally {
  const failures = report.testResults.flatMap((file) => failuresOf(name, file));
  const broken = report.testResults.filter(isBroken).length;
  const counted = report.numFailedTests + broken;
  const none = report.numPassedTests + report.numFailedTests + report.numPendingTests === 0;
  const skippedNames = report.testResults.flatMap((file) =>
    file.assertionResults
      .filter((one) => ["skipped", "pending", "todo"].includes(one.status))
      .map((one) => one.fullName),
  );
  const lastEnd = Math.max(report.startTime, ...report.testResults.map((file) => file.endTime));
  return {
    name,
    passed: report.numPassedTests,
    // A run without tests proves nothing, and a run that failed in its set-up says so only here.
    failed: none || (!report.success && counted === 0) ? Math.max(counted, 1) : counted,
    skipped: report.numPendingTests + report.numTodoTests,
    elapsedMs: lastEnd - report.startTime,
    skippedNames,
    failures,
  };
}

type FileReport = VitestReport["testResults"][number];

/** Whether a file failed without a test in it that did. */
const isBroken = (file: FileReport): boolean =>
  file.status === "failed" && !file.assertionResults.some((one) => one.status === "failed");

function failuresOf(name: string, file: FileReport): Failure[] {
  const where = `${name} ${basename(file.name)}`;
  const own = isBroken(file) ? [{ name: where, lines: firstLines(file.message) }] : [];
  const failed = file.assertionResults.filter((one) => one.status === "failed");
  return [
    ...own,
    ...failed.map((one) => ({
      name: `${where}: ${one.fullName}`,
      lines: firstLines(one.failureMessages?.[0] ?? ""),
    })),
  ];
}

const firstLines = (message: string): string[] =>
  stripVTControlCharacters(message)
    .split("\n")
    // What called the test is the same for all of them.
    .filter((line) => line.trim() !== "" && !line.includes("/node_modules/"))
    .slice(0, FAILURE_LINES_MAX);

/** What of a task is told that ended badly though every test of it passed: more than of a test, which has a name. */
const TASK_LINES_MAX = 30;

/**
 * The tasks that ended badly, by what turbo said of them: vitest ends so for what nobody caught, which its report
 * does not hold.
 * @param output all that a run of turbo said
 */
export function failedTasks(output: string): Failure[] {
  const lines = stripVTControlCharacters(output).split("\n");
  const closing = lines.findLast((line) => line.startsWith("Failed:"));
  const names = closing?.match(/[^\s,]+#[^\s,]+/g) ?? [];
  return names.map((name) => {
    const prefix = `${name.replace("#", ":")}: `;
    const own = lines
      .filter((line) => line.startsWith(prefix))
      .map((line) => line.slice(prefix.length))
      .filter((line) => line.trim() !== "");
    const uncaught = own.findIndex((line) => line.includes("Unhandled Errors"));
    const told =
      uncaught === -1
        ? own.slice(-TASK_LINES_MAX)
        : own.slice(uncaught + 1, uncaught + 1 + TASK_LINES_MAX);
    return { name, lines: told };
  });
}
