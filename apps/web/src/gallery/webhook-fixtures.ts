import type { Delivery, DeliveryDetail, Webhook } from "@scrapersky/api/contract";
import { ago, id } from "./fixture-base.ts";

// Made-up webhooks: one that works, one that nobody takes from any more; and what was sent.

const DAY = 86_400;

export const WEBHOOK: Webhook = {
  webhookId: id(701),
  url: "https://crm.skyline.example/hooks/scrapersky?source=batches",
  events: ["batch.finished", "batch.failed"],
  state: "active",
  reason: null,
  formerUntil: ago(-DAY / 2),
  failures: 0,
  createdBy: { id: id(1), name: "Marta Keller" },
  createdAt: ago(40 * DAY),
  updatedAt: ago(3 * DAY),
};

export const WEBHOOK_GONE: Webhook = {
  ...WEBHOOK,
  webhookId: id(702),
  url: "https://old-importer.skyline.example/a/long/address/that/goes/on/for/longer/than/its/column/is/wide",
  events: ["batch.finished", "batch.failed", "job.failed", "key.expiring"],
  state: "inactive",
  reason: "failing",
  formerUntil: null,
  failures: 5,
};

export const WEBHOOKS: Webhook[] = [WEBHOOK, WEBHOOK_GONE];

const SENT: Delivery = {
  deliveryId: id(711),
  webhookId: id(701),
  eventId: id(721),
  type: "batch.finished",
  state: "delivered",
  tries: 1,
  status: 204,
  error: null,
  dueAt: null,
  createdAt: ago(600),
  endedAt: ago(598),
};

const RETRIED: Delivery = {
  ...SENT,
  deliveryId: id(712),
  eventId: id(722),
  type: "batch.failed",
  state: "pending",
  tries: 4,
  status: 503,
  error: "http_503",
  dueAt: ago(-40),
  endedAt: null,
};

const GIVEN_UP: Delivery = {
  ...SENT,
  deliveryId: id(713),
  eventId: id(723),
  type: "webhook.test",
  state: "failed",
  tries: 23,
  status: null,
  error: "connect_refused",
  createdAt: ago(3 * DAY),
  endedAt: ago(2 * DAY),
};

export const DELIVERIES: Delivery[] = [RETRIED, SENT, GIVEN_UP];

export const DELIVERY: DeliveryDetail = {
  ...GIVEN_UP,
  data: { batch_id: id(12), status: "failed", total_domains: 40, failed_domains: 40 },
  log: [3, 2, 1].map((number) => ({
    number,
    at: ago(3 * DAY - number * 60),
    durationMs: 1_004,
    status: number === 2 ? 503 : null,
    error: number === 2 ? "http_503" : "timeout",
  })),
};
