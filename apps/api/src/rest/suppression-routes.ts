import { z } from "@hono/zod-openapi";
import { listSuppressions } from "@scrapersky/api";
import {
  type ErasurePreview,
  HEADERS,
  type Purge,
  type Suppression,
  SUPPRESSION_KINDS,
  SUPPRESSION_LENGTH_MAX,
  SUPPRESSION_REASON_LENGTH_MAX,
  SUPPRESSIONS_PER_CALL_MAX,
  type SuppressionsAdded,
} from "@scrapersky/api/contract";
import { RequestProblem } from "./answer-error.ts";
import { idInPath, text } from "./field.ts";
import { keyed, otherRequest } from "./keyed.ts";
import { texts } from "./list-field.ts";
import { legacyTime, time } from "./legacy-time.ts";
import { declareListRoute } from "./list-route.ts";
import { emptyListReason } from "./refusal.ts";
import { declareRoute, noSuch } from "./rest-route.ts";
import { shapeOf } from "./shape.ts";

const PURGE_ID = "3f0d7a52-5a4e-4a7e-9f3b-0c6d2b1a8e77";
const NO_ENTRIES = "entries list is required";

const rows = z.record(z.string(), z.int()).openapi({ description: "Rows by place" });

const purge = shapeOf<Purge>()("Purge", {
  purge_id: [z.uuid(), ({ purgeId }) => purgeId, PURGE_ID],
  scope: [z.enum(["results", "everywhere"]), ({ scope }) => scope, "results"],
  ended: [z.boolean(), ({ ended }) => ended, true],
  removed: [rows, ({ removed }) => removed, {}],
});

const suppression = shapeOf<Suppression>()("Suppression", {
  id: [z.uuid(), ({ suppressionId }) => suppressionId, "0d8f6c1e-7b54-4a0e-8f6e-51e9d7c0a2b4"],
  kind: [z.enum(SUPPRESSION_KINDS), ({ kind }) => kind, "domain"],
  entry: [z.string(), ({ entry }) => entry, "never.example"],
  reason: [z.string().nullable(), ({ reason }) => reason, "Asked us by phone"],
  created_at: [time, ({ createdAt }) => legacyTime(createdAt), "2026-11-21T09:00:00.123456+00:00"],
  purge_id: [z.uuid().nullable(), (of) => of.purge?.purgeId ?? null, PURGE_ID],
});

const added = shapeOf<SuppressionsAdded>()("SuppressionsAdded", {
  added: [z.int(), (of) => of.added, 1],
  known: [z.int(), (of) => of.known, 0],
  refused: [
    z.array(z.strictObject({ entry: z.string(), reason: z.string() })),
    (of) => of.refused,
    [{ entry: "anna@", reason: "This is no e-mail address." }],
  ],
  purge: [purge.schema.nullable(), (of) => of.purge && purge.of(of.purge), purge.example],
});

const preview = shapeOf<ErasurePreview>()("ErasurePreview", {
  kind: [z.enum(["email", "domain"]), ({ kind }) => kind, "email"],
  entry: [z.string(), ({ entry }) => entry, "anna@example.net"],
  found: [rows, ({ found }) => found, {}],
});

const entries = texts({
  max: SUPPRESSIONS_PER_CALL_MAX,
  lengthMax: SUPPRESSION_LENGTH_MAX,
  whenEmpty: NO_ENTRIES,
  description:
    "Domains, e-mail addresses, and patterns: *@example.com, *@*.example.com, *.example.com, info@*, info@*.example.com",
  example: ["*@gmx.de", "anna@"],
});
const reason = text({ min: 0, max: SUPPRESSION_REASON_LENGTH_MAX });
const subject = text({
  min: 1,
  max: SUPPRESSION_LENGTH_MAX,
  description: "An e-mail address or a domain",
  example: "anna@example.net",
});

const MISSING = { loc: ["body", "subject"], msg: "Field required", type: "missing" };

function requireSubject(given: string | undefined): string {
  if (given === undefined) throw new RequestProblem([MISSING]);
  return given;
}

const complainsOfEntries = {
  loc: ["body", "entries"],
  msg: "Field required",
  type: "missing",
};
const refusesNone = {
  400: { description: "No entries", reason: emptyListReason(NO_ENTRIES) },
};

export const SUPPRESSION_ROUTES = [
  declareListRoute({
    operationId: "listSuppressions",
    path: "/suppressions",
    noun: "suppressions",
    summary: "What is never visited, stored or exported, newest first",
    list: listSuppressions,
    shape: suppression,
    words: { q: { description: "Any part of an entry" } },
  }),

  declareRoute({
    operationId: "addSuppressions",
    method: "post",
    path: "/suppressions",
    noun: "suppressions",
    summary: "Suppress domains, addresses or patterns",
    description:
      "A domain stands for all hosts below it and their mailboxes. What scans found of an entry is removed; a purge that has not ended yet is gone on with by itself.",
    permission: "suppressions:write",
    takes: { body: { entries, reason }, header: keyed("gives the same answer") },
    tells: { [HEADERS.idempotentReplayed]: "true when an earlier call with this key added them" },
    answer: added.schema,
    example: added.example,
    refuses: { ...refusesNone, 409: otherRequest },
    complains: complainsOfEntries,
    respond: async (c, { body, header }) => {
      const made = await c.get("rest").api.suppressions.add({
        entries: body.entries,
        reason: body.reason,
        idempotencyKey: header[HEADERS.idempotencyKey],
      });
      if (made.replayed) c.header(HEADERS.idempotentReplayed, "true");
      return added.of(made);
    },
  }),

  declareRoute({
    operationId: "removeSuppressions",
    method: "post",
    path: "/suppressions/remove",
    noun: "suppressions",
    summary: "Take entries off the list",
    permission: "suppressions:write",
    takes: { body: { entries } },
    answer: z.strictObject({ removed: z.int() }),
    example: { removed: 1 },
    refuses: refusesNone,
    complains: complainsOfEntries,
    respond: async (c, { body }) => {
      const { api } = c.get("rest");
      return api.suppressions.remove({ entries: body.entries });
    },
  }),

  declareRoute({
    operationId: "getPurge",
    method: "get",
    path: "/suppressions/purges/{purge_id}",
    noun: "suppressions",
    summary: "How far the removal of what was stored has come",
    permission: "suppressions:read",
    takes: { path: { purge_id: idInPath({ format: "uuid" }) } },
    answer: purge.schema,
    example: purge.example,
    refuses: { 404: noSuch("Purge") },
    respond: async (c, { path }) => {
      const { api } = c.get("rest");
      return purge.of(await api.suppressions.purge({ purgeId: path.purge_id }));
    },
  }),

  declareRoute({
    operationId: "previewErasure",
    method: "post",
    path: "/suppressions/preview",
    noun: "suppressions",
    summary: "Count what an erasure would change",
    permission: "suppressions:write",
    needsOf: "contacts:read for an address",
    takes: { body: { subject } },
    answer: preview.schema,
    example: preview.example,
    complains: MISSING,
    respond: async (c, { body }) => {
      const { api } = c.get("rest");
      return preview.of(await api.suppressions.preview({ subject: requireSubject(body.subject) }));
    },
  }),

  declareRoute({
    operationId: "erase",
    method: "post",
    path: "/suppressions/erase",
    noun: "suppressions",
    summary: "Erase an address or a domain everywhere, and suppress it",
    description:
      "From results, lists as they were given, attempts, kept answers and the audit log. Nothing brings it back.",
    permission: "suppressions:write",
    takes: { body: { subject, reason } },
    answer: purge.schema,
    example: { ...purge.example, scope: "everywhere" },
    complains: MISSING,
    respond: async (c, { body }) => {
      const { api } = c.get("rest");
      const asked = { subject: requireSubject(body.subject), reason: body.reason };
      return purge.of(await api.suppressions.erase(asked));
    },
  }),
];
