import { z } from "@hono/zod-openapi";
import { ROLES } from "@scrapersky/api";
import {
  type Me,
  type MayAnswer,
  type EffectiveRights,
  PERMISSION_LENGTH_MAX,
  PERSON_NAME_LENGTH_MAX,
  PREFERENCE_KEY_LENGTH_MAX,
  PREFERENCE_WORD_LENGTH_MAX,
  PREFERENCE_WORDS_MAX,
  type Preference,
} from "@scrapersky/api/contract";
import { idInPath, text } from "./field.ts";
import { textsOrNull } from "./list-field.ts";
import { declareRoute, noSuch, SIGNED_IN } from "./rest-route.ts";
import { shapeOf } from "./shape.ts";

const ZONE_LENGTH_MAX = 60;
const PERSON = "c2a5f1de-35a4-4c0f-9a59-6b8f0f0e9d31";
const TENANT = {
  id: "550e8400-e29b-41d4-a716-446655440000",
  slug: "harbor",
  name: "Harbor Partners",
};
const word = z.string().nullable();
const tenant = z.strictObject({ id: z.uuid(), slug: z.string(), name: z.string() });

const me = shapeOf<Me>()("Me", {
  id: [z.uuid(), ({ id }) => id, PERSON],
  name: [word, ({ name }) => name, "Ann Example"],
  email: [word, ({ email }) => email, "ann@example.com"],
  tenant: [tenant, (of) => of.tenant, TENANT],
  tenants: [z.array(tenant), ({ tenants }) => tenants, [TENANT]],
  role: [z.string(), ({ role }) => role, "owner"],
  time_zone: [word, ({ timeZone }) => timeZone, null],
  permissions: [
    z.array(z.string()).openapi({ description: "What this key or session may do, of the tenant" }),
    ({ permissions }) => permissions,
    ["jobs:read"],
  ],
});

const preference = shapeOf<Preference>()("Preference", {
  key: [z.string(), ({ key }) => key, "columns.leads"],
  value: [z.array(z.string()).nullable(), ({ value }) => value, ["domain", "town"]],
});

const rights = shapeOf<EffectiveRights>()("Rights", {
  profile_id: [z.uuid(), ({ profileId }) => profileId, PERSON],
  active: [
    z.boolean().openapi({ description: "Whether the person may sign in" }),
    ({ active }) => active,
    true,
  ],
  rights: [
    z.array(z.strictObject({ permission: z.string(), from: z.array(z.string()) })),
    (of) => of.rights,
    ROLES.viewer.permissions.toSorted().map((permission) => ({ permission, from: ["viewer"] })),
  ],
});

const may = shapeOf<MayAnswer>()("MayAnswer", {
  allowed: [z.boolean(), ({ allowed }) => allowed, true],
  why: [z.string(), ({ why }) => why, "By the role viewer."],
});

const key = {
  key: idInPath({
    max: PREFERENCE_KEY_LENGTH_MAX,
    description: "What it is about",
    example: "columns.leads",
  }),
};
const profile = { profile_id: idInPath({ format: "uuid" }) };

export const ACCOUNT_ROUTES = [
  declareRoute({
    operationId: "getMe",
    method: "get",
    path: "/me",
    noun: "account",
    summary: "Whom this key or session speaks for, and what it may do",
    description: "Of a service's key: the service account, with the scopes of the key.",
    permission: SIGNED_IN,
    answer: me.schema,
    example: me.example,
    respond: async (c) => me.of(await c.get("rest").api.profiles.me()),
  }),

  declareRoute({
    operationId: "updateMe",
    method: "put",
    path: "/me",
    noun: "account",
    summary: "Change one's own name or time zone",
    description: "What is left out stays. A service has neither.",
    permission: SIGNED_IN,
    takes: {
      body: {
        name: text({ min: 0, max: PERSON_NAME_LENGTH_MAX, example: "Ann Example" }),
        time_zone: z
          .string()
          .max(ZONE_LENGTH_MAX)
          .nullish()
          .openapi({
            type: ["string", "null"],
            description: "Such as Europe/Berlin; null: that of the place where one is",
          }),
      },
    },
    answer: z.strictObject({ name: word, time_zone: word }),
    example: { name: "Ann Example", time_zone: "Europe/Berlin" },
    complains: {
      loc: ["body", "time_zone"],
      msg: "is no time zone",
      type: "value_error",
    },
    respond: async (c, { body }) => {
      const { name, timeZone } = await c
        .get("rest")
        .api.profiles.updateMe({ name: body.name, timeZone: body.time_zone });
      return { name, time_zone: timeZone };
    },
  }),

  declareRoute({
    operationId: "getPreference",
    method: "get",
    path: "/me/preferences/{key}",
    noun: "account",
    summary: "How one wants something of the dashboard",
    permission: SIGNED_IN,
    takes: { path: key },
    answer: preference.schema,
    example: preference.example,
    respond: async (c, { path }) =>
      preference.of(await c.get("rest").api.profiles.preferences.get({ key: path.key })),
  }),

  declareRoute({
    operationId: "setPreference",
    method: "put",
    path: "/me/preferences/{key}",
    noun: "account",
    summary: "Say how one wants something of the dashboard",
    description: "Null takes the wish back. A service wants nothing.",
    permission: SIGNED_IN,
    takes: {
      path: key,
      body: {
        value: textsOrNull({ max: PREFERENCE_WORDS_MAX, lengthMax: PREFERENCE_WORD_LENGTH_MAX }),
      },
    },
    answer: preference.schema,
    example: preference.example,
    complains: { loc: ["body", "value"], msg: "Field required", type: "missing" },
    respond: async (c, { path, body }) =>
      preference.of(
        await c.get("rest").api.profiles.preferences.set({ key: path.key, value: body.value }),
      ),
  }),

  declareRoute({
    operationId: "getRights",
    method: "get",
    path: "/profiles/{profile_id}/rights",
    noun: "profiles",
    summary: "What somebody may do in the tenant, and by which roles",
    permission: SIGNED_IN,
    needsOf: "rbac:read for anybody but oneself",
    takes: { path: profile },
    answer: rights.schema,
    example: rights.example,
    refuses: { 404: noSuch("Profile") },
    respond: async (c, { path }) =>
      rights.of(await c.get("rest").api.rbac.effective({ profileId: path.profile_id })),
  }),

  declareRoute({
    operationId: "tellMay",
    method: "get",
    path: "/profiles/{profile_id}/rights/{permission}",
    noun: "profiles",
    summary: "Whether somebody may do one thing, in a sentence",
    permission: SIGNED_IN,
    needsOf: "rbac:read for anybody but oneself",
    takes: {
      path: {
        ...profile,
        permission: idInPath({ max: PERMISSION_LENGTH_MAX, example: "jobs:read" }),
      },
    },
    answer: may.schema,
    example: may.example,
    refuses: { 404: noSuch("Profile") },
    respond: async (c, { path: { profile_id: profileId, permission } }) =>
      may.of(await c.get("rest").api.rbac.can({ profileId, permission })),
  }),
];
