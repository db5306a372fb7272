import { expect, test } from "vitest";
import { median, ratioOfRounds, rotated } from "./load.ts";
import { readPgbench } from "./pgbench.ts";

test("the median is the middle one, or the mean of the two in the middle", () => {
  expect(median([9, 1, 5])).toBe(5);
  expect(median([9, 1, 5, 6])).toBe(5.5);
  expect(median([])).toBeNaN();
});

test("a ratio is taken within each round, so a slow round counts once", () => {
  expect(ratioOfRounds([100, 10, 110], [50, 5, 100])).toBe(2);
});

test("every contender is first in some round", () => {
  expect([0, 1, 2, 3].map((round) => rotated(["a", "b", "c"], round).join(""))).toEqual([
    "abc",
    "bca",
    "cab",
    "abc",
  ]);
});

test("pgbench's figures are read from what it prints", () => {
  expect(
    readPgbench(`number of transactions actually processed: 4035
latency average = 0.247 ms
initial connection time = 1.284 ms
tps = 4041.503282 (without initial connection time)
`),
  ).toEqual({ perSecond: 4041.503282, meanMs: 0.247 });
});
