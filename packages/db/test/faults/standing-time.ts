import { expect, vi } from "vitest";

/**
 * Begins work that has a deadline in `ms`, and lets no time pass before `reached` says that what the deadline is to
 * end is there; then the deadline passes, and time goes on as it does. So no deadline comes early on a busy machine.
 */
export async function endAtDeadline<T>(
  ms: number,
  begin: () => Promise<T>,
  reached: () => unknown,
): Promise<T> {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  try {
    let settled = false;
    const work = begin();
    const settle = () => void (settled = true);
    work.then(settle, settle);
    await expect.poll(reached).toBe(true);
    vi.advanceTimersByTime(ms);
    for (let last = performance.now(); !settled;) {
      await new Promise((resolve) => setImmediate(resolve));
      const now = performance.now();
      vi.advanceTimersByTime(now - last);
      last = now;
    }
    return await work;
  } finally {
    vi.useRealTimers();
  }
}
