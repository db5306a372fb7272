import { z } from "@hono/zod-openapi";
import {
  type FeatureEntry,
  type FeatureNode,
  FEATURE_NAME_LENGTH_MAX,
  HEADERS,
  ID_LENGTH_MAX,
  ORDER_MAX,
  PERMISSION_LENGTH_MAX,
  SIDEBAR_PATH_LENGTH_MAX,
} from "@scrapersky/api/contract";
import { idInPath, oneOf, requiredText, text, textOrNull } from "./field.ts";
import { keyed, otherRequest, replays } from "./keyed.ts";
import { declareRoute, noSuch, SIGNED_IN } from "./rest-route.ts";
import { shapeOf } from "./shape.ts";

const ENTRY_ID = "b5b7a8a4-1f1e-4f0f-8f5a-3a1c9d2e7b66";
const word = z.string().nullable();
const id = z.uuid().nullable();

const entry = shapeOf<FeatureEntry>()("SidebarEntry", {
  id: [z.uuid(), ({ entryId }) => entryId, ENTRY_ID],
  parent_id: [id, ({ parentId }) => parentId, null],
  of: [z.enum(["all", "tenant"]), (one) => one.of, "tenant"],
  name: [z.string(), ({ name }) => name, "Bakeries"],
  url_path: [z.string(), ({ urlPath }) => urlPath, "/leads"],
  icon: [word, ({ icon }) => icon, null],
  group: [word, ({ group }) => group, null],
  order: [z.int().nullable(), ({ order }) => order, null],
  requires_permission: [word, ({ requiresPermission }) => requiresPermission, null],
  feature_id: [id, ({ featureId }) => featureId, null],
  requires_feature: [id, ({ requiresFeature }) => requiresFeature, null],
});

interface Node {
  id: string;
  name: string;
  url_path: string;
  icon: string | null;
  group: string | null;
  order: number;
  children: Node[];
}
const node: z.ZodType<Node> = z
  .strictObject({
    id: z.uuid(),
    name: z.string(),
    url_path: z.string(),
    icon: word,
    group: word,
    order: z.int(),
    get children() {
      return z.array(node);
    },
  })
  .openapi("SidebarNode");
const toNode = ({ urlPath, children, ...of }: FeatureNode): Node => ({
  id: of.id,
  name: of.name,
  url_path: urlPath,
  icon: of.icon,
  group: of.group,
  order: of.order,
  children: children.map(toNode),
});

const path = { entry_id: idInPath({ format: "uuid" }) };
const name = { max: FEATURE_NAME_LENGTH_MAX, example: "Bakeries" };
const urlPath = {
  max: SIDEBAR_PATH_LENGTH_MAX,
  description: "Below the tenant's own path",
  example: "/leads",
};
const place = {
  parent_id: textOrNull({ max: ID_LENGTH_MAX, description: "Null: at the top" }),
  order: z
    .int()
    .min(0)
    .max(ORDER_MAX)
    .nullish()
    .openapi({ type: ["integer", "null"] }),
};
const said = {
  icon: textOrNull({ max: FEATURE_NAME_LENGTH_MAX, example: "building" }),
  group: textOrNull({ max: FEATURE_NAME_LENGTH_MAX, example: "Results" }),
  requires_permission: textOrNull({ max: PERMISSION_LENGTH_MAX, example: "domains:read" }),
  feature_id: textOrNull({ max: ID_LENGTH_MAX, description: "The feature that it belongs to" }),
  requires_feature: textOrNull({ max: ID_LENGTH_MAX, description: "A feature that it needs" }),
};
type Said = { [Name in keyof typeof said]: z.output<(typeof said)[Name]> };
const spelled = ({ requires_permission, feature_id, requires_feature, icon, group }: Said) => ({
  icon,
  group,
  requiresPermission: requires_permission,
  featureId: feature_id,
  requiresFeature: requires_feature,
});
const needsOf = "platform:features for one of all tenants";

export const SIDEBAR_ROUTES = [
  declareRoute({
    operationId: "getSidebar",
    method: "get",
    path: "/sidebar",
    noun: "features",
    summary: "The sidebar of the dashboard, as the caller sees it",
    permission: SIGNED_IN,
    answer: z.strictObject({ data: z.array(node) }),
    example: {
      data: [
        {
          id: ENTRY_ID,
          name: "Leads",
          url_path: "/leads",
          icon: "building",
          group: "Results",
          order: 10,
          children: [],
        },
      ],
    },
    respond: async (c) => ({ data: (await c.get("rest").api.features.tree()).map(toNode) }),
  }),

  declareRoute({
    operationId: "listSidebarEntries",
    method: "get",
    path: "/sidebar/entries",
    noun: "features",
    summary: "Every entry that stands in the sidebar for some people of the tenant",
    permission: "features:read",
    answer: z.strictObject({ data: z.array(entry.schema) }),
    example: { data: [entry.example] },
    respond: async (c) => ({ data: (await c.get("rest").api.features.entries()).map(entry.of) }),
  }),

  declareRoute({
    operationId: "createSidebarEntry",
    method: "post",
    path: "/sidebar/entries",
    noun: "features",
    summary: "Add an entry to the sidebar",
    permission: "features:write",
    needsOf,
    takes: {
      body: {
        name: requiredText(name),
        url_path: requiredText(urlPath),
        of: oneOf({ known: ["all", "tenant"], description: "Whose sidebar; tenant if left out" }),
        ...place,
        ...said,
      },
      header: keyed("gives the same entry"),
    },
    tells: replays,
    answer: entry.schema,
    example: entry.example,
    refuses: { 409: otherRequest },
    complains: { loc: ["body", "url_path"], msg: "Field required", type: "missing" },
    respond: async (c, { body, header }) => {
      const { replayed, ...made } = await c.get("rest").api.features.createEntry({
        name: body.name,
        urlPath: body.url_path,
        of: body.of as FeatureEntry["of"] | undefined,
        parentId: body.parent_id,
        order: body.order,
        ...spelled(body),
        idempotencyKey: header[HEADERS.idempotencyKey],
      });
      if (replayed) c.header(HEADERS.idempotentReplayed, "true");
      return entry.of(made);
    },
  }),

  declareRoute({
    operationId: "updateSidebarEntry",
    method: "put",
    path: "/sidebar/entries/{entry_id}",
    noun: "features",
    summary: "Change an entry of the sidebar, but not where it stands",
    description: "What is left out stays.",
    permission: "features:write",
    needsOf,
    takes: {
      path,
      body: { name: text({ min: 1, ...name }), url_path: text({ min: 1, ...urlPath }), ...said },
    },
    answer: entry.schema,
    example: { ...entry.example, group: "Results" },
    refuses: { 404: noSuch("Entry") },
    complains: {
      loc: ["body", "name"],
      msg: `String should have 1 to ${FEATURE_NAME_LENGTH_MAX} characters`,
      type: "string_length",
    },
    respond: async (c, { path: { entry_id: entryId }, body }) =>
      entry.of(
        await c.get("rest").api.features.updateEntry({
          entryId,
          patch: { name: body.name, urlPath: body.url_path, ...spelled(body) },
        }),
      ),
  }),

  declareRoute({
    operationId: "moveSidebarEntry",
    method: "post",
    path: "/sidebar/entries/{entry_id}/move",
    noun: "features",
    summary: "Put an entry below another one, or to the top, and in an order there",
    permission: "features:write",
    needsOf,
    takes: { path, body: place },
    answer: z.strictObject({ id: z.uuid(), parent_id: id, order: z.int().nullable() }),
    example: { id: ENTRY_ID, parent_id: null, order: 20 },
    refuses: {
      404: noSuch("Entry"),
      409: {
        description: "Below itself",
        reason: { message: "An entry cannot stand below itself.", code: "MOVE_CYCLE" },
      },
    },
    complains: {
      loc: ["body", "order"],
      msg: "Too small: expected number to be >=0",
      type: "value_error",
    },
    respond: async (c, { path: { entry_id: entryId }, body }) => {
      const moved = await c.get("rest").api.features.moveEntry({
        entryId,
        parentId: body.parent_id ?? null,
        order: body.order ?? null,
      });
      return { id: moved.entryId, parent_id: moved.parentId, order: moved.order };
    },
  }),

  declareRoute({
    operationId: "deleteSidebarEntry",
    method: "delete",
    path: "/sidebar/entries/{entry_id}",
    noun: "features",
    summary: "Remove an entry of the sidebar, with those below it",
    permission: "features:write",
    needsOf,
    takes: { path },
    answer: z.strictObject({ data: z.strictObject({ deleted: z.literal(true) }) }),
    example: { data: { deleted: true } },
    refuses: { 404: noSuch("Entry") },
    respond: async (c, { path: { entry_id: entryId } }) => {
      await c.get("rest").api.features.deleteEntry({ entryId });
      return { data: { deleted: true as const } };
    },
  }),
];
