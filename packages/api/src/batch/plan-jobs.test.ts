import { expect, test } from "vitest";
import { readDomainLines } from "../domain/domain-list.ts";
import { BATCH_DOMAINS_MAX } from "./batch.contract.ts";
import { planJobs } from "./plan-jobs.ts";

const names = (count: number) =>
  Array.from({ length: count }, (_, index) => `shop-${index}.example`);

test("a batch holds as many jobs as its limit says, however often a name is repeated", () => {
  const lines = readDomainLines([...names(BATCH_DOMAINS_MAX), "shop-1.example"]);
  const planned = planJobs(lines);
  expect(planned).toHaveLength(BATCH_DOMAINS_MAX);
  expect(planned.at(-1)).toMatchObject({ domain: "shop-99999.example", reason: null });
});

test("and not one more", () => {
  expect(() => planJobs(readDomainLines(names(BATCH_DOMAINS_MAX + 1)))).toThrow(
    expect.objectContaining({
      code: "INVALID_INPUT",
      message: "A batch holds at most 100,000 domains.",
    }),
  );
});
