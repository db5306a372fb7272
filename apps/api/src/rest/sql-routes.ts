import { randomUUID } from "node:crypto";
import { z } from "@hono/zod-openapi";
import {
  type PlanAnswer,
  type PlanNode,
  SAVED_SQL_MAX,
  type SavedSql,
  SQL_HISTORY_MAX,
  SQL_NAME_LENGTH_MAX,
  SQL_TEXT_LENGTH_MAX,
  type SqlRun,
  type SqlState,
} from "@scrapersky/api/contract";
import { RequestProblem } from "./answer-error.ts";
import { filter, idInPath, requiredText } from "./field.ts";
import { legacyTime, time } from "./legacy-time.ts";
import { declareRoute, noSuch } from "./rest-route.ts";
import { shapeOf } from "./shape.ts";

// What belongs to read-only SQL beside a run of it.

const RUN_ID = "0a6b7f0e-3f1c-4e55-9a1b-3d1f5a0f3c11";
const AT = "2026-11-21T09:00:00.123456+00:00";
const word = z.string().nullable();
const number = z.int().nullable();

const state = shapeOf<SqlState>()("SqlState", {
  on: [z.boolean(), ({ on }) => on, true],
  why: [word, ({ why }) => why, null],
  mend: [
    word.openapi({ description: "Statements for whoever may make roles, or a command" }),
    ({ mend }) => mend,
    null,
  ],
  limits: [
    z.strictObject({
      time_ms: z.int(),
      rows: z.int(),
      bytes: z.int(),
      temporary_bytes: z.int(),
    }),
    ({ limits }) => ({
      time_ms: limits.timeMs,
      rows: limits.rows,
      bytes: limits.bytes,
      temporary_bytes: limits.temporaryBytes,
    }),
    { time_ms: 5_000, rows: 1_000, bytes: 2_000_000, temporary_bytes: 536_870_912 },
  ],
  tables: [
    z
      .array(z.strictObject({ name: z.string(), columns: z.array(z.string()) }))
      .openapi({ description: "What a statement may name" }),
    ({ tables }) => tables,
    [
      {
        name: "user_roles",
        columns: ["id", "user_id", "role_id", "created_at", "tenant_id", "updated_at"],
      },
    ],
  ],
});

const run = shapeOf<SqlRun>()("SqlRun", {
  id: [z.uuid(), ({ runId }) => runId, RUN_ID],
  kind: [z.enum(["query", "explain"]), ({ kind }) => kind, "query"],
  sql: [z.string(), ({ sql }) => sql, "select 1 as one"],
  outcome: [z.enum(["answered", "refused", "failed"]).nullable(), (of) => of.outcome, "answered"],
  says: [word, ({ says }) => says, null],
  rows: [number, ({ rows }) => rows, 1],
  elapsed_ms: [number, ({ elapsedMs }) => elapsedMs, 4],
  started_at: [time, ({ startedAt }) => legacyTime(startedAt), AT],
});

const saved = shapeOf<SavedSql>()("SavedSql", {
  id: [z.uuid(), ({ savedId }) => savedId, "3d0f5b8e-91c7-4a2b-8e6d-5f4c3b2a1908"],
  name: [z.string(), ({ name }) => name, "One"],
  sql: [z.string(), (of) => of.sql, "select 1 as one"],
  created_at: [time, ({ createdAt }) => legacyTime(createdAt), AT],
});

const step: z.ZodType<PlanNode> = z
  .strictObject({
    what: z.string(),
    cost: z.number(),
    rows: z.number(),
    notes: z.array(z.string()),
    get children() {
      return z.array(step);
    },
  })
  .openapi("PlanStep");

const planned = shapeOf<Extract<PlanAnswer, { outcome: "answered" }>>()("SqlPlan", {
  run_id: [z.uuid(), ({ runId }) => runId, RUN_ID],
  plan: [
    step,
    ({ plan }) => plan,
    { what: "Result", cost: 0.01, rows: 1, notes: [], children: [] },
  ],
  elapsed_ms: [z.int(), ({ elapsedMs }) => elapsedMs, 4],
});

const sql = requiredText({ max: SQL_TEXT_LENGTH_MAX, example: "select 1 as one" });
const noSql = { loc: ["body", "sql"], msg: "Field required", type: "missing" };

export const SQL_ROUTES = [
  declareRoute({
    operationId: "getSqlState",
    method: "get",
    path: "/db-portal/sql",
    noun: "db-portal",
    summary: "Whether read-only SQL can run here, within which limits, and what it may name",
    permission: "platform:db.query",
    takes: {
      query: { q: filter({ max: SQL_NAME_LENGTH_MAX, description: "Any part of a table's name" }) },
    },
    answer: state.schema,
    example: state.example,
    respond: async (c, { query: { q = "" } }) => {
      const { tables, ...of } = await c.get("rest").api.db.sqlState();
      return state.of({ ...of, tables: tables.filter(({ name }) => name.includes(q)) });
    },
  }),

  declareRoute({
    operationId: "explainSql",
    method: "post",
    path: "/db-portal/explain",
    noun: "db-portal",
    summary: "How a statement would run; it is not run",
    permission: "platform:db.query",
    takes: { body: { sql } },
    answer: z.strictObject({ data: planned.schema }),
    example: { data: planned.example },
    complains: noSql,
    respond: async (c, { body }) => {
      const answer = await c.get("rest").api.db.explain({ sql: body.sql, runId: randomUUID() });
      if (answer.outcome !== "answered") {
        throw new RequestProblem([{ ...noSql, msg: answer.says, type: "sql_refused" }]);
      }
      return { data: planned.of(answer) };
    },
  }),

  declareRoute({
    operationId: "listSqlRuns",
    method: "get",
    path: "/db-portal/runs",
    noun: "db-portal",
    summary: "What one ran last",
    description: `The newest ${SQL_HISTORY_MAX}.`,
    permission: "platform:db.query",
    answer: z.strictObject({ data: z.array(run.schema) }),
    example: { data: [run.example] },
    respond: async (c) => ({ data: (await c.get("rest").api.db.queryHistory()).map(run.of) }),
  }),

  declareRoute({
    operationId: "cancelSqlRun",
    method: "post",
    path: "/db-portal/runs/{run_id}/cancel",
    noun: "db-portal",
    summary: "Ask for the end of a run of one's own",
    description: "One that has ended stays as it is.",
    permission: "platform:db.query",
    takes: { path: { run_id: idInPath({ format: "uuid" }) } },
    answer: z.strictObject({ asked: z.literal(true) }),
    example: { asked: true },
    refuses: { 404: noSuch("Run") },
    respond: (c, { path }) => c.get("rest").api.db.cancelQuery({ runId: path.run_id }),
  }),

  declareRoute({
    operationId: "listSavedSql",
    method: "get",
    path: "/db-portal/saved",
    noun: "db-portal",
    summary: "Statements that one keeps, by name",
    permission: "platform:db.query",
    answer: z.strictObject({ data: z.array(saved.schema) }),
    example: { data: [saved.example] },
    respond: async (c) => ({ data: (await c.get("rest").api.db.savedQueries()).map(saved.of) }),
  }),

  declareRoute({
    operationId: "saveSql",
    method: "put",
    path: "/db-portal/saved",
    noun: "db-portal",
    summary: "Keep a statement under a name",
    description: `One that is kept under it already is replaced; ${SAVED_SQL_MAX} at most.`,
    permission: "platform:db.query",
    takes: {
      body: { name: requiredText({ max: SQL_NAME_LENGTH_MAX, example: "One" }), sql },
    },
    answer: saved.schema,
    example: saved.example,
    complains: noSql,
    respond: async (c, { body }) => saved.of(await c.get("rest").api.db.saveQuery(body)),
  }),

  declareRoute({
    operationId: "deleteSavedSql",
    method: "delete",
    path: "/db-portal/saved/{saved_id}",
    noun: "db-portal",
    summary: "Keep a statement no longer",
    permission: "platform:db.query",
    takes: { path: { saved_id: idInPath({ format: "uuid" }) } },
    answer: z.strictObject({ data: z.strictObject({ deleted: z.literal(true) }) }),
    example: { data: { deleted: true } },
    refuses: { 404: noSuch("Saved statement") },
    respond: async (c, { path }) => ({
      data: await c.get("rest").api.db.deleteQuery({ savedId: path.saved_id }),
    }),
  }),
];
