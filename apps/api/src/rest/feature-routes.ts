import { z } from "@hono/zod-openapi";
import {
  DESCRIPTION_LENGTH_MAX,
  type FeatureFlag,
  type FlagChanged,
  FEATURE_NAME_LENGTH_MAX,
  HEADERS,
} from "@scrapersky/api/contract";
import { flagOrNull, idInPath, requiredText, said, text, textOrNull } from "./field.ts";
import { keyed, replays } from "./keyed.ts";
import { declareRoute, noSuch } from "./rest-route.ts";
import { shapeOf } from "./shape.ts";

const FEATURE_ID = "6c3f0f8e-2f8b-4a8e-9f4d-7b0c6a1d5e22";
const word = z.string().nullable();
const byDefault = z.boolean().openapi({ description: "Of tenants that say nothing of it" });
const here = z
  .boolean()
  .nullable()
  .openapi({ description: "What this tenant says; null: nothing" });

const feature = shapeOf<FeatureFlag>()("Feature", {
  id: [z.uuid(), ({ featureId }) => featureId, FEATURE_ID],
  name: [z.string(), ({ name }) => name, "exports"],
  description: [word, ({ description }) => description, null],
  by_default: [byDefault, (of) => of.byDefault, false],
  here: [here, (of) => of.here, null],
  on: [z.boolean(), ({ on }) => on, false],
});

const changed = shapeOf<FlagChanged>()("FeatureChanged", {
  id: [z.uuid(), ({ featureId }) => featureId, FEATURE_ID],
  name: [z.string(), ({ name }) => name, "exports"],
  description: [word, ({ description }) => description, null],
  by_default: [byDefault, (of) => of.byDefault, false],
});

const path = { feature_id: idInPath({ format: "uuid" }) };
const name = { max: FEATURE_NAME_LENGTH_MAX, example: "exports" };
const told = {
  description: textOrNull({ max: DESCRIPTION_LENGTH_MAX }),
  by_default: byDefault.optional(),
};
const taken = {
  description:
    "A feature of this name is there, or this Idempotency-Key was sent with another body",
  reason: { message: 'There is a feature "exports" already.', code: "NAME_TAKEN" },
};
const noName = { loc: ["body", "name"], msg: "Field required", type: "missing" };

export const FEATURE_ROUTES = [
  declareRoute({
    operationId: "listFeatures",
    method: "get",
    path: "/features",
    noun: "features",
    summary: "Every feature that tenants may have, and which of them this one has",
    permission: "features:read",
    answer: z.strictObject({ data: z.array(feature.schema) }),
    example: { data: [feature.example] },
    respond: async (c) => ({ data: (await c.get("rest").api.features.flags()).map(feature.of) }),
  }),

  declareRoute({
    operationId: "setFeature",
    method: "put",
    path: "/features/{feature_id}/here",
    noun: "features",
    summary: "Switch a feature on or off in this tenant",
    permission: "features:write",
    takes: {
      path,
      body: {
        enabled: flagOrNull({ description: "Null: as by default" }),
      },
    },
    answer: z.strictObject({ id: z.uuid(), here, on: z.boolean() }),
    example: { id: FEATURE_ID, here: true, on: true },
    refuses: { 404: noSuch("Feature") },
    complains: {
      loc: ["body", "enabled"],
      msg: "Field required",
      type: "missing",
    },
    respond: async (c, { path: { feature_id: featureId }, body: { enabled } }) => {
      const set = await c.get("rest").api.features.setTenant({ featureId, enabled });
      return { id: set.featureId, here: set.here, on: set.on };
    },
  }),

  declareRoute({
    operationId: "createFeature",
    method: "post",
    path: "/features",
    noun: "features",
    summary: "Make a feature that tenants may have",
    permission: "platform:features",
    takes: {
      body: { name: requiredText(name), ...told },
      header: keyed("gives the same feature"),
    },
    tells: replays,
    answer: changed.schema,
    example: changed.example,
    refuses: { 409: taken },
    complains: noName,
    respond: async (c, { body, header }) => {
      const { replayed, ...made } = await c.get("rest").api.features.createFlag({
        name: body.name,
        description: body.description,
        byDefault: body.by_default,
        idempotencyKey: header[HEADERS.idempotencyKey],
      });
      if (replayed) c.header(HEADERS.idempotentReplayed, "true");
      return changed.of(made);
    },
  }),

  declareRoute({
    operationId: "updateFeature",
    method: "put",
    path: "/features/{feature_id}",
    noun: "features",
    summary: "Change a feature in every tenant",
    description: "What is left out stays.",
    permission: "platform:features",
    takes: { path, body: { name: text({ min: 1, ...name }), ...told } },
    answer: changed.schema,
    example: { ...changed.example, by_default: true },
    refuses: {
      404: noSuch("Feature"),
      409: { ...taken, description: "A feature of this name is there" },
    },
    complains: {
      loc: ["body", "name"],
      msg: "String should have 1 to 100 characters",
      type: "string_length",
    },
    respond: async (c, { path: { feature_id: featureId }, body }) =>
      changed.of(
        await c.get("rest").api.features.updateFlag({
          featureId,
          patch: said({
            name: body.name,
            description: body.description,
            byDefault: body.by_default,
          }),
        }),
      ),
  }),

  declareRoute({
    operationId: "deleteFeature",
    method: "delete",
    path: "/features/{feature_id}",
    noun: "features",
    summary: "Remove a feature, with what tenants say of it and its entries in sidebars",
    permission: "platform:features",
    takes: { path },
    answer: z.strictObject({ data: z.strictObject({ deleted: z.literal(true) }) }),
    example: { data: { deleted: true } },
    refuses: { 404: noSuch("Feature") },
    respond: async (c, { path: { feature_id: featureId } }) => {
      await c.get("rest").api.features.deleteFlag({ featureId });
      return { data: { deleted: true as const } };
    },
  }),
];
