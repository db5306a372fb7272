import { z } from "@hono/zod-openapi";
import {
  HEADERS,
  PERMISSION_LENGTH_MAX,
  RIGHTS_MAX,
  ROLE_DESCRIPTION_LENGTH_MAX,
  ROLE_NAME_LENGTH_MAX,
  type RoleChanged,
} from "@scrapersky/api/contract";
import { idInPath, requiredText, said, text, textOrNull } from "./field.ts";
import { keyed, replays } from "./keyed.ts";
import { texts, textsOrNone } from "./list-field.ts";
import { declareRoute, noSuch } from "./rest-route.ts";
import { shapeOf } from "./shape.ts";

const changed = shapeOf<RoleChanged>()("RoleChanged", {
  id: [z.int(), ({ roleId }) => roleId, 7],
  name: [z.string(), ({ name }) => name, "caller"],
  description: [z.string().nullable(), ({ description }) => description, null],
  permissions: [z.array(z.string()), ({ permissions }) => permissions, ["jobs:read"]],
});

const path = {
  role_id: idInPath({ description: "Its number, as the list of roles tells it", example: "7" }),
};
/** What is no number is the id of nothing. */
const numberOf = ({ role_id: text }: { role_id: string }): number =>
  /^[1-9]\d{0,8}$/.test(text) ? Number(text) : NOBODY;
const NOBODY = 999_999_999;

const name = { max: ROLE_NAME_LENGTH_MAX, example: "caller" };
const description = textOrNull({ max: ROLE_DESCRIPTION_LENGTH_MAX });
const rights = {
  max: RIGHTS_MAX,
  lengthMax: PERMISSION_LENGTH_MAX,
  description: "All that it gives; nobody gives what they lack",
  example: ["jobs:read"],
};
const taken = {
  description: "A role of this name is there, or this Idempotency-Key was sent with another body",
  reason: { message: 'There is a role "caller" already.', code: "NAME_TAKEN" },
};
const standard = {
  description: "It came with the product, or somebody has it",
  reason: { message: 'The role "viewer" comes with the product.', code: "STANDARD_ROLE" },
};

export const ROLE_ACT_ROUTES = [
  declareRoute({
    operationId: "createRole",
    method: "post",
    path: "/roles",
    noun: "profiles",
    summary: "Make a role, for all tenants",
    permission: "platform:roles",
    takes: {
      body: { name: requiredText(name), description, permissions: texts(rights) },
      header: keyed("gives the same role"),
    },
    tells: replays,
    answer: changed.schema,
    example: changed.example,
    refuses: { 409: taken },
    complains: { loc: ["body", "name"], msg: "Field required", type: "missing" },
    respond: async (c, { body, header }) => {
      const { replayed, ...made } = await c.get("rest").api.rbac.createRole({
        ...body,
        idempotencyKey: header[HEADERS.idempotencyKey],
      });
      if (replayed) c.header(HEADERS.idempotentReplayed, "true");
      return changed.of(made);
    },
  }),

  declareRoute({
    operationId: "updateRole",
    method: "put",
    path: "/roles/{role_id}",
    noun: "profiles",
    summary: "Change a role in all tenants",
    description: "What is left out stays. Whoever has it may do what it says within a second.",
    permission: "platform:roles",
    takes: {
      path,
      body: { name: text({ min: 1, ...name }), description, permissions: textsOrNone(rights) },
    },
    answer: changed.schema,
    example: { ...changed.example, description: "Calls people" },
    refuses: { 404: noSuch("Role"), 409: standard },
    complains: {
      loc: ["body", "name"],
      msg: `String should have 1 to ${ROLE_NAME_LENGTH_MAX} characters`,
      type: "string_length",
    },
    respond: async (c, { path: of, body }) =>
      changed.of(
        await c.get("rest").api.rbac.updateRole({ roleId: numberOf(of), patch: said(body) }),
      ),
  }),

  declareRoute({
    operationId: "deleteRole",
    method: "delete",
    path: "/roles/{role_id}",
    noun: "profiles",
    summary: "Remove a role that nobody has",
    permission: "platform:roles",
    takes: { path },
    answer: z.strictObject({ data: z.strictObject({ deleted: z.literal(true) }) }),
    example: { data: { deleted: true } },
    refuses: { 404: noSuch("Role"), 409: standard },
    respond: async (c, { path: of }) => {
      await c.get("rest").api.rbac.deleteRole({ roleId: numberOf(of) });
      return { data: { deleted: true as const } };
    },
  }),
];
