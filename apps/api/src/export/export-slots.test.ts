import { expect, test } from "vitest";
import { createExportSlots, EXPORTS_AT_ONCE } from "./export-slots.ts";

const codeOf = (work: () => unknown): string => {
  try {
    work();
    return "taken";
  } catch (error) {
    return String((error as { details?: { errorCode?: string } }).details?.errorCode);
  }
};

test("a tenant has so many places and no more, and one given back is free once", () => {
  const slots = createExportSlots();
  const leave = Array.from({ length: EXPORTS_AT_ONCE.tenant }, () => slots.take("a"));
  expect(codeOf(() => slots.take("a"))).toBe("TOO_MANY_EXPORTS");
  leave[0]?.();
  leave[0]?.();
  expect(codeOf(() => slots.take("a"))).toBe("taken");
  expect(codeOf(() => slots.take("a"))).toBe("TOO_MANY_EXPORTS");
});

test("all together have so many and no more", () => {
  const slots = createExportSlots();
  const leave = Array.from({ length: EXPORTS_AT_ONCE.all }, (_, at) => slots.take(`tenant ${at}`));
  expect(codeOf(() => slots.take("one more"))).toBe("EXPORTS_BUSY");
  leave[3]?.();
  expect(codeOf(() => slots.take("one more"))).toBe("taken");
  expect(codeOf(() => slots.take("two more"))).toBe("EXPORTS_BUSY");
});
