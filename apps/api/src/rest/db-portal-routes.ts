import { randomUUID } from "node:crypto";
import { z } from "@hono/zod-openapi";
import {
  type DbSample,
  type DbTable,
  type DbTableDetail,
  SAMPLE_ROWS,
  SQL_TEXT_LENGTH_MAX,
  type SqlAnswer,
} from "@scrapersky/api/contract";
import { RequestProblem } from "./answer-error.ts";
import { filter, idInPath, text, wholeNumber } from "./field.ts";
import { declareRoute, noSuch } from "./rest-route.ts";
import { shapeOf } from "./shape.ts";

// The first system's look into the database, which let anybody in and ran whatever was sent. Here it only reads.

const NAME_LENGTH_MAX = 63;
const TABLE = "public.user_roles";

const table = shapeOf<DbTable>()("DbTable", {
  schema: [z.string(), ({ schema }) => schema, "public"],
  name: [z.string(), (of) => of.table, "user_roles"],
  row_estimate: [z.int().nullable(), ({ rows }) => rows, null],
  bytes: [z.int(), ({ bytes }) => bytes, 65_536],
  columns: [z.int(), ({ columns }) => columns, 6],
  shown: [z.boolean(), ({ shown }) => shown, true],
});

const column = z.strictObject({
  name: z.string(),
  type: z.string(),
  nullable: z.boolean(),
  default: z.string().nullable(),
  masked: z.boolean(),
});
const index = z.strictObject({ name: z.string(), definition: z.string(), bytes: z.int() });
const key = z.strictObject({ name: z.string(), definition: z.string() });

const exampleColumn = (name: string, type: string, more: object = {}) => ({
  name,
  type,
  nullable: false,
  default: null,
  masked: false,
  ...more,
});
const exampleIndex = (kind: string, name: string, columns: string) => ({
  name,
  definition: `CREATE ${kind} ${name} ON public.user_roles USING btree (${columns})`,
  bytes: 8_192,
});
const exampleKey = (name: string, from: string, to: string) => ({
  name,
  definition: `FOREIGN KEY (${from}) REFERENCES ${to}(id) ON DELETE CASCADE`,
});

const detail = shapeOf<DbTableDetail>()("DbTableDetail", {
  schema: [z.string(), ({ schema }) => schema, "public"],
  name: [z.string(), (of) => of.table, "user_roles"],
  row_estimate: [z.int().nullable(), ({ rows }) => rows, null],
  bytes: [z.int(), ({ bytes }) => bytes, 65_536],
  shown: [z.boolean(), ({ shown }) => shown, true],
  columns: [
    z.array(column),
    ({ columns }) => columns,
    [
      exampleColumn("id", "uuid", { default: "gen_random_uuid()" }),
      exampleColumn("user_id", "uuid"),
      exampleColumn("role_id", "integer"),
      exampleColumn("created_at", "timestamp with time zone", { default: "now()" }),
      exampleColumn("tenant_id", "uuid", { nullable: true }),
      exampleColumn("updated_at", "timestamp with time zone", { nullable: true }),
    ],
  ],
  indexes: [
    z.array(index),
    ({ indexes }) => indexes.map(({ name, definition, bytes }) => ({ name, definition, bytes })),
    [
      exampleIndex("INDEX", "idx_user_roles_user_id", "user_id"),
      exampleIndex("INDEX", "ix_user_roles_tenant_id", "tenant_id"),
      exampleIndex("UNIQUE INDEX", "user_roles_pkey", "id"),
      exampleIndex("UNIQUE INDEX", "user_roles_user_id_role_id_key", "user_id, role_id"),
    ],
  ],
  foreign_keys: [
    z.array(key),
    ({ refersTo }) => refersTo,
    [
      exampleKey("fk_user_roles_profile", "user_id", "profiles"),
      exampleKey("fk_user_roles_tenant_id", "tenant_id", "tenants"),
      exampleKey("user_roles_role_id_fkey", "role_id", "roles"),
    ],
  ],
});

const value = z.string().nullable();

const sample = shapeOf<DbSample>()("DbSample", {
  columns: [
    z.array(z.string()),
    ({ columns }) => columns.map(({ name }) => name),
    ["id", "user_id", "role_id", "created_at", "tenant_id", "updated_at"],
  ],
  masked: [
    z.array(z.string()),
    ({ columns }) => columns.filter((one) => one.masked).map(({ name }) => name),
    [],
  ],
  rows: [z.array(z.array(value)), ({ rows }) => rows, []],
});

const answered = shapeOf<Extract<SqlAnswer, { outcome: "answered" }>>()("SqlRows", {
  run_id: [z.uuid(), ({ runId }) => runId, "0a6b7f0e-3f1c-4e55-9a1b-3d1f5a0f3c11"],
  columns: [
    z.array(z.strictObject({ name: z.string(), type: z.string() })),
    ({ columns }) => columns,
    [{ name: "one", type: "integer" }],
  ],
  rows: [z.array(z.array(value)), ({ rows }) => rows, [["1"]]],
  truncated: [z.boolean(), ({ truncated }) => truncated, false],
  elapsed_ms: [z.int(), ({ elapsedMs }) => elapsedMs, 4],
});

const complainOf = (msg: string, type: string) => ({ loc: ["body", "sql"], msg, type });
const MISSING = complainOf("Field required", "missing");
const inPath = { table: idInPath({ description: "With its schema", example: TABLE }) };

export const DB_PORTAL_ROUTES = [
  declareRoute({
    operationId: "listDbTables",
    method: "get",
    path: "/db-portal/tables",
    noun: "db-portal",
    summary: "Tables of the product, with about how many rows, and what they take",
    permission: "platform:db.read",
    takes: { query: { q: filter({ max: NAME_LENGTH_MAX, description: "Any part of a name" }) } },
    answer: z.strictObject({ data: z.array(table.schema) }),
    example: { data: [table.example] },
    respond: async (c, { query: { q = "" } }) => {
      const tables = await c.get("rest").api.db.tables();
      return { data: tables.filter((one) => one.table.includes(q)).map(table.of) };
    },
  }),

  declareRoute({
    operationId: "getDbTable",
    method: "get",
    path: "/db-portal/tables/{table}",
    noun: "db-portal",
    summary: "Columns, indexes and keys of a table",
    permission: "platform:db.read",
    takes: { path: inPath },
    answer: z.strictObject({ data: detail.schema }),
    example: { data: detail.example },
    refuses: { 404: noSuch("Table") },
    respond: async (c, { path }) => ({
      data: detail.of(await c.get("rest").api.db.table({ table: path.table })),
    }),
  }),

  declareRoute({
    operationId: "sampleDbTable",
    method: "get",
    path: "/db-portal/tables/{table}/sample",
    noun: "db-portal",
    summary: "Some rows of a table, without secrets",
    description: "Of any tenant. The audit log tells who looked.",
    permission: "platform:db.read",
    alsoNeeds: ["contacts:read"],
    takes: {
      path: inPath,
      query: { limit: wholeNumber({ min: 1, max: SAMPLE_ROWS.max, default: SAMPLE_ROWS.default }) },
    },
    answer: z.strictObject({ data: sample.schema }),
    example: { data: sample.example },
    refuses: { 404: noSuch("Table") },
    respond: async (c, { path, query }) => ({
      data: sample.of(await c.get("rest").api.db.sample({ table: path.table, limit: query.limit })),
    }),
  }),

  declareRoute({
    operationId: "querySql",
    method: "post",
    path: "/db-portal/query",
    noun: "db-portal",
    summary: "Run one statement that reads",
    description:
      "5 s, 1,000 rows and 2 MB at most. A statement that is refused or fails is a 422 that says why. The audit log tells who asked.",
    permission: "platform:db.query",
    alsoNeeds: ["contacts:read"],
    takes: {
      body: { sql: text({ min: 1, max: SQL_TEXT_LENGTH_MAX, example: "select 1 as one" }) },
    },
    answer: z.strictObject({ data: answered.schema }),
    example: { data: answered.example },
    complains: MISSING,
    respond: async (c, { body }) => {
      if (body.sql === undefined) throw new RequestProblem([MISSING]);
      const { api } = c.get("rest");
      const answer = await api.db.query({ sql: body.sql, runId: randomUUID() });
      if (answer.outcome !== "answered") {
        throw new RequestProblem([complainOf(answer.says, "sql_refused")]);
      }
      return { data: answered.of(answer) };
    },
  }),
];
