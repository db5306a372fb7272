import { Session } from "node:inspector/promises";

export interface StepCounter {
  /** Since the last time. */
  take(): Promise<number>;
  close(): void;
}

/**
 * Counts what all code of this process does: how often each function, branch and turn of a loop ran, libraries too. The same on every
 * machine, however busy it is. What the engine does by itself is not in it, such as parsing JSON: that is held by the size of bodies.
 */
export async function countSteps(): Promise<StepCounter> {
  const session = new Session();
  session.connect();
  await session.post("Profiler.enable");
  await session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: true });
  return {
    async take() {
      const { result } = await session.post("Profiler.takePreciseCoverage");
      let steps = 0;
      for (const { functions } of result)
        for (const { ranges } of functions) for (const { count } of ranges) steps += count;
      return steps;
    },
    close: () => session.disconnect(),
  };
}
