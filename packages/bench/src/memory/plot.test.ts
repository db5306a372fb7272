import { expect, test } from "vitest";
import { plotMemory } from "./plot.ts";

test("every sample is a point within the frame, the first at the left and the last at the right", () => {
  const picture = plotMemory([
    { seconds: 0, mb: 150 },
    { seconds: 60, mb: 410 },
    { seconds: 120, mb: 500 },
  ]);
  const points = /points="([^"]+)"/
    .exec(picture)?.[1]
    ?.split(" ")
    .map((pair) => pair.split(",").map(Number));
  expect(points).toHaveLength(3);
  expect([points?.[0]?.[0], points?.[2]]).toEqual([56, [784, 16]]);
});
