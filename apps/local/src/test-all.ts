// `npm test`, once the packages are there: build, checks, tests of all packages, browser tests; then one
// table of everything and one closing line. Run by bin/test.mjs.
import { spawn } from "node:child_process";
import { glob, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { prepareDebianPostgres } from "@scrapersky/embedded/fixtures";
import { pgBouncerAvailable, preparePgBouncer } from "@scrapersky/embedded/pgbouncer";
import { buildApps } from "../bin/bootstrap.mjs";
import { createProgress, seconds } from "../bin/progress.mjs";
import { type CheckResult, describeCheck, runChecks } from "./checks.ts";
import { readEnv, root } from "./env.ts";
import { failedTasks, readReports, removeReports, type Tally } from "./reports.ts";
import { renderTable } from "./table.ts";

const began = Date.now();
const { ci } = readEnv();

const TURBO = ["--yes", "pnpm@12.21.0", "exec", "turbo", "run"];
const TURBO_FLAGS = ["--continue", "--output-logs=new-only"];

interface Ended {
  code: number;
  /** All that was said. */
  output: string;
}

/** Runs tasks. What they say comes back at the end, and as it is said to whoever listens. */
async function runTurbo(
  args: string[],
  listen: (chunk: Buffer) => void = () => undefined,
): Promise<Ended> {
  const child = spawn("npx", [...TURBO, ...args, ...TURBO_FLAGS], {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => {
      output += String(chunk);
      listen(chunk);
    });
  const code = await new Promise<number>((resolve) =>
    child.once("close", (exitCode) => resolve(exitCode ?? 1)),
  );
  return { code, output };
}

const speak = (chunk: Buffer): boolean => process.stdout.write(chunk);

/** Which reports a complete run must bring: one per package and script that tests. */
async function findExpected(): Promise<Record<"test" | "test:e2e", string[]>> {
  const expected = { test: [] as string[], "test:e2e": [] as string[] };
  for await (const path of glob("{apps,packages}/*/package.json", { cwd: root })) {
    const text = await readFile(join(root, path), "utf8");
    const { scripts = {} } = JSON.parse(text) as { scripts?: Record<string, string> };
    const folder = dirname(path);
    if (scripts["test"]) expected.test.push(`${folder}/test-results/vitest.json`);
    if (scripts["test:e2e"]) expected["test:e2e"].push(`${folder}/test-results/e2e.json`);
  }
  expected.test.sort();
  return expected;
}

function tallyChecks(results: CheckResult[]): Tally {
  const failed = results.filter((result) => !result.ok);
  return {
    name: "check",
    passed: results.length - failed.length,
    failed: failed.length,
    skipped: 0,
    elapsedMs: Math.max(...results.map((result) => result.elapsedMs)),
    skippedNames: [],
    failures: failed.map(({ name }) => ({ name: `check ${name}`, lines: ["Said above."] })),
  };
}

/**
 * Tests that were left out for want of PgBouncer in an earlier run are run again once it is there. Results of an
 * earlier run are only those that did not fail.
 */
async function rerunLeftOut(tallies: Tally[]): Promise<void> {
  const left = tallies.filter((tally) => tally.skipped > 0 && tally.failed === 0);
  if (left.length === 0 || !(await pgBouncerAvailable()).available) return;
  const filters = left.map((tally) => `--filter=./${tally.name}`);
  await runTurbo(["test", "--force", ...filters], speak);
}

await removeReports(root);
const build = { number: 2, name: "Build", doing: "building the apps, and checking the sources" };
const built = createProgress({ total: 3 }).run(build, buildApps);
// They come over the network, which nothing else waits for meanwhile.
const programs = preparePgBouncer().then(prepareDebianPostgres);
const checked = runChecks((result) => console.log(describeCheck(result)), built);
const [checks] = await Promise.all([checked, built, programs]);

console.log("\n  3/3  Tests of every package, and the browser tests on the started product\n");
const expected = await findExpected();
// These wait for processes more than they compute: they run beside the others from the beginning. More
// than two other packages at once would be slower on two cores, and tests of deadlines would miss theirs.
const STARTED = ["@scrapersky/app-local", "@scrapersky/app-api"];
const WHOLE_PRODUCT = [
  ["test:e2e"],
  ["test", "--concurrency=2", ...STARTED.map((name) => `--filter=${name}`)],
];
const whole = (async () => {
  const ended: Ended[] = [];
  for (const task of WHOLE_PRODUCT) ended.push(await runTurbo(task));
  return ended;
})();
const others = STARTED.map((name) => `--filter=!${name}`);
const runs = [await runTurbo(["test", "--concurrency=2", ...others], speak)];
console.log("\n  The product as it is started: in the browser, by npm start, and its API\n");
for (const run of await whole) {
  runs.push(run);
  console.log(run.output);
}
await rerunLeftOut(await readReports(root, expected.test));

const tallies = [
  tallyChecks(checks),
  ...(await readReports(root, [...expected.test, ...expected["test:e2e"]])),
];
const sum = (of: (tally: Tally) => number) =>
  tallies.reduce((total, tally) => total + of(tally), 0);
const passed = sum((tally) => tally.passed);
// A task may fail without a test that does: say so instead of passing.
const failed = Math.max(
  sum((tally) => tally.failed),
  runs.some(({ code }) => code !== 0) ? 1 : 0,
);
const skipped = sum((tally) => tally.skipped);

console.log(
  `\n${renderTable(
    [
      { title: "", widthMax: 30 },
      { title: "passed", widthMax: 6, right: true },
      { title: "failed", widthMax: 6, right: true },
      { title: "skipped", widthMax: 7, right: true },
      { title: "time", widthMax: 8, right: true },
    ],
    tallies.map((tally) => [
      tally.name,
      String(tally.passed),
      String(tally.failed),
      String(tally.skipped),
      seconds(tally.elapsedMs),
    ]),
  )}\n`,
);
for (const name of tallies.flatMap((tally) => tally.skippedNames))
  console.log(`  skipped: ${name}`);
// Named again at the end: a log of CI may keep no more than that.
const failures = tallies.flatMap((tally) => tally.failures);
// Without a test to name there is only what the task said.
if (failed > 0 && failures.length === 0)
  failures.push(...runs.flatMap(({ output }) => failedTasks(output)));
for (const { name, lines } of failures)
  console.log([`\n  failed: ${name}`, ...lines.map((line) => `      ${line}`)].join("\n"));
if (skipped > 0 && ci) console.log("\n  CI=true: a test that is left out is a failure.");
console.log(`\n  ${seconds(Date.now() - began)} in all.\n`);
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exitCode = failed > 0 || passed === 0 || (skipped > 0 && ci) ? 1 : 0;
