import { z } from "@hono/zod-openapi";
import { ROLES } from "@scrapersky/api";
import { ID_LENGTH_MAX, type Role } from "@scrapersky/api/contract";
import { filter, idInPath } from "./field.ts";
import { declareRoute, noSuch } from "./rest-route.ts";
import { shapeOf } from "./shape.ts";

const role = shapeOf<Role>()("Role", {
  id: [z.int(), ({ id }) => id, 4],
  name: [z.string(), ({ name }) => name, "viewer"],
  description: [z.string().nullable(), ({ description }) => description, ROLES.viewer.description],
  permissions: [
    z.array(z.string()),
    ({ permissions }) => permissions,
    ROLES.viewer.permissions.toSorted(),
  ],
  people: [
    z.int().openapi({ description: "Active people of the tenant who hold it" }),
    ({ people }) => people,
    2,
  ],
  grantable: [
    z.boolean().openapi({ description: "It has no right that the caller lacks" }),
    ({ grantable }) => grantable,
    true,
  ],
  standard: [z.boolean(), ({ standard }) => standard, true],
});

export const ROLE_ROUTES = [
  declareRoute({
    operationId: "listRoles",
    method: "get",
    path: "/roles",
    noun: "profiles",
    summary: "Every role there is, with its rights",
    permission: "rbac:read",
    takes: {
      query: { name: filter({ max: ID_LENGTH_MAX, description: "That of this name alone" }) },
    },
    answer: z.strictObject({ data: z.array(role.schema) }),
    example: { data: [role.example] },
    respond: async (c, { query: { name } }) => {
      const roles = await c.get("rest").api.rbac.roles();
      const asked = name === undefined ? roles : roles.filter((one) => one.name === name);
      return { data: asked.map(role.of) };
    },
  }),

  declareRoute({
    operationId: "takeBackRole",
    method: "delete",
    path: "/profiles/{profile_id}/roles/{role}",
    noun: "profiles",
    summary: "End a role that somebody has until a moment",
    description: "One that they have for good stays: give them another one in its place.",
    permission: "rbac:assign",
    takes: {
      path: {
        profile_id: idInPath({ format: "uuid" }),
        role: idInPath({ description: "Its name", example: "viewer" }),
      },
    },
    answer: z.strictObject({ data: z.strictObject({ taken_back: z.boolean() }) }),
    example: { data: { taken_back: true } },
    refuses: { 404: noSuch("Profile") },
    respond: async (c, { path: { profile_id: profileId, role: name } }) => {
      const { changed } = await c.get("rest").api.rbac.takeBack({ profileId, role: name });
      return { data: { taken_back: changed } };
    },
  }),
];
