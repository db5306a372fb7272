import { type GivenRow, LINE_LENGTH_MAX } from "@scrapersky/api/contract";
import { RequestProblem } from "./answer-error.ts";
import { listRows, listText, position, textsOrNone } from "./list-field.ts";

/** Lines that one request brings. */
export const LINES_MAX = 10_000;
export const NO_DOMAINS = "domains list is required";

/** A list in one of its forms, as bodies hold it. */
export const givenFields = {
  domains: textsOrNone({
    max: LINES_MAX,
    lengthMax: LINE_LENGTH_MAX,
    whenEmpty: NO_DOMAINS,
    description: "Names or addresses of web sites, as people write them",
    example: ["example.com"],
  }),
  text: listText({ description: "Instead of domains: lines, CSV with any delimiter, JSON" }),
  rows: listRows({ description: "Instead of domains: lines, or a list of cells for each" }),
  column: position({
    description:
      "Of text or rows, the column that names are read from, counted from 0; found by itself if left out",
  }),
};

interface Lists {
  domains: string[] | undefined;
  text: string | undefined;
  rows: GivenRow[] | undefined;
}

/** @throws RequestProblem unless exactly one is given */
export function listOf({ domains, text, rows }: Lists) {
  const problem = (msg: string, type: string) =>
    new RequestProblem([{ loc: ["body", "domains"], msg, type }]);
  if ([domains, text, rows].filter((one) => one !== undefined).length > 1)
    throw problem("Give either domains, text or rows", "value_error");
  if (domains) return { domains };
  if (rows) return { rows };
  if (text === undefined) throw problem("Field required", "missing");
  return { text };
}
