import { z } from "@hono/zod-openapi";
import {
  type BatchValidated,
  type ListColumn,
  MAX_CONCURRENT_DEFAULT,
  MAX_CONCURRENT_MAX,
  MAX_PAGES_DEFAULT,
  MAX_PAGES_MAX,
  VALIDATE_LINES_MAX,
} from "@scrapersky/api/contract";
import { CELL_LENGTH_MAX, COLUMNS_MAX } from "@scrapersky/api";
import { RequestProblem } from "./answer-error.ts";
import { ownTenant, wholeNumber } from "./field.ts";
import { legacyTime, time } from "./legacy-time.ts";
import { listRows, listText, position } from "./list-field.ts";
import { declareRoute } from "./rest-route.ts";
import { shapeOf } from "./shape.ts";

const most = VALIDATE_LINES_MAX.toLocaleString("en");
const line = z.int();
const domain = z.string();

export const doubledLines = z.array(z.strictObject({ line, input: z.string(), of: z.int() }));
export const refusedLines = z.array(
  z.strictObject({ line, input: z.string(), reason: z.string() }),
);

export const listCut = z.strictObject({ columns: z.int(), cells: z.int() }).openapi({
  description: `Not kept of the list: columns behind the first ${COLUMNS_MAX}, and ends of cells behind ${CELL_LENGTH_MAX} characters. Left out where all is kept`,
});

const column = shapeOf<ListColumn>()("ListColumn", {
  name: [z.string(), ({ name }) => name, "Website"],
  holds: [z.enum(["names", "emails"]).nullable(), ({ holds }) => holds, "names"],
  read_by: [
    z.enum(["header", "content", "email", "choice"]).nullable(),
    ({ readBy }) => readBy,
    "header",
  ],
});

const validated = shapeOf<BatchValidated>()("BatchValidated", {
  valid: [
    z.array(z.strictObject({ line, domain })),
    ({ valid }) => valid,
    [{ line: 2, domain: "acme-bakery.com" }],
  ],
  fixed: [
    z.array(z.strictObject({ line, input: z.string(), domain })),
    ({ fixed }) => fixed,
    [{ line: 3, input: "https://www.harbor-dental.com/", domain: "harbor-dental.com" }],
  ],
  recent: [
    z.array(z.strictObject({ line, domain, lastScanAt: time })),
    ({ recent }) => recent.map((of) => ({ ...of, lastScanAt: legacyTime(of.lastScanAt) })),
    [{ line: 4, domain: "example.com", lastScanAt: "2026-11-21T09:00:07.310022+00:00" }],
  ],
  duplicates: [
    doubledLines,
    ({ duplicates }) => duplicates,
    [{ line: 5, input: "ACME-bakery.com", of: 2 }],
  ],
  invalid: [
    refusedLines,
    ({ invalid }) => invalid,
    [{ line: 6, input: "unknown", reason: "A domain name needs an ending such as .com." }],
  ],
  columns: [
    z.array(column.schema),
    ({ columns }) => columns.map(column.of),
    [{ name: "Name", holds: null, read_by: null }, column.example],
  ],
  cut: [listCut.optional(), ({ cut }) => cut, undefined],
  estimate: [
    z.strictObject({ domains: z.int(), pages: z.int(), seconds: z.int() }),
    ({ estimate }) => estimate,
    { domains: 3, pages: 36, seconds: 12 },
  ],
});

/** Sorts a list before anything is made of it. */
export const VALIDATE_ROUTE = declareRoute({
  operationId: "validateList",
  method: "post",
  path: "/batch_page_scraper/validate",
  noun: "batches",
  summary: "Sort a list before it is submitted",
  description: `Text or rows of at most ${most} lines, as people have them. Groups exclude each other: a line is invalid, else a duplicate, else scanned in the last 24 hours, else fixed, else valid. The estimate is for all domains. Nothing is stored.`,
  permission: "batches:create",
  takes: {
    body: {
      text: listText({
        description: "The list: lines, CSV with any delimiter, JSON",
        example: "Name,Website\nAcme,acme-bakery.com",
      }),
      rows: listRows({ description: "Instead of text: lines, or a list of cells for each" }),
      column: position({
        description: "Column that names are read from, counted from 0; found by itself if left out",
      }),
      max_pages: wholeNumber({
        min: 1,
        max: MAX_PAGES_MAX,
        default: MAX_PAGES_DEFAULT,
        description: "For the estimate",
      }),
      max_concurrent: wholeNumber({
        min: 1,
        max: MAX_CONCURRENT_MAX,
        default: MAX_CONCURRENT_DEFAULT,
        description: "For the estimate",
      }),
      tenant_id: ownTenant,
    },
  },
  answer: validated.schema,
  example: validated.example,
  complains: { loc: ["body", "text"], msg: "Field required", type: "missing" },
  respond: async (c, { body }) => {
    const { text, rows } = body;
    if (text === undefined && rows === undefined)
      throw new RequestProblem([{ loc: ["body", "text"], msg: "Field required", type: "missing" }]);
    const { api } = c.get("rest");
    return validated.of(
      await api.batches.validate({
        ...(text === undefined ? { rows } : { text }),
        column: body.column,
        maxPages: body.max_pages,
        maxConcurrent: body.max_concurrent,
      }),
    );
  },
});
