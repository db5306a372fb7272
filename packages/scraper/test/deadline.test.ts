import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Deadline } from "../src/deadline.ts";

beforeEach(() => vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] }));
afterEach(() => void vi.useRealTimers());

test("a deadline stands still while it rests, and fires once when its time is over", () => {
  const over = vi.fn<() => void>();
  const deadline = new Deadline(1_000, over);
  vi.advanceTimersByTime(600);
  deadline.rest();
  vi.advanceTimersByTime(10_000);
  deadline.goOn();
  vi.advanceTimersByTime(399);
  expect(over).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(over).toHaveBeenCalledOnce();
  deadline.rest();
  vi.advanceTimersByTime(10_000);
  expect(over).toHaveBeenCalledOnce();
});
