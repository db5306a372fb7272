import { expect, test } from "vitest";
import { BATCH_DOMAINS_MAX } from "./batch.contract.ts";
import { planJobs } from "./plan-jobs.ts";
import { readGiven } from "./read-given.ts";

const names = (count: number) =>
  Array.from({ length: count }, (_, index) => `shop-${index}.example`);

test("a batch holds as many jobs as its limit says, however often a name is repeated", async () => {
  const list = await readGiven({ domains: [...names(BATCH_DOMAINS_MAX), "shop-1.example"] });
  const { jobs, places } = await planJobs(list);
  expect(jobs).toHaveLength(BATCH_DOMAINS_MAX);
  expect(jobs.at(-1)).toMatchObject({ domain: "shop-99999.example", reason: null });
  expect(places.at(-1)).toBe(1);
});

test("and not one more", async () => {
  const list = await readGiven({ domains: names(BATCH_DOMAINS_MAX + 1) });
  await expect(planJobs(list)).rejects.toThrow(
    expect.objectContaining({
      code: "INVALID_INPUT",
      message: "A batch holds at most 100,000 domains.",
    }),
  );
});

test("doubles share a place, refused texts too, and a domain whose last scan is used has none", async () => {
  const list = await readGiven({
    domains: ["a.example", "localhost", "www.a.example", "localhost", "b.example", "c.example"],
  });
  const { jobs, places } = await planJobs(list, new Set(["b.example"]));
  expect(jobs.map(({ domain }) => domain)).toEqual(["a.example", "localhost", "c.example"]);
  expect(places).toEqual([0, 1, 0, 1, null, 2]);
  await expect(planJobs(list, new Set(["a.example", "b.example", "c.example"]))).rejects.toThrow(
    expect.objectContaining({ code: "INVALID_INPUT" }),
  );
});

test("of a list that people gave a refused line becomes no job, and one of nothing else is refused with its reason", async () => {
  const list = await readGiven({ rows: ["a.example", "localhost", "www.a.example"] });
  const { jobs, places } = await planJobs(list);
  expect(jobs.map(({ domain }) => domain)).toEqual(["a.example"]);
  expect(places).toEqual([0, null, 0]);
  const nothing = await readGiven({ text: "localhost" });
  await expect(planJobs(nothing)).rejects.toThrow(
    expect.objectContaining({
      code: "INVALID_INPUT",
      details: expect.objectContaining({ fieldErrors: { domains: nothing.entries[0]?.reason } }),
    }),
  );
});
