import { preparePgBouncer } from "@scrapersky/embedded/pgbouncer";
import { describe, expect, test } from "vitest";
import { describeReport } from "./report.ts";
import { runSoak } from "./soak.ts";

const DURATION_MS = 30_000;
/** As many callers as in the long run, less often: other tests run beside this one. */
const REST_MS = 500;
/** Every sort of call must have done what it was asked at least once. */
const SORTS = [
  "copy in",
  "copy in beside",
  "copy out",
  "insert with options",
  "own connection",
  "read",
  "savepoint",
  "session",
  "stream",
  "sum",
  "transfer",
  "transfer at once",
  "transfer in a session",
];

describe.runIf(await preparePgBouncer())("thirty seconds of random faults", () => {
  test("breaks no promise, whatever happens to network, pooler and database", async () => {
    const seed = Math.floor(Math.random() * 1_000_000) + 1;
    const report = await runSoak({
      durationMs: DURATION_MS,
      restMs: REST_MS,
      seed,
      isTimed: false,
      enough: ({ committed, faults, succeeded }) =>
        committed > 100 && faults.size > 5 && succeeded.size === SORTS.length,
    });
    expect(report.violations, describeReport(report)).toEqual([]);
    expect([...report.succeeded.keys()].toSorted()).toEqual(SORTS);
  }, 300_000);
});
