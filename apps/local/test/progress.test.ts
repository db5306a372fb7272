import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createProgress } from "../bin/progress.mjs";
import { createEnding } from "../src/stack.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("no step is silent for more than ten seconds, and each says what it is at", async () => {
  const lines: { at: number; line: string }[] = [];
  const began = Date.now();
  const write = (line: string) => void lines.push({ at: Date.now() - began, line });
  const done = createProgress({ total: 6, write }).run(
    { number: 2, name: "Build", doing: "building the dashboard" },
    async ({ note, said }) => {
      said("compiling");
      await new Promise((resolve) => setTimeout(resolve, 60_500));
      note("built");
    },
  );
  await vi.advanceTimersByTimeAsync(60_500);
  await done;
  const times = [0, ...lines.map(({ at }) => at)];
  const silences = times.slice(1).map((at, index) => at - times[index]!);
  expect(Math.max(...silences)).toBeLessThanOrEqual(10_000);
  expect(lines[0]).toEqual({ at: 2_000, line: "  2/6  Build       building the dashboard …" });
  expect(lines[1]?.line.trim()).toBe("still building the dashboard, 10.0 s: compiling");
  expect(lines.at(-1)?.line).toBe("  2/6  Build       built (60.5 s)");
});

test("what was begun is ended in reverse, one after the other, and a slow one is named", async () => {
  const ending = createEnding();
  const told: string[] = [];
  for (const [name, ms] of [
    ["PostgreSQL", 10],
    ["api", 2_000],
    ["web", 10],
  ] as const) {
    ending.add(name, {
      stop: async () => {
        told.push(`${name} stops`);
        await new Promise((resolve) => setTimeout(resolve, ms));
        told.push(`${name} ended`);
      },
      kill: () => {},
    });
  }
  const over = ending.stopAll((line) => told.push(line.trim()));
  expect(ending.signal.aborted).toBe(true);
  await vi.advanceTimersByTimeAsync(3_000);
  await over;
  expect(told).toEqual([
    "web stops",
    "web ended",
    "api stops",
    "waiting for api …",
    "api ended",
    "PostgreSQL stops",
    "PostgreSQL ended",
  ]);
});
