import { z } from "@hono/zod-openapi";
import {
  EMAIL_LENGTH_MAX,
  HEADERS,
  SLUG_LENGTH_MAX,
  TENANT_GRACE_DAYS,
  TENANT_NAME_LENGTH_MAX,
  TENANT_STATES,
  TENANTS_TOLD_MAX,
  type TenantShown,
} from "@scrapersky/api/contract";
import { filter, idInPath, oneOf, requiredFlag, requiredText, text } from "./field.ts";
import { keyed, replays } from "./keyed.ts";
import { legacyTime, legacyTimeOrNull, time } from "./legacy-time.ts";
import { invitation } from "./profile-act-routes.ts";
import { declareRoute, noSuch } from "./rest-route.ts";
import { shapeOf } from "./shape.ts";

const TENANT = "550e8400-e29b-41d4-a716-446655440000";
const CREATED = "2026-11-21T09:00:00.123456+00:00";
const UNTIL = "2026-12-21T09:00:00.123456+00:00";

const tenant = shapeOf<TenantShown>()("Tenant", {
  id: [z.uuid(), ({ tenantId }) => tenantId, TENANT],
  slug: [z.string(), ({ slug }) => slug, "harbor"],
  name: [z.string(), ({ name }) => name, "Harbor Partners"],
  state: [z.enum(TENANT_STATES), ({ state }) => state, "on"],
  people: [z.int().openapi({ description: "Members who are active" }), ({ people }) => people, 3],
  created_at: [time, ({ createdAt }) => legacyTime(createdAt), CREATED],
  restorable_until: [
    time.nullable(),
    ({ restorableUntil }) => legacyTimeOrNull(restorableUntil),
    null,
  ],
});

const path = { tenant_id: idInPath({ format: "uuid" }) };
const name = requiredText({ max: TENANT_NAME_LENGTH_MAX, example: "Harbor Partners" });
const sameName = requiredText({
  max: TENANT_NAME_LENGTH_MAX,
  description: "Its name, letter by letter",
  example: "Harbor Partners",
});
const noName = { loc: ["body", "name"], msg: "Field required", type: "missing" };
const renamed = z.strictObject({ id: z.uuid(), name: z.string(), changed: z.boolean() });
const deleted = z.strictObject({ id: z.uuid(), restorable_until: time });
const DELETED = {
  description: "It was deleted",
  reason: {
    message: '"Bakers" was deleted. Take that back first.',
    code: "TENANT_DELETED",
  },
};
const deletion = `Nobody acts in it from then on; for ${TENANT_GRACE_DAYS} days it can be had back, then everything of it is removed but the audit log.`;

export const TENANT_ROUTES = [
  declareRoute({
    operationId: "findTenants",
    method: "get",
    path: "/tenants",
    noun: "tenants",
    summary: "Tenants of the platform, by name",
    description: `At most ${TENANTS_TOLD_MAX}: say more of the name for others.`,
    permission: "platform:tenants",
    takes: {
      query: {
        q: filter({
          max: TENANT_NAME_LENGTH_MAX,
          description: "A part of the name, the slug or the id",
        }),
        state: oneOf({ known: TENANT_STATES }),
      },
    },
    answer: z.strictObject({
      data: z.array(tenant.schema),
      more: z.boolean().openapi({ description: "Whether there are others that fit" }),
    }),
    example: { data: [tenant.example], more: false },
    complains: {
      loc: ["query", "state"],
      msg: `Input should be one of ${TENANT_STATES.join(", ")}`,
      type: "value_error",
    },
    respond: async (c, { query }) => {
      const { tenants, more } = await c.get("rest").api.tenants.find({
        q: query.q,
        state: query.state as TenantShown["state"] | undefined,
      });
      return { data: tenants.map(tenant.of), more };
    },
  }),

  declareRoute({
    operationId: "createTenant",
    method: "post",
    path: "/tenants",
    noun: "tenants",
    summary: "Make a tenant, and invite its first owner",
    permission: "platform:tenants",
    takes: {
      body: {
        name,
        slug: text({ min: 1, max: SLUG_LENGTH_MAX, description: "Its name in addresses" }),
        owner_email: text({ min: 1, max: EMAIL_LENGTH_MAX, example: "new@example.com" }),
      },
      header: keyed("gives the same tenant, invites nobody again, and tells no link"),
    },
    tells: replays,
    answer: z.strictObject({
      id: z.uuid(),
      slug: z.string(),
      name: z.string(),
      owner: invitation.schema.nullable(),
    }),
    example: {
      id: "7f1d2c3b-4a59-4e68-9c77-1b0a2d3e4f50",
      slug: "bakers",
      name: "Bakers",
      owner: invitation.example,
    },
    refuses: {
      409: {
        description:
          "A tenant of this name or slug is there, or this Idempotency-Key was sent with another body",
        reason: {
          message:
            'There is a tenant "Bakers" already. For another one of this name, give it a slug of its own.',
          code: "NAME_TAKEN",
        },
      },
    },
    complains: noName,
    respond: async (c, { body, header }) => {
      const made = await c.get("rest").api.tenants.create({
        name: body.name,
        slug: body.slug,
        ownerEmail: body.owner_email,
        idempotencyKey: header[HEADERS.idempotencyKey],
      });
      if (made.replayed) c.header(HEADERS.idempotentReplayed, "true");
      const { tenantId: id, slug, owner } = made;
      return { id, slug, name: made.name, owner: owner && invitation.of(owner) };
    },
  }),

  declareRoute({
    operationId: "renameTenant",
    method: "post",
    path: "/tenants/{tenant_id}/rename",
    noun: "tenants",
    summary: "Give a tenant another name",
    description: "Its slug stays, so that addresses do.",
    permission: "platform:tenants",
    takes: { path, body: { name } },
    answer: renamed,
    example: { id: TENANT, name: "Bakers and sons", changed: true },
    refuses: { 404: noSuch("Tenant"), 409: DELETED },
    complains: noName,
    respond: async (c, { path: { tenant_id: tenantId }, body }) => {
      const { tenantId: id, ...of } = await c
        .get("rest")
        .api.tenants.rename({ tenantId, name: body.name });
      return { id, name: of.name, changed: of.changed };
    },
  }),

  declareRoute({
    operationId: "switchTenant",
    method: "post",
    path: "/tenants/{tenant_id}/switch",
    noun: "tenants",
    summary: "Switch a tenant off, or on again",
    description: "While it is off nobody acts in it, and everything waits where it is.",
    permission: "platform:tenants",
    takes: { path, body: { active: requiredFlag({}) } },
    answer: z.strictObject({ id: z.uuid(), active: z.boolean(), changed: z.boolean() }),
    example: { id: TENANT, active: false, changed: true },
    refuses: { 404: noSuch("Tenant"), 409: DELETED },
    complains: { loc: ["body", "active"], msg: "Field required", type: "missing" },
    respond: async (c, { path: { tenant_id: tenantId }, body }) => {
      const {
        tenantId: id,
        active,
        changed,
      } = await c.get("rest").api.tenants.switch({ tenantId, active: body.active });
      return { id, active, changed };
    },
  }),

  declareRoute({
    operationId: "deleteTenant",
    method: "post",
    path: "/tenants/{tenant_id}/delete",
    noun: "tenants",
    summary: "Delete a tenant",
    description: deletion,
    permission: "platform:tenants",
    takes: { path, body: { name: sameName } },
    answer: deleted,
    example: { id: TENANT, restorable_until: UNTIL },
    refuses: { 404: noSuch("Tenant"), 409: DELETED },
    complains: noName,
    respond: async (c, { path: { tenant_id: tenantId }, body }) => {
      const gone = await c.get("rest").api.tenants.delete({ tenantId, name: body.name });
      return { id: gone.tenantId, restorable_until: legacyTime(gone.restorableUntil) };
    },
  }),

  declareRoute({
    operationId: "restoreTenant",
    method: "post",
    path: "/tenants/{tenant_id}/restore",
    noun: "tenants",
    summary: "Take back that a tenant was deleted",
    permission: "platform:tenants",
    takes: { path },
    answer: z.strictObject({ id: z.uuid(), active: z.boolean() }),
    example: { id: TENANT, active: true },
    refuses: {
      404: noSuch("Tenant"),
      409: {
        description: "It was not deleted, or its removal has begun",
        reason: { message: "This tenant was not deleted.", code: "NOT_DELETED" },
      },
    },
    respond: async (c, { path: { tenant_id: tenantId } }) => {
      const { tenantId: id, active } = await c.get("rest").api.tenants.restore({ tenantId });
      return { id, active };
    },
  }),

  declareRoute({
    operationId: "renameOwnTenant",
    method: "post",
    path: "/tenant/rename",
    noun: "tenants",
    summary: "Give one's own tenant another name",
    permission: "tenants:write",
    takes: { body: { name } },
    answer: renamed,
    example: { id: TENANT, name: "Harbor", changed: true },
    complains: noName,
    respond: async (c, { body }) => {
      const { tenantId: id, ...of } = await c.get("rest").api.tenants.renameOwn(body);
      return { id, name: of.name, changed: of.changed };
    },
  }),

  declareRoute({
    operationId: "deleteOwnTenant",
    method: "post",
    path: "/tenant/delete",
    noun: "tenants",
    summary: "Delete one's own tenant",
    description: deletion,
    permission: "tenants:write",
    takes: { body: { name: sameName } },
    answer: deleted,
    example: { id: TENANT, restorable_until: UNTIL },
    complains: noName,
    respond: async (c, { body }) => {
      const gone = await c.get("rest").api.tenants.deleteOwn(body);
      return { id: gone.tenantId, restorable_until: legacyTime(gone.restorableUntil) };
    },
  }),
];
