import { expect, it } from "vitest";
import { batchName, batchNameOf } from "./batch-words.ts";

it("is called by its label, else by its first domain, else by its length", () => {
  const batch = { label: null, firstDomain: "harborview-dental.example", total: 1041 };
  expect(batchName({ ...batch, label: "Dentists" })).toBe("Dentists");
  expect(batchName(batch)).toBe("harborview-dental.example + 1,040 more");
  expect(batchName({ ...batch, total: 1 })).toBe("harborview-dental.example");
  expect(batchName({ ...batch, firstDomain: null })).toBe("Batch of 1,041 domains");
});

it("has the same name where a job tells of it", () => {
  const job = { batchId: "b", batchLabel: null, batchFirstDomain: "a.example", batchTotal: 3 };
  expect(batchNameOf(job)).toBe("a.example + 2 more");
  expect(batchNameOf({ ...job, batchLabel: "Mine" })).toBe("Mine");
  expect(batchNameOf({ ...job, batchId: null })).toBeNull();
});
