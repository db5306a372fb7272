import { z } from "@hono/zod-openapi";
import {
  DRIFT_HISTORY_MAX,
  DRIFT_REASON_LENGTH_MAX,
  type Drift,
  type DriftChange,
  type DriftDifference,
} from "@scrapersky/api/contract";
import { requiredText } from "./field.ts";
import { legacyTime, time } from "./legacy-time.ts";
import { declareRoute, noSuch } from "./rest-route.ts";
import { shapeOf } from "./shape.ts";

const SEVERITIES = ["breaking", "harmful", "harmless"] as const;
const KEY = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
const KEY_LENGTH = 64;
const AT = "2026-11-21T09:00:00.123456+00:00";
const counts = z.strictObject({ breaking: z.int(), harmful: z.int(), harmless: z.int() });
const NONE = { breaking: 0, harmful: 0, harmless: 0 };

const difference = shapeOf<DriftDifference>()("DriftDifference", {
  key: [z.string(), ({ key }) => key, KEY],
  severity: [z.enum(SEVERITIES), ({ severity }) => severity, "harmless"],
  what: [z.string(), ({ what }) => what, "column app.drift_ignored.extra"],
  sentence: [
    z.string(),
    ({ sentence }) => sentence,
    "app.drift_ignored.extra exists in the database, may be NULL, and is unknown to the schema: nothing of ours reads or writes it",
  ],
  mend: [
    z.string().openapi({ description: "SQL, or a comment where none can mend it" }),
    ({ mend }) => mend,
    "-- nothing to do; to remove it: alter table app.drift_ignored drop column extra;",
  ],
  ignored: [
    z.strictObject({ reason: z.string(), by: z.string().nullable(), at: time }).nullable(),
    ({ ignored }) => ignored && { ...ignored, at: legacyTime(ignored.at) },
    null,
  ],
});

const drift = shapeOf<Drift>()("Drift", {
  fingerprint: [z.string(), ({ fingerprint }) => fingerprint, KEY],
  differences: [
    z.array(difference.schema),
    ({ differences }) => differences.map(difference.of),
    [difference.example],
  ],
  counts: [
    counts.openapi({ description: "Without those that are ignored" }),
    (of) => of.counts,
    { ...NONE, harmless: 1 },
  ],
  tables: [z.int(), ({ tables }) => tables, 60],
  unknown_tables: [z.array(z.string()), ({ unknownTables }) => unknownTables, []],
});

const period = shapeOf<DriftChange>()("DriftChange", {
  number: [z.int(), ({ number }) => number, 1],
  fingerprint: [z.string(), ({ fingerprint }) => fingerprint, KEY],
  counts: [counts, (of) => of.counts, NONE],
  first_at: [time, ({ firstAt }) => legacyTime(firstAt), AT],
  last_at: [time, ({ lastAt }) => legacyTime(lastAt), AT],
  came: [z.array(z.string()), ({ came }) => came, []],
  went: [z.array(z.string()), ({ went }) => went, []],
});

const key = requiredText({
  max: KEY_LENGTH,
  description: "Of a difference, as it is told",
  example: KEY,
});
const noKey = { loc: ["body", "key"], msg: "Field required", type: "missing" };

export const DRIFT_ROUTES = [
  declareRoute({
    operationId: "getDrift",
    method: "get",
    path: "/drift",
    noun: "platform",
    summary: "How schema and database differ now, worst first",
    permission: "platform:db.read",
    answer: drift.schema,
    example: drift.example,
    respond: async (c) => drift.of(await c.get("rest").api.drift.now()),
  }),

  declareRoute({
    operationId: "listDriftChanges",
    method: "get",
    path: "/drift/history",
    noun: "platform",
    summary: "When schema and database began to differ in another way",
    description: `The newest first, ${DRIFT_HISTORY_MAX} at most.`,
    permission: "platform:db.read",
    answer: z.strictObject({ data: z.array(period.schema) }),
    example: { data: [period.example] },
    respond: async (c) => ({ data: (await c.get("rest").api.drift.history()).map(period.of) }),
  }),

  declareRoute({
    operationId: "checkDrift",
    method: "post",
    path: "/drift/check",
    noun: "platform",
    summary: "Compare now, and keep what is found",
    permission: "platform:db.read",
    answer: z.strictObject({ checked: z.literal(true) }),
    example: { checked: true },
    respond: (c) => c.get("rest").api.drift.check(),
  }),

  declareRoute({
    operationId: "ignoreDrift",
    method: "post",
    path: "/drift/ignore",
    noun: "platform",
    summary: "Say that a difference is meant to be, and why",
    description: "Its key changes when it does, so that it counts again. For people alone.",
    permission: "platform:db.ack",
    takes: { body: { key, reason: requiredText({ max: DRIFT_REASON_LENGTH_MAX }) } },
    answer: z.strictObject({ ignored: z.literal(true) }),
    example: { ignored: true },
    refuses: { 404: noSuch("Difference") },
    complains: noKey,
    respond: (c, { body }) => c.get("rest").api.drift.ignore(body),
  }),

  declareRoute({
    operationId: "heedDrift",
    method: "post",
    path: "/drift/heed",
    noun: "platform",
    summary: "Have an ignored difference count again",
    permission: "platform:db.ack",
    takes: { body: { key } },
    answer: z.strictObject({ ignored: z.literal(false) }),
    example: { ignored: false },
    refuses: { 404: noSuch("Difference") },
    complains: noKey,
    respond: (c, { body }) => c.get("rest").api.drift.heed(body),
  }),
];
