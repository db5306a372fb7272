import { z } from "@hono/zod-openapi";
import {
  HEADERS,
  type SavedView,
  VIEW_NAME_LENGTH_MAX,
  VIEW_QUERY_LENGTH_MAX,
  VIEWS_MAX,
} from "@scrapersky/api/contract";
import { RequestProblem } from "./answer-error.ts";
import { idInPath, moment, requiredText, text } from "./field.ts";
import { keyed, otherRequest } from "./keyed.ts";
import { legacyTime, time } from "./legacy-time.ts";
import { declareRoute, noSuch } from "./rest-route.ts";
import { shapeOf } from "./shape.ts";

const LIST_LENGTH_MAX = 40;
const path = { view_id: idInPath({ format: "uuid" }) };
const list = requiredText({
  max: LIST_LENGTH_MAX,
  description: "Name of a list, as its path has it",
  example: "batches",
});
const nameWords = { max: VIEW_NAME_LENGTH_MAX, example: "Failed" };
const query = text({
  min: 0,
  max: VIEW_QUERY_LENGTH_MAX,
  description: "What the address of the list says behind its question mark",
  example: "status=failed",
});
const shared = z
  .boolean()
  .optional()
  .openapi({ description: "Everybody in the tenant sees it; needs views:share" });

const view = shapeOf<SavedView>()("View", {
  id: [z.uuid(), (of) => of.viewId, "f3c1a7e2-6d40-4b9e-a5d8-1e7b0c9f2a36"],
  list: [z.string(), (of) => of.list, "batches"],
  slug: [z.string(), (of) => of.slug, "failed"],
  name: [z.string(), (of) => of.name, "Failed"],
  query: [z.string(), (of) => of.query, "status=failed"],
  shared: [z.boolean(), (of) => of.shared, false],
  mine: [z.boolean(), (of) => of.mine, true],
  by: [z.string().nullable(), (of) => of.by, "Ann Example"],
  updated_at: [time, (of) => legacyTime(of.updatedAt), "2026-11-21T09:00:00.123456+00:00"],
});

const needsOf = "the right to the list";
const missing = (place: "query" | "body", field: string) => ({
  loc: [place, field],
  msg: "Field required",
  type: "missing",
});
const noList = {
  description: "There is no such list",
  reason: { message: "List not found", code: "NOT_FOUND" },
};

export const VIEW_ROUTES = [
  declareRoute({
    operationId: "listViews",
    method: "get",
    path: "/views",
    noun: "views",
    summary: "Views of a list: the caller's own, and those that are shared",
    permission: "overview:read",
    needsOf,
    takes: { query: { list } },
    answer: z.strictObject({ data: z.array(view.schema) }),
    example: { data: [view.example] },
    refuses: { 404: noList },
    complains: missing("query", "list"),
    respond: async (c, { query: asked }) => ({
      data: (await c.get("rest").api.views.of({ list: asked.list })).map(view.of),
    }),
  }),

  declareRoute({
    operationId: "createView",
    method: "post",
    path: "/views",
    noun: "views",
    summary: "Keep filters and order of a list under a name",
    description: `Views are of people: the key of a service account keeps none. Somebody keeps at most ${VIEWS_MAX} of a list.`,
    permission: "overview:read",
    needsOf,
    takes: {
      body: { list, name: requiredText(nameWords), query, shared },
      header: keyed("gives the same view"),
    },
    tells: { [HEADERS.idempotentReplayed]: "true when an earlier call with this key made it" },
    answer: view.schema,
    example: view.example,
    refuses: { 404: noList, 409: otherRequest },
    complains: missing("body", "name"),
    respond: async (c, { body, header }) => {
      const made = await c.get("rest").api.views.create({
        list: body.list,
        name: body.name,
        query: body.query ?? "",
        shared: body.shared ?? false,
        idempotencyKey: header[HEADERS.idempotencyKey],
      });
      if (made.replayed) c.header(HEADERS.idempotentReplayed, "true");
      return view.of(made);
    },
  }),

  declareRoute({
    operationId: "updateView",
    method: "put",
    path: "/views/{view_id}",
    noun: "views",
    summary: "Change a view",
    description: "What is left out stays; a shared one of somebody else needs views:share.",
    permission: "overview:read",
    takes: {
      path,
      body: {
        name: text({ min: 1, ...nameWords }),
        query,
        shared,
        updated_at: moment({ description: "What it was read with" }),
      },
    },
    answer: view.schema,
    example: { ...view.example, query: "status=failed,partial" },
    refuses: {
      404: noSuch("View"),
      409: {
        description: "It was changed meanwhile",
        reason: { message: "This view was changed meanwhile. Read it again.", code: "STALE" },
      },
    },
    complains: missing("body", "updated_at"),
    respond: async (c, { path: { view_id: viewId }, body: { updated_at: at, ...patch } }) => {
      if (at === undefined) throw new RequestProblem([missing("body", "updated_at")]);
      return view.of(
        await c.get("rest").api.views.update({ viewId, expectedUpdatedAt: at, patch }),
      );
    },
  }),

  declareRoute({
    operationId: "deleteView",
    method: "delete",
    path: "/views/{view_id}",
    noun: "views",
    summary: "Delete a view",
    permission: "overview:read",
    takes: { path },
    answer: z.strictObject({ data: z.strictObject({ deleted: z.literal(true) }) }),
    example: { data: { deleted: true } },
    refuses: { 404: noSuch("View") },
    respond: async (c, { path: { view_id: viewId } }) => ({
      data: await c.get("rest").api.views.delete({ viewId }),
    }),
  }),
];
