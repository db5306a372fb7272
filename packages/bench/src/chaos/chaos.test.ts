import { prepareDebianPostgres, prepareProxies } from "@scrapersky/embedded/fixtures";
import { preparePgBouncer } from "@scrapersky/embedded/pgbouncer";
import { describe, expect, test } from "vitest";
import { runChaos } from "./chaos.ts";
import { judgeInstant } from "./checks.ts";
import { describeChaos, describeRolling, isUnharmed } from "./report.ts";
import { runRolling } from "./rolling.ts";

describe.runIf(await preparePgBouncer())("a batch under kill -9 of everything around it", () => {
  test("ends by itself, with each page once and its counters right at every instant", async () => {
    const seed = Math.floor(Math.random() * 1_000_000) + 1;
    const report = await runChaos({ domains: 200, kills: 3, restarts: 1, seed, made: "built" });
    expect(isUnharmed(report), `seed ${seed}\n${describeChaos(report)}`).toBe(true);
    expect(report.looks).toBeGreaterThan(10);
  }, 600_000);
});

const canRoll =
  (await preparePgBouncer()) && (await prepareProxies()) && (await prepareDebianPostgres());

test.runIf(canRoll)(
  "a rolling restart of two APIs and two workers behind nginx, Caddy and PgBouncer loses no request and no job",
  async () => {
    const report = await runRolling({ domains: 40, rounds: 1, made: "built" });
    expect(isUnharmed(report), describeRolling(report)).toBe(true);
    expect([report.requests > 50, report.batches > 5]).toEqual([true, true]);
  },
  600_000,
);

const INSTANT = {
  status: "running",
  total: 10,
  completed: 3,
  failed: 1,
  progress: 0.4,
  ended: false,
  pending_rows: 4,
  running_rows: 2,
  complete_rows: 3,
  failed_rows: 1,
  shared: 0,
};
const LIMITS = { maxConcurrent: 2 };

test("an instant at which everything holds is not blamed", () => {
  expect(judgeInstant(INSTANT, INSTANT, LIMITS)).toEqual([]);
});

test.each([
  ["a counter ahead of its rows", { completed: 4 }],
  ["a row too few", { pending_rows: 3 }],
  ["progress of its own", { progress: 0.5 }],
  ["one more than may run", { pending_rows: 3, running_rows: 3 }],
  ["two at one site", { shared: 1 }],
  ["an end before the last job", { ended: true }],
])("%s is told", (_, changes) => {
  expect(judgeInstant({ ...INSTANT, ...changes }, undefined, LIMITS)).toHaveLength(1);
});

test("progress that goes back is told", () => {
  const earlier = { ...INSTANT, progress: 0.5 };
  expect(judgeInstant(INSTANT, earlier, LIMITS)).toHaveLength(1);
});
