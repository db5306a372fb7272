import fc from "fast-check";
import { expect, test } from "vitest";
import { JOB_TRANSITIONS, canJobMove, isTerminalJobStatus } from "../job/job.state.ts";
import { BATCH_STATUSES, isTerminalBatchStatus, JOB_STATUSES } from "../status.ts";
import {
  BATCH_TRANSITIONS,
  batchStatusFromCounts,
  canBatchMove,
  etaSeconds,
  progressPercent,
  ratePerMinute,
} from "./batch.state.ts";

const count = fc.nat(1000);
const countsOf = fc.record({
  pending: count,
  running: count,
  complete: count,
  failed: count,
  cancelled: fc.constant(0),
});

test("nothing leaves a terminal state, and every other state can end", () => {
  for (const status of JOB_STATUSES)
    expect(JOB_TRANSITIONS[status].length === 0).toBe(isTerminalJobStatus(status));
  for (const from of BATCH_STATUSES) {
    expect(BATCH_TRANSITIONS[from].length === 0).toBe(isTerminalBatchStatus(from));
    for (const to of BATCH_STATUSES)
      if (isTerminalBatchStatus(from)) expect(canBatchMove(from, to)).toBe(false);
  }
  for (const from of JOB_STATUSES)
    for (const to of JOB_STATUSES)
      expect(canJobMove(from, to)).toBe(JOB_TRANSITIONS[from].some((next) => next === to));
  for (const from of BATCH_STATUSES)
    for (const to of BATCH_STATUSES)
      expect(canBatchMove(from, to)).toBe(BATCH_TRANSITIONS[from].some((next) => next === to));
});

test("a batch is terminal exactly when none of its jobs waits or runs", () => {
  fc.assert(
    fc.property(countsOf, fc.boolean(), (counts, started) => {
      const status = batchStatusFromCounts(counts, started);
      expect(isTerminalBatchStatus(status)).toBe(counts.pending + counts.running === 0);
      if (status === "partial") expect(Math.min(counts.complete, counts.failed)).toBeGreaterThan(0);
      if (status === "complete") expect(counts.failed).toBe(0);
    }),
  );
});

test("finishing one more job is a move the batch may make", () => {
  fc.assert(
    fc.property(
      countsOf,
      fc.constantFrom("complete" as const, "failed" as const),
      (counts, end) => {
        fc.pre(counts.running > 0);
        const before = batchStatusFromCounts(counts, true);
        const after = batchStatusFromCounts(
          { ...counts, running: counts.running - 1, [end]: counts[end] + 1 },
          true,
        );
        if (before !== after) expect(canBatchMove(before, after)).toBe(true);
      },
    ),
  );
});

test("progress grows with finished jobs, stays within 0–100 and says 100 only for all of them", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 100_000 }), fc.nat(100_000), (total, some) => {
      const finished = Math.min(some, total);
      const percent = progressPercent(finished, total);
      expect(percent).toBeGreaterThanOrEqual(0);
      expect(percent === 100).toBe(finished === total);
      expect(progressPercent(Math.min(finished + 1, total), total)).toBeGreaterThanOrEqual(percent);
    }),
  );
});

test("progress is rounded down, and has two decimals", () => {
  expect([progressPercent(2, 3), progressPercent(19_999, 20_000)]).toEqual([66.66, 99.99]);
  expect([progressPercent(0, 0), progressPercent(1, 0), progressPercent(3, 2)]).toEqual([
    0, 0, 100,
  ]);
});

test("the rate is of the last minute, or of the time since the start when that is less", () => {
  const pace = { left: 1, finished: 500, runningSeconds: 120, finishedLastMinute: 60 };
  expect(ratePerMinute(pace)).toBe(60);
  expect(ratePerMinute({ ...pace, runningSeconds: 40 })).toBe(90);
  expect(ratePerMinute({ ...pace, runningSeconds: 10 })).toBe(360);
  expect(ratePerMinute({ ...pace, runningSeconds: 9.9 })).toBeNull();
});

test("the time left is a range, and unknown until there is something to go by", () => {
  const pace = { left: 100, finished: 100, runningSeconds: 120, finishedLastMinute: 60 };
  expect(etaSeconds(pace)).toEqual({ low: 90, high: 132 });
  expect(etaSeconds({ ...pace, finished: 20, runningSeconds: 30 })).toEqual({ low: 45, high: 165 });
  expect(etaSeconds({ ...pace, finished: 19 })).toBeNull();
  expect(etaSeconds({ ...pace, runningSeconds: 29.9 })).toBeNull();
  expect(etaSeconds({ ...pace, left: 0 })).toBeNull();
  expect(etaSeconds({ ...pace, finishedLastMinute: 0 })).toBeNull();
});
