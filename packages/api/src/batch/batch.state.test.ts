import fc from "fast-check";
import { expect, test } from "vitest";
import { etaSeconds, progressPercent, ratePerMinute } from "./batch.state.ts";

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
