import { z } from "@hono/zod-openapi";
import { BEST_EMAILS, KEEP_DAYS_MAX, type Settings } from "@scrapersky/api/contract";
import { oneOf } from "./field.ts";
import { legacyTimeOrNull, time } from "./legacy-time.ts";
import { declareRoute } from "./rest-route.ts";
import { shapeOf } from "./shape.ts";

const days = z
  .int()
  .nullable()
  .openapi({ description: "Days for which it is kept; null: for ever" });
const keptDays = (description: string) =>
  z
    .int()
    .min(1)
    .max(KEEP_DAYS_MAX)
    .nullable()
    .optional()
    .openapi({
      description: `${description}; null: for ever`,
    });

const settings = shapeOf<Settings>()("Settings", {
  best_email: [
    z.enum(BEST_EMAILS).openapi({ description: "That of the business, or a person's" }),
    ({ bestEmail }) => bestEmail,
    "role",
  ],
  keep_batches_days: [days, ({ keepBatchesDays }) => keepBatchesDays, null],
  keep_leads_days: [days, ({ keepLeadsDays }) => keepLeadsDays, null],
  updated_at: [time.nullable(), ({ updatedAt }) => legacyTimeOrNull(updatedAt), null],
});

export const SETTINGS_ROUTES = [
  declareRoute({
    operationId: "getSettings",
    method: "get",
    path: "/settings",
    noun: "settings",
    summary: "How the tenant wants things",
    permission: "overview:read",
    answer: settings.schema,
    example: settings.example,
    respond: async (c) => settings.of(await c.get("rest").api.settings.get()),
  }),

  declareRoute({
    operationId: "updateSettings",
    method: "post",
    path: "/settings",
    noun: "settings",
    summary: "Change how the tenant wants things",
    permission: "settings:write",
    alsoNeeds: ["overview:read"],
    takes: {
      body: {
        best_email: oneOf({
          known: BEST_EMAILS,
          description: "Which mailbox is the best of a lead",
        }),
        keep_batches_days: keptDays("Days for which batches that are over are kept"),
        keep_leads_days: keptDays("Days for which a lead is kept after its last scan"),
        updated_at: z.iso.datetime({ offset: true }).nullable().optional().openapi({
          description:
            "What it was read with; left out, whatever stands there by now is written over",
        }),
      },
    },
    answer: settings.schema,
    example: { ...settings.example, updated_at: "2026-11-21T09:00:00.123456+00:00" },
    refuses: {
      409: {
        description: "Somebody else changed it meanwhile",
        reason: {
          message: "Somebody else changed the settings meanwhile. Read them again.",
          code: "STALE",
        },
      },
    },
    complains: {
      loc: ["body", "best_email"],
      msg: `Input should be one of ${BEST_EMAILS.join(", ")}`,
      type: "value_error",
    },
    respond: async (c, { body }) => {
      const { api } = c.get("rest");
      const expectedUpdatedAt =
        body.updated_at === undefined ? (await api.settings.get()).updatedAt : body.updated_at;
      const patch = {
        bestEmail: body.best_email as (typeof BEST_EMAILS)[number] | undefined,
        keepBatchesDays: body.keep_batches_days,
        keepLeadsDays: body.keep_leads_days,
      };
      return settings.of(await api.settings.update({ expectedUpdatedAt, patch }));
    },
  }),
];
