import { expect, test } from "vitest";
import { FEATURES } from "../src/contract.ts";
import { appRouter } from "../src/index.ts";
import type { AnyList } from "../src/list/list.contract.ts";
import * as door from "../src/lists.contract.ts";

const LISTS = Object.values(door).filter(
  (value): value is AnyList & typeof value => typeof value === "object" && "orders" in value,
);

/** Answered to programs, and by no page yet. */
const WITHOUT_PAGE = ["pages", "suppressions", "deliveries"];

test("there are lists to look at", () => {
  expect(LISTS.map(({ name }) => name)).toContain("batches");
});

test.each(LISTS)(
  "$name is answered by a procedure, and its page asks for the same right",
  ({ name, permission }) => {
    expect(Object.keys(appRouter._def.procedures)).toContain(`${name}.list`);
    if (WITHOUT_PAGE.includes(name)) return;
    expect(FEATURES.find(({ urlPath }) => urlPath === `/${name}`)?.permission).toBe(permission);
  },
);
