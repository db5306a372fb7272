import { z } from "@hono/zod-openapi";
import { type BatchDraft, DRAFT_LINES_MAX } from "@scrapersky/api/contract";
import { batchPath } from "./batch-standing.ts";
import { count, oneOf } from "./field.ts";
import { declareRoute, noSuch } from "./rest-route.ts";
import { shapeOf } from "./shape.ts";

const draft = shapeOf<BatchDraft>()("BatchDraft", {
  label: [z.string().nullable(), ({ label }) => label, null],
  max_pages: [z.int(), ({ maxPages }) => maxPages, 50],
  max_concurrent: [z.int(), ({ maxConcurrent }) => maxConcurrent, 5],
  columns: [
    z.array(z.string()).openapi({ description: "Names of the cells; none for plain lines" }),
    ({ columns }) => columns,
    [],
  ],
  name_column: [z.int().nullable(), ({ nameColumn }) => nameColumn, null],
  rows: [z.array(z.array(z.string())), ({ rows }) => rows, [["example.com"]]],
  next: [
    z
      .strictObject({ line: z.int(), entry: z.int() })
      .nullable()
      .openapi({ description: "Where the next part begins: after_line and after_entry" }),
    ({ next }) => next,
    null,
  ],
});

/** The list of a batch and its settings, for another one to be made of. */
export const BATCH_DRAFT_ROUTE = declareRoute({
  operationId: "getBatchDraft",
  method: "get",
  path: "/batch_page_scraper/batch/{batch_id}/draft",
  noun: "batches",
  summary: "The list and the settings of a batch, for another one to be made of",
  description: `At most ${DRAFT_LINES_MAX.toLocaleString("en")} lines a time. Without contacts:read names of sites, and no more.`,
  permission: "batches:create",
  alsoNeeds: ["batches:read"],
  takes: {
    path: batchPath,
    query: {
      only: oneOf({ known: ["all", "failed"], description: "All lines, or those that failed" }),
      after_line: count({ description: "From next of the part before" }),
      after_entry: count({ description: "From next of the part before" }),
    },
  },
  answer: draft.schema,
  example: draft.example,
  refuses: { 404: noSuch("Batch") },
  complains: {
    loc: ["query", "only"],
    msg: "Input should be one of all, failed",
    type: "value_error",
  },
  respond: async (c, { path, query }) =>
    draft.of(
      await c.get("rest").api.batches.duplicate({
        batchId: path.batch_id,
        only: query.only as "all" | "failed" | undefined,
        after:
          query.after_line === undefined
            ? undefined
            : { line: query.after_line, entry: query.after_entry ?? 0 },
      }),
    ),
});
