import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { judgeTry, pauseAfter, type TryResult } from "./judge-try.ts";

const HOUR_MS = 3_600_000;
const answered = (status: number, retryAfterMs?: number): TryResult => ({
  kind: "answered",
  status,
  retryAfterMs,
});
const early = { tries: 1, leftMs: 24 * HOUR_MS, chance: 1 };

describe("the pause before another try", () => {
  test("its bound doubles from ten seconds to four hours", () => {
    const bounds = Array.from({ length: 14 }, (_, at) => pauseAfter(at + 1, 1) / 1000);
    expect(bounds).toEqual([
      10, 20, 40, 80, 160, 320, 640, 1_280, 2_560, 5_120, 10_240, 14_400, 14_400, 14_400,
    ]);
  });

  test("all of it is left to chance, and no number of tries makes it longer than four hours", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 10_000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (tries, chance) => {
          const pause = pauseAfter(tries, chance);
          expect(pause).toBeGreaterThanOrEqual(0);
          expect(pause).toBeLessThanOrEqual(4 * HOUR_MS);
          expect(Math.abs(pause - chance * pauseAfter(tries, 1))).toBeLessThanOrEqual(0.5);
        },
      ),
    );
  });

  test("what the receiver asks for is kept where it is longer, and none leads behind the last moment", () => {
    expect(judgeTry(answered(503, HOUR_MS), early)).toMatchObject({ pauseMs: HOUR_MS });
    expect(judgeTry(answered(503, 1), early)).toMatchObject({ pauseMs: 10_000 });
    expect(judgeTry(answered(503, HOUR_MS), { ...early, leftMs: 7 })).toMatchObject({ pauseMs: 7 });
  });
});

describe("what becomes of a delivery", () => {
  test.each([200, 201, 204, 299])("%d is taken", (status) => {
    expect(judgeTry(answered(status), { ...early, leftMs: -1 })).toEqual({ move: "deliver" });
  });

  test.each([199, 300, 301, 308, 400, 401, 404, 409, 429, 500, 503])(
    "%d is tried again",
    (status) => {
      const error = `http_${status}`;
      expect(judgeTry(answered(status), early)).toEqual({ move: "retry", pauseMs: 10_000, error });
    },
  );

  test("410 says that nobody is there any more", () => {
    expect(judgeTry(answered(410), early)).toEqual({ move: "goneAway", error: "http_410" });
  });

  test("no answer is tried again, but for an address that nobody is sent to", () => {
    const failed = (code: string) => judgeTry({ kind: "failed", code }, early);
    expect(failed("timeout")).toMatchObject({ move: "retry", error: "timeout" });
    expect(failed("dns_not_found")).toMatchObject({ move: "retry" });
    expect(failed("blocked_address")).toEqual({ move: "giveUp", error: "blocked_address" });
  });

  test("it is given up after its last moment, and not a millisecond before", () => {
    expect(judgeTry(answered(500), { ...early, leftMs: 1 })).toMatchObject({
      move: "retry",
      pauseMs: 1,
    });
    for (const leftMs of [0, -5]) {
      expect(judgeTry(answered(500), { ...early, leftMs })).toMatchObject({ move: "giveUp" });
    }
  });

  test("in a day it is tried some twenty times, and the last time at its end", () => {
    let leftMs = 24 * HOUR_MS;
    let tries = 1;
    for (;;) {
      const verdict = judgeTry(answered(500), { tries, leftMs, chance: 0.5 });
      if (verdict.move !== "retry") break;
      leftMs -= verdict.pauseMs;
      tries++;
    }
    expect([tries, leftMs]).toEqual([23, 0]);
  });
});
