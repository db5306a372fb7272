import { expect, test } from "vitest";
import { createSamples } from "../../src/observe/samples.ts";

test("the newest measurements of a window count, up to the room there is", () => {
  let now = 0;
  const samples = createSamples({ windowMs: 100, most: 20 }, () => now);
  expect(samples.read()).toBeUndefined();
  samples.add(7);
  expect(samples.read()).toEqual({ count: 1, p50: 7, p95: 7, max: 7 });
  for (let ms = 1; ms <= 20; ms++) samples.add(ms);
  // The twenty-first has the place of the first.
  expect(samples.read()).toEqual({ count: 20, p50: 10, p95: 19, max: 20 });
  samples.add(1000);
  expect(samples.read()).toMatchObject({ count: 20, p50: 11, p95: 20, max: 1000 });

  now = 99;
  samples.add(3);
  expect(samples.read()).toMatchObject({ count: 20 });
  now = 100;
  expect(samples.read()).toEqual({ count: 1, p50: 3, p95: 3, max: 3 });
  now = 199;
  expect(samples.read()).toBeUndefined();
});
