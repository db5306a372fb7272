import { expect, it } from "vitest";
import { whatHappened } from "./job-words.ts";

it("tells the error, else every remark, else nothing", () => {
  const notes = [
    { flag: "parked", text: "The domain is parked." },
    { flag: "truncated", text: "A page was too long." },
  ];
  expect(whatHappened({ error: "It failed.", notes })).toBe("It failed.");
  expect(whatHappened({ error: null, notes })).toBe("The domain is parked. A page was too long.");
  expect(whatHappened({ error: null, notes: [] })).toBeNull();
});
