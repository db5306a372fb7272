import { expect, test } from "vitest";
import { DatabaseError } from "../../src/index.ts";
import { Reconnect } from "../../src/session/pool/reconnect.ts";

const WINDOW_MS = 150_000;

/** Times of the tries in an hour in which every one fails so. */
function triesIn(
  kind: "authentication" | "configuration" | "connect_failed",
  sqlstate?: string,
): number[] {
  const reconnect = new Reconnect();
  const tries: number[] = [];
  for (let now = 0; now < 3_600_000; now += reconnect.waitMs(now)) {
    tries.push(now);
    reconnect.failed(new DatabaseError(kind, "no", { sqlstate }), now);
  }
  return tries;
}

test("a refused login is tried at most twice in any 150 seconds", () => {
  for (let round = 0; round < 200; round++) {
    const tries = triesIn("authentication", "28P01");
    const most = Math.max(
      ...tries.map((from) => tries.filter((at) => at >= from && at < from + WINDOW_MS).length),
    );
    expect(most).toBe(2);
  }
});

test("what is mended on this side, or at the role, is found within a minute", () => {
  const tries = triesIn("configuration");
  const pauses = tries.slice(1).map((at, index) => at - tries[index]!);
  expect(Math.max(...pauses)).toBeLessThanOrEqual(60_000);
  expect(pauses[0]).toBeLessThanOrEqual(5_000);
});

test("a server that is away is looked for at least once a second", () => {
  const tries = triesIn("connect_failed");
  const pauses = tries.slice(1).map((at, index) => at - tries[index]!);
  expect(Math.max(...pauses)).toBeLessThanOrEqual(1_000);
  expect(pauses[0]).toBeLessThanOrEqual(50);
});
