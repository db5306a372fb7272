import { z } from "@hono/zod-openapi";
import { listExports } from "@scrapersky/api";
import { EXPORT_FORMATS, type Export } from "@scrapersky/api/contract";
import { idInPath } from "./field.ts";
import { legacyTime, legacyTimeOrNull, time } from "./legacy-time.ts";
import { declareListRoute } from "./list-route.ts";
import { declareRoute, noSuch } from "./rest-route.ts";
import { shapeOf } from "./shape.ts";

const STARTED = "2026-11-21T09:00:00.123456+00:00";
const count = z.int();

const logged = shapeOf<Export>()("Export", {
  id: [z.uuid(), ({ exportId }) => exportId, "d4b6e2f8-1c3a-4f5e-9b7d-8a0c6e4f2b19"],
  list: [z.string(), ({ list }) => list, "leads"],
  format: [z.enum(EXPORT_FORMATS), ({ format }) => format, "csv"],
  status: [z.enum(["running", "complete", "abandoned", "failed"]), (of) => of.status, "complete"],
  filters: [z.record(z.string(), z.unknown()), ({ filters }) => filters, {}],
  columns: [z.array(z.string()), ({ columns }) => columns, ["domain"]],
  since: [z.uuid().nullable(), ({ since }) => since, null],
  rows: [count, ({ rows }) => rows, 1],
  bytes: [count, ({ bytes }) => bytes, 40],
  cut: [count, ({ cut }) => cut, 0],
  as_of: [time, ({ asOf }) => legacyTime(asOf), STARTED],
  created_by: [z.string().nullable(), ({ createdBy }) => createdBy?.name ?? null, "Ann Example"],
  started_at: [time, ({ startedAt }) => legacyTime(startedAt), STARTED],
  ended_at: [time.nullable(), ({ endedAt }) => legacyTimeOrNull(endedAt), STARTED],
});

export const EXPORT_LOG_ROUTES = [
  declareListRoute({
    operationId: "listExports",
    path: "/exports",
    noun: "exports",
    summary: "Who took what, newest first",
    list: listExports,
    shape: logged,
  }),

  declareRoute({
    operationId: "getExport",
    method: "get",
    path: "/exports/{export_id}",
    noun: "exports",
    summary: "One export",
    permission: "export:read",
    takes: { path: { export_id: idInPath({ format: "uuid" }) } },
    answer: logged.schema,
    example: logged.example,
    refuses: { 404: noSuch("Export") },
    respond: async (c, { path: { export_id: exportId } }) =>
      logged.of(await c.get("rest").api.exports.byId({ exportId })),
  }),
];
