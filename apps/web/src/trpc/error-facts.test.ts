import { expect, it } from "vitest";
import { errorFacts } from "./error-facts.ts";

const fault = (httpStatus: number, message = "Said by the server"): Error =>
  Object.assign(new Error(message), { data: { httpStatus, requestId: "r1" } });

it.each([
  [401, "signed-out", false],
  [403, "forbidden", false],
  [404, "missing", false],
  [409, "input", false],
  [429, "unavailable", true],
  [500, "unknown", true],
  [503, "unavailable", true],
])("reads status %d as %s", (status, kind, retryable) => {
  expect(errorFacts(fault(status))).toEqual({
    kind,
    retryable,
    message: "Said by the server",
    requestId: "r1",
  });
});

it("has its own words for what the server finds too large", () => {
  const facts = errorFacts(fault(413));
  expect(facts).toMatchObject({ kind: "too-large", retryable: false, requestId: "r1" });
  expect(facts.message).toContain("more than the server takes");
});

it("reads an answer that is none as a server that cannot be reached, without its text", () => {
  const facts = errorFacts(new Error("Unexpected token 'I', \"Internal S\"... is not valid JSON"));
  expect(facts).toMatchObject({ kind: "offline", retryable: true, requestId: null });
  expect(facts.message).not.toContain("JSON");
});

it("says of an answer that was given up that it took too long, and does not try it again by itself", () => {
  const facts = errorFacts(
    new Error("wrapped", { cause: new DOMException("signal timed out", "TimeoutError") }),
  );
  expect(facts).toMatchObject({ kind: "silent", retryable: false, requestId: null });
  expect(facts.message).toContain("given up");
});
