import { describe, expect, it } from "vitest";
import { batchListInputOf } from "../batch/batch-list-input.ts";
import { isFiltered, jobListInputOf } from "../job/job-list-input.ts";
import { toSearchParams } from "./address-values.ts";

describe("the address of a list", () => {
  it("drops what it does not know instead of failing", () => {
    const params = new URLSearchParams("status=failed,nonsense&cursor=&q=%20&page=9");
    expect(batchListInputOf(params)).toEqual({ limit: 50, status: ["failed"], cursor: undefined });
    expect(jobListInputOf(params)).toMatchObject({ status: ["failed"], q: undefined });
  });

  it("asks for every filter it holds", () => {
    const input = jobListInputOf(
      toSearchParams({
        status: "failed,running",
        error: "timeout",
        q: "acme",
        batch: "b1",
        cursor: "c",
      }),
    );
    expect(input).toEqual({
      limit: 50,
      order: "newest",
      batchId: "b1",
      status: ["running", "failed"],
      errorCode: ["timeout"],
      q: "acme",
      cursor: "c",
    });
    expect(isFiltered(input)).toBe(true);
  });

  it("reads a batch's own jobs in the order of its lines, whatever the address says", () => {
    expect(jobListInputOf(new URLSearchParams("batch=other"), "mine")).toMatchObject({
      batchId: "mine",
      order: "batch",
    });
  });

  it("refuses text the server would refuse", () => {
    expect(jobListInputOf(new URLSearchParams({ q: "a".repeat(254) })).q).toBeUndefined();
  });
});
