import { z } from "@hono/zod-openapi";
import { listAudit, listPlatformAudit } from "@scrapersky/api";
import type { AuditRow } from "@scrapersky/api/contract";
import { legacyTime, time } from "./legacy-time.ts";
import { declareListRoute } from "./list-route.ts";
import { shapeOf } from "./shape.ts";

const row = shapeOf<AuditRow>()("AuditRow", {
  id: [z.int(), ({ auditId }) => Number(auditId), 903],
  at: [time, ({ at }) => legacyTime(at), "2026-11-21T09:00:00.123456+00:00"],
  actor_id: [
    z.uuid().nullable(),
    ({ actor }) => actor?.id ?? null,
    "c2a5f1de-35a4-4c0f-9a59-6b8f0f0e9d31",
  ],
  actor_name: [z.string().nullable(), ({ actor }) => actor?.name ?? null, "Ann Example"],
  action: [z.string(), ({ action }) => action, "batches.create"],
  outcome: [z.enum(["done", "refused", "failed"]), ({ outcome }) => outcome, "done"],
  count: [z.int(), ({ count }) => count, 1],
  target_type: [z.string().nullable(), ({ targetType }) => targetType, "batch"],
  target_id: [
    z.string().nullable(),
    ({ targetId }) => targetId,
    "0f8b1c9e-6d1e-4a52-9f0a-3f4f6f1f7c11",
  ],
  source: [
    z.string().nullable(),
    ({ source }) => source,
    "rest:key:0f8b1c9e-6d1e-4a52-9f0a-3f4f6f1f7c11",
  ],
  request_id: [
    z.string().nullable(),
    ({ requestId }) => requestId,
    "7c0d7f9e-0a43-4a8c-8f5b-2d3a9f6f5b21",
  ],
  detail: [
    z.record(z.string(), z.unknown()).nullable(),
    ({ detail }) => detail,
    { jobs: 1, invalid: 0, max_pages: 50 },
  ],
});

const BY_COMMAND: typeof row.example = {
  ...row.example,
  actor_id: null,
  actor_name: null,
  action: "platform.grant",
  target_type: "profile",
  source: "cli",
  request_id: null,
  detail: { before: { role: "USER" }, after: { role: "GLOBAL_ADMIN" } },
};

const words = {
  action: { description: "As procedures are called; batches stands for all of batches" },
  actor: { description: "Id of a person or a service account" },
  targetId: { description: "Id of what it was done to" },
};

export const AUDIT_ROUTES = [
  declareListRoute({
    operationId: "listAudit",
    path: "/audit",
    noun: "audit",
    summary: "Who did what, who was refused and who signed in, newest first",
    description:
      "Without contacts:read what was said of it is null, and of what it was done to too.",
    list: listAudit,
    shape: row,
    words,
  }),

  declareListRoute({
    operationId: "listPlatformAudit",
    path: "/audit/platform",
    noun: "audit",
    summary: "What was done to no tenant, such as by commands, newest first",
    description:
      "For the platform's staff. Without contacts:read what was said of it is null, and of what it was done to too.",
    list: listPlatformAudit,
    shape: { ...row, example: BY_COMMAND },
    words,
  }),
];
