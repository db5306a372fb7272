import { z } from "@hono/zod-openapi";
import { listWebhooks } from "@scrapersky/api";
import {
  DELIVERY_HOURS_MAX,
  HEADERS,
  IDEMPOTENCY_KEY_LENGTH_MAX,
  WEBHOOK_EVENTS,
  WEBHOOK_OVERLAP_HOURS,
  WEBHOOK_URL_LENGTH_MAX,
  WEBHOOKS_MAX,
} from "@scrapersky/api/contract";
import { RequestProblem } from "./answer-error.ts";
import { idInPath, moment, text, wholeNumber } from "./field.ts";
import { keyed } from "./keyed.ts";
import { declareListRoute } from "./list-route.ts";
import { declareRoute, noSuch } from "./rest-route.ts";
import { PENDING, delivery, webhook, webhookMade } from "./webhook-shapes.ts";

const path = { webhook_id: idInPath({ format: "uuid" }) };
const settings = {
  url: text({
    min: 1,
    max: WEBHOOK_URL_LENGTH_MAX,
    description: "Where messages are sent to: an address that anybody can reach",
    example: "https://example.com/scrapersky",
  }),
  events: z
    .array(z.enum(WEBHOOK_EVENTS))
    .min(1)
    .max(WEBHOOK_EVENTS.length)
    .optional()
    .openapi({ description: "What it is told of", example: ["batch.finished"] }),
};

const missing = (field: string) => ({
  loc: ["body", field],
  msg: "Field required",
  type: "missing",
});

function needed<T>(field: string, value: T | undefined): T {
  if (value === undefined) throw new RequestProblem([missing(field)]);
  return value;
}

const refusesDisabled = {
  description: "It is disabled",
  reason: { message: "This webhook is disabled. Enable it first.", code: "WEBHOOK_DISABLED" },
};

export const WEBHOOK_ROUTES = [
  declareListRoute({
    operationId: "listWebhooks",
    path: "/webhooks",
    noun: "webhooks",
    summary: "Where programs are told of what happens, newest first",
    list: listWebhooks,
    shape: webhook,
    words: { q: { description: "Any part of the address" } },
  }),

  declareRoute({
    operationId: "createWebhook",
    method: "post",
    path: "/webhooks",
    noun: "webhooks",
    summary: "Have a program told of what happens",
    description: `Messages are signed as Standard Webhooks says; a tenant has at most ${WEBHOOKS_MAX} webhooks. What is not taken with a status of 2xx is sent again for ${DELIVERY_HOURS_MAX} hours, always with the same webhook-id.`,
    permission: "webhooks:manage",
    takes: { body: settings, header: keyed("gives the same webhook") },
    tells: { [HEADERS.idempotentReplayed]: "true when an earlier call with this key made it" },
    answer: webhookMade.schema,
    example: webhookMade.example,
    refuses: {
      409: {
        description:
          "This Idempotency-Key was sent with another body before, or this server sends no webhooks",
        reason: {
          message: "This idempotency key was used for another request.",
          code: "IDEMPOTENCY_MISMATCH",
        },
      },
    },
    complains: missing("url"),
    respond: async (c, { body, header }) => {
      const made = await c.get("rest").api.webhooks.create({
        url: needed("url", body.url),
        events: needed("events", body.events),
        idempotencyKey: header[HEADERS.idempotencyKey],
      });
      if (made.replayed) c.header(HEADERS.idempotentReplayed, "true");
      return webhookMade.of(made);
    },
  }),

  declareRoute({
    operationId: "getWebhook",
    method: "get",
    path: "/webhooks/{webhook_id}",
    noun: "webhooks",
    summary: "One webhook",
    permission: "webhooks:read",
    takes: { path },
    answer: webhook.schema,
    example: webhook.example,
    refuses: { 404: noSuch("Webhook") },
    respond: async (c, { path: { webhook_id: webhookId } }) =>
      webhook.of(await c.get("rest").api.webhooks.byId({ webhookId })),
  }),

  declareRoute({
    operationId: "updateWebhook",
    method: "post",
    path: "/webhooks/{webhook_id}",
    noun: "webhooks",
    summary: "Change a webhook",
    description: "What is left out stays. What is on its way goes to the new address.",
    permission: "webhooks:manage",
    takes: {
      path,
      body: { updated_at: moment({ description: "What it was read with" }), ...settings },
    },
    answer: webhook.schema,
    example: webhook.example,
    refuses: {
      404: noSuch("Webhook"),
      409: {
        description: "Somebody else changed it meanwhile",
        reason: {
          message: "Somebody else changed this webhook meanwhile. Read it again.",
          code: "STALE",
        },
      },
    },
    complains: missing("updated_at"),
    respond: async (c, { path: { webhook_id: webhookId }, body: { updated_at: at, ...patch } }) => {
      const expectedUpdatedAt = needed("updated_at", at);
      const { webhooks } = c.get("rest").api;
      return webhook.of(await webhooks.update({ webhookId, expectedUpdatedAt, patch }));
    },
  }),

  declareRoute({
    operationId: "rotateWebhook",
    method: "post",
    path: "/webhooks/{webhook_id}/rotate",
    noun: "webhooks",
    summary: "Give a webhook another secret",
    description: "Messages are signed by both for a while.",
    permission: "webhooks:manage",
    takes: {
      path,
      body: {
        overlap_hours: wholeNumber({
          min: 0,
          max: WEBHOOK_OVERLAP_HOURS.max,
          default: WEBHOOK_OVERLAP_HOURS.default,
          description: "How long the old one goes on signing; 0 ends it at once",
        }),
      },
    },
    answer: webhookMade.schema,
    example: { ...webhookMade.example, former_until: webhook.example.created_at },
    refuses: {
      404: noSuch("Webhook"),
    },
    complains: {
      loc: ["body", "overlap_hours"],
      msg: `Input should be less than or equal to ${WEBHOOK_OVERLAP_HOURS.max}`,
      type: "less_than_equal",
    },
    respond: async (c, { path: { webhook_id: webhookId }, body }) =>
      webhookMade.of(
        await c.get("rest").api.webhooks.rotate({ webhookId, overlapHours: body.overlap_hours }),
      ),
  }),

  declareRoute({
    operationId: "testWebhook",
    method: "post",
    path: "/webhooks/{webhook_id}/test",
    noun: "webhooks",
    summary: "Send a message that says nothing",
    description: "It goes the way of all others.",
    permission: "webhooks:manage",
    takes: { path, header: keyed("sends none again") },
    tells: { [HEADERS.idempotentReplayed]: "true when an earlier call with this key sent it" },
    answer: delivery.schema,
    example: PENDING,
    refuses: { 404: noSuch("Webhook"), 409: refusesDisabled },
    complains: {
      loc: ["header", HEADERS.idempotencyKey],
      msg: `String should have 1 to ${IDEMPOTENCY_KEY_LENGTH_MAX} characters`,
      type: "string_length",
    },
    respond: async (c, { path: { webhook_id: webhookId }, header }) => {
      const idempotencyKey = header[HEADERS.idempotencyKey];
      const sent = await c.get("rest").api.webhooks.test({ webhookId, idempotencyKey });
      if (sent.replayed) c.header(HEADERS.idempotentReplayed, "true");
      return delivery.of(sent);
    },
  }),

  declareRoute({
    operationId: "replayFailed",
    method: "post",
    path: "/webhooks/{webhook_id}/replay",
    noun: "webhooks",
    summary: "Send anew what failed",
    description: "The oldest first, up to a thousand a call.",
    permission: "webhooks:manage",
    takes: {
      path,
      body: { since: moment({ description: "Only of what happened from then on" }) },
    },
    answer: z.strictObject({ replayed: z.int(), has_more: z.boolean() }),
    example: { replayed: 1, has_more: false },
    refuses: { 404: noSuch("Webhook"), 409: refusesDisabled },
    complains: {
      loc: ["body", "since"],
      msg: "Input should be a time or day of ISO 8601",
      type: "datetime_parsing",
    },
    respond: async (c, { path: { webhook_id: webhookId }, body: { since } }) => {
      const { deliveries } = c.get("rest").api;
      const { replayed, hasMore } = await deliveries.replayFailed({ webhookId, since });
      return { replayed, has_more: hasMore };
    },
  }),

  declareRoute({
    operationId: "enableWebhook",
    method: "post",
    path: "/webhooks/{webhook_id}/enable",
    noun: "webhooks",
    summary: "Enable a disabled webhook",
    description: "It is told of what happens from then on.",
    permission: "webhooks:manage",
    takes: { path },
    answer: webhook.schema,
    example: webhook.example,
    refuses: { 404: noSuch("Webhook") },
    respond: async (c, { path: { webhook_id: webhookId } }) =>
      webhook.of(await c.get("rest").api.webhooks.enable({ webhookId })),
  }),

  declareRoute({
    operationId: "disableWebhook",
    method: "post",
    path: "/webhooks/{webhook_id}/disable",
    noun: "webhooks",
    summary: "Disable a webhook",
    description: "Nothing is sent to it any more; what is on its way has failed.",
    permission: "webhooks:manage",
    takes: { path },
    answer: webhook.schema,
    example: { ...webhook.example, state: "inactive" as const, reason: "asked" as const },
    refuses: { 404: noSuch("Webhook") },
    respond: async (c, { path: { webhook_id: webhookId } }) =>
      webhook.of(await c.get("rest").api.webhooks.disable({ webhookId })),
  }),

  declareRoute({
    operationId: "deleteWebhook",
    method: "post",
    path: "/webhooks/{webhook_id}/delete",
    noun: "webhooks",
    summary: "Delete a webhook",
    description: "With the log of its deliveries.",
    permission: "webhooks:manage",
    takes: { path },
    answer: z.strictObject({ deleted: z.boolean() }),
    example: { deleted: true },
    refuses: { 404: noSuch("Webhook") },
    respond: async (c, { path: { webhook_id: webhookId } }) => {
      const { deleted } = await c.get("rest").api.webhooks.delete({ webhookId });
      return { deleted };
    },
  }),
];
