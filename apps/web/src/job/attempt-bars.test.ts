import type { JobAttempt } from "@scrapersky/api/contract";
import { expect, it } from "vitest";
import { attemptBars } from "./attempt-bars.ts";

const attempt = (patch: Partial<JobAttempt>): JobAttempt => ({
  attempt: 1,
  outcome: "done",
  workerId: "w",
  startedAt: "2026-11-21T12:00:10Z",
  endedAt: "2026-11-21T12:00:20Z",
  errorCode: null,
  error: null,
  httpStatus: null,
  finalUrl: null,
  pages: 0,
  bytes: 0,
  timings: {},
  ...patch,
});

const CREATED = "2026-11-21T12:00:00Z";

it("lays attempts on one axis that begins with the first, and says the queue's wait apart", () => {
  const { bars, spanMs, queuedMs } = attemptBars(
    {
      createdAt: CREATED,
      attemptList: [
        attempt({ timings: { fetchMs: 9000, parseMs: 800, storeMs: 200 } }),
        attempt({
          attempt: 2,
          startedAt: "2026-11-21T12:00:40Z",
          endedAt: "2026-11-21T12:00:50Z",
        }),
      ],
    },
    0,
  );
  expect([spanMs, queuedMs]).toEqual([40_000, 10_000]);
  expect(bars.map(({ leftPercent, widthPercent }) => [leftPercent, widthPercent])).toEqual([
    [0, 25],
    [75, 25],
  ]);
  expect(bars[0]?.phases.map(({ name }) => name)).toEqual(["fetch", "parse", "store"]);
});

it("shows time that no phase explains as waiting", () => {
  const { bars } = attemptBars(
    { createdAt: CREATED, attemptList: [attempt({ timings: { fetchMs: 1000 } })] },
    0,
  );
  expect(bars[0]?.phases).toEqual([
    { name: "fetch", ms: 1000 },
    { name: "other", ms: 9000 },
  ]);
});

it("lets a running attempt reach to now, and survives a clock behind the server's", () => {
  const running = {
    createdAt: CREATED,
    attemptList: [attempt({ endedAt: null, outcome: "running" })],
  };
  expect(attemptBars(running, Date.parse("2026-11-21T12:00:15Z")).bars[0]?.durationMs).toBe(5000);
  expect(attemptBars(running, Date.parse(CREATED)).bars[0]?.durationMs).toBe(0);
});

it("has no bars before the first attempt, only the wait so far", () => {
  const nothing = attemptBars({ createdAt: CREATED, attemptList: [] }, Date.parse(CREATED) + 3000);
  expect(nothing).toEqual({ bars: [], spanMs: 0, queuedMs: 3000 });
});
