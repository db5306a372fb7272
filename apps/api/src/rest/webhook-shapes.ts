import { z } from "@hono/zod-openapi";
import {
  type Delivery,
  type DeliveryDetail,
  DISABLED_REASONS,
  TEST_EVENT,
  type Webhook,
  type WebhookMade,
  WEBHOOK_EVENTS,
  type WebhookEvent,
} from "@scrapersky/api/contract";
import { legacyTime, legacyTimeOrNull, time } from "./legacy-time.ts";
import { shapeOf } from "./shape.ts";

const WEBHOOK_ID = "b7d5f1c0-52a9-4c1e-8f3d-6f0a9c2e4b18";
const EVENT_ID = "5e1c8a34-0f7b-4d62-9a1e-3c8d7b2f6a05";
const CREATED = "2026-11-21T09:00:00.123456+00:00";

const EVENTS: WebhookEvent[] = ["batch.finished"];

const keys = {
  id: [z.uuid(), (of: Webhook) => of.webhookId, WEBHOOK_ID],
  url: [z.string(), (of: Webhook) => of.url, "https://example.com/scrapersky"],
  events: [z.array(z.enum(WEBHOOK_EVENTS)), (of: Webhook) => of.events, EVENTS],
  state: [z.enum(["active", "inactive"]), (of: Webhook) => of.state, "active"],
  reason: [
    z.enum(DISABLED_REASONS).nullable().openapi({ description: "Why it is disabled" }),
    (of: Webhook) => of.reason,
    null,
  ],
  former_until: [
    time.nullable().openapi({ description: "Until when the secret before this one signs, too" }),
    (of: Webhook) => legacyTimeOrNull(of.formerUntil),
    null,
  ],
  failures: [
    z.int().openapi({ description: "Deliveries given up one after the other" }),
    (of: Webhook) => of.failures,
    0,
  ],
  created_by: [z.string().nullable(), (of: Webhook) => of.createdBy.name, "Ann Example"],
  created_at: [time, (of: Webhook) => legacyTime(of.createdAt), CREATED],
  updated_at: [time, (of: Webhook) => legacyTime(of.updatedAt), CREATED],
} as const;

export const webhook = shapeOf<Webhook>()("Webhook", keys);

export const webhookMade = shapeOf<WebhookMade>()("WebhookMade", {
  ...keys,
  secret: [
    z.string().openapi({ description: "Signs what it is sent; told in this answer alone" }),
    (of) => of.secret,
    "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo=",
  ],
});

const state = z.enum(["pending", "sending", "failed", "delivered"]);

export const delivery = shapeOf<Delivery>()("Delivery", {
  id: [z.uuid(), (of) => of.deliveryId, "e0a7c4d2-9b1f-4e53-8c6a-7d2f5b3e1a90"],
  webhook_id: [z.uuid(), (of) => of.webhookId, WEBHOOK_ID],
  message_id: [
    z.string().openapi({ description: "What webhook-id says, however often it is sent" }),
    (of) => `msg_${of.eventId}`,
    `msg_${EVENT_ID}`,
  ],
  type: [z.string(), (of) => of.type, TEST_EVENT],
  state: [state, (of) => of.state, "delivered"],
  tries: [z.int(), (of) => of.tries, 1],
  status: [
    z.int().nullable().openapi({ description: "Of the last answer; null where none came" }),
    (of) => of.status,
    204,
  ],
  error: [
    z.string().nullable().openapi({ description: "Why the last try counts as failed" }),
    (of) => of.error,
    null,
  ],
  due_at: [
    time.nullable().openapi({ description: "When it is tried next; null when it is over" }),
    (of) => legacyTimeOrNull(of.dueAt),
    null,
  ],
  created_at: [time, (of) => legacyTime(of.createdAt), CREATED],
  ended_at: [time.nullable(), (of) => legacyTimeOrNull(of.endedAt), CREATED],
});

export const PENDING = {
  ...delivery.example,
  state: "pending" as const,
  tries: 0,
  status: null,
  due_at: CREATED,
  ended_at: null,
};

const sent = z.strictObject({
  number: z.int(),
  at: time,
  duration_ms: z.int(),
  status: z.int().nullable(),
  error: z.string().nullable(),
});

export const deliveryDetail = shapeOf<DeliveryDetail>()("DeliveryDetail", {
  delivery: [delivery.schema, (of) => delivery.of(of), delivery.example],
  data: [
    z.record(z.string(), z.unknown()).openapi({ description: "What was told" }),
    (of) => of.data,
    { webhook_id: WEBHOOK_ID },
  ],
  log: [
    z.array(sent).openapi({ description: "Its tries, newest first" }),
    (of) =>
      of.log.map(({ durationMs, at, ...one }) => ({
        ...one,
        at: legacyTime(at),
        duration_ms: durationMs,
      })),
    [{ number: 1, at: CREATED, duration_ms: 12, status: 204, error: null }],
  ],
});
