import { JOB_LIST, LEAD_LIST } from "@scrapersky/api/lists";
import { expect, it } from "vitest";
import { JOB_LABELS } from "../job/job-list-labels.ts";
import { LEAD_LABELS } from "../lead/lead-list-labels.ts";
import { readFilterLine, writeToken } from "./filter-line.ts";

it("reads several filters and a search out of one line", () => {
  expect(
    readFilterLine(LEAD_LIST, LEAD_LABELS, 'technology:Shopify has:phone region:"New York" bakery'),
  ).toEqual({
    filters: { technology: ["Shopify"], has: ["phone"], region: ["New York"] },
    rest: "bakery",
  });
});

it.each([
  ["status:failed,running", { status: ["failed", "running"] }],
  ["Status:Waiting", { status: ["pending"] }],
  ["STATUS:Complete reason:timeout", { status: ["complete"], errorCode: ["timeout"] }],
  ["error:timeout", { errorCode: ["timeout"] }],
])("knows filters and words by address and by label: %s", (line, filters) => {
  expect(readFilterLine(JOB_LIST, JOB_LABELS, line)).toEqual({ filters, rest: "" });
});

it.each(["status:nonsense", "colour:red", "https://acme.com/a", "status:", "a:b:c"])(
  "leaves %s to the search, for it names nothing",
  (line) => {
    expect(readFilterLine(JOB_LIST, JOB_LABELS, line)).toEqual({ filters: {}, rest: line });
  },
);

it("reads what it writes", () => {
  for (const word of ["Shopify", "New York", "Frankfurt, Main", "Île"]) {
    expect(readFilterLine(LEAD_LIST, LEAD_LABELS, writeToken("town", word)).filters).toEqual({
      town: [word],
    });
  }
});
