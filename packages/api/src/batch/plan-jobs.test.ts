import { expect, test } from "vitest";
import { BATCH_DOMAINS_MAX } from "./batch.contract.ts";
import { planJobs } from "./plan-jobs.ts";
import { readElements } from "./read-elements.ts";

const names = (count: number) =>
  Array.from({ length: count }, (_, index) => `shop-${index}.example`);

test("a batch holds as many jobs as its limit says, however often a name is repeated", async () => {
  const lines = await readElements([...names(BATCH_DOMAINS_MAX), "shop-1.example"]);
  const planned = planJobs(lines);
  expect(planned).toHaveLength(BATCH_DOMAINS_MAX);
  expect(planned.at(-1)).toMatchObject({ domain: "shop-99999.example", reason: null });
});

test("and not one more", async () => {
  const entries = await readElements(names(BATCH_DOMAINS_MAX + 1));
  expect(() => planJobs(entries)).toThrow(
    expect.objectContaining({
      code: "INVALID_INPUT",
      message: "A batch holds at most 100,000 domains.",
    }),
  );
});
