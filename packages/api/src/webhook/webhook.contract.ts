import { z } from "zod";
import { idempotencyKeyInput } from "../batch/batch.contract.ts";
import { boundedList } from "../bounded-list.contract.ts";
import { idText } from "../id.contract.ts";
import { timeText } from "../list-input.contract.ts";
import { WEBHOOK_OVERLAP_HOURS, WEBHOOK_URL_LENGTH_MAX } from "../wire.contract.ts";

/** Webhooks of one tenant. */
export const WEBHOOKS_MAX = 20;
/** A delivery that nobody took is given up after so many hours, and told no more unless it is sent anew. */
export const DELIVERY_HOURS_MAX = 24;
/** Deliveries given up one after the other before a webhook is disabled. */
export const WEBHOOK_FAILURES_MAX = 5;
/** What was sent is kept, and can be sent anew, for so many days. */
export const DELIVERY_DAYS_KEPT = 30;
/** The latest tries of a delivery, told with it. */
export const TRIES_TOLD = 100;
/** Deliveries that one call sends anew. */
export const REPLAYED_MAX = 1_000;
/** A key is told to expire so many days ahead. */
export const KEY_WARNING_DAYS = 7;
/** Jobs of a batch that fail within so many seconds are told as one. */
export const FAILURES_GATHERED_SECONDS = 10;

/** What a webhook may be told of. */
export const WEBHOOK_EVENTS = [
  "batch.finished",
  "batch.failed",
  "job.failed",
  "key.expiring",
] as const;
export type WebhookEvent = (typeof WEBHOOK_EVENTS)[number];
/** Sent when somebody asks for it, whatever a webhook is told of. */
export const TEST_EVENT = "webhook.test";

export type WebhookState = "active" | "inactive";
/** Somebody asked for it; the receiver said 410; deliveries were given up one after the other. */
export const DISABLED_REASONS = ["asked", "gone", "failing"] as const;
export type DisabledReason = (typeof DISABLED_REASONS)[number];
export type DeliveryState = "pending" | "sending" | "delivered" | "failed";

/** One row of the list of webhooks. Times are ISO 8601 in UTC. */
export interface Webhook {
  webhookId: string;
  url: string;
  events: WebhookEvent[];
  state: WebhookState;
  /** Why it is disabled. */
  reason: DisabledReason | null;
  /** Until when the secret before this one signs, too; null where none does. */
  formerUntil: string | null;
  /** Deliveries that were given up one after the other, up to now. */
  failures: number;
  createdBy: { id: string; name: string | null };
  createdAt: string;
  updatedAt: string;
}

/** A webhook with its secret, which is told this once. */
export interface WebhookMade extends Webhook {
  secret: string;
}
export interface WebhookCreated extends WebhookMade {
  /** True when an earlier call with the same idempotency key made it. */
  replayed: boolean;
}

/** One event on its way to one webhook. */
export interface Delivery {
  deliveryId: string;
  webhookId: string;
  /** What the header `webhook-id` says, however often it is sent. */
  eventId: string;
  type: string;
  state: DeliveryState;
  tries: number;
  /** Of the last answer; null where none came. */
  status: number | null;
  /** Why the last try counts as failed. */
  error: string | null;
  /** When it is tried again; null when it is over. */
  dueAt: string | null;
  createdAt: string;
  endedAt: string | null;
}

export interface DeliveryMade extends Delivery {
  /** True when an earlier call with the same idempotency key made it. */
  replayed: boolean;
}

export interface DeliveryDetail extends Delivery {
  data: Record<string, unknown>;
  /** Newest first. */
  log: {
    number: number;
    at: string;
    durationMs: number;
    status: number | null;
    error: string | null;
  }[];
}

const events = boundedList(z.enum(WEBHOOK_EVENTS), { max: WEBHOOK_EVENTS.length });
const url = z.string().trim().min(1).max(WEBHOOK_URL_LENGTH_MAX);

export const webhookCreateInput = z.object({ url, events, idempotencyKey: idempotencyKeyInput });
export type WebhookCreate = z.output<typeof webhookCreateInput>;

export const webhookIdInput = z.object({ webhookId: idText });

export const webhookTestInput = webhookIdInput.extend({ idempotencyKey: idempotencyKeyInput });
export type WebhookTest = z.output<typeof webhookTestInput>;

export const webhookUpdateInput = webhookIdInput.extend({
  /** What it was read with. */
  expectedUpdatedAt: z.iso.datetime({ offset: true }),
  patch: z.object({ url, events }).partial(),
});
export type WebhookUpdate = z.output<typeof webhookUpdateInput>;

export const webhookRotateInput = webhookIdInput.extend({
  /** How long the old secret goes on signing beside the new one; 0 ends it at once. */
  overlapHours: z
    .number()
    .int()
    .min(0)
    .max(WEBHOOK_OVERLAP_HOURS.max)
    .default(WEBHOOK_OVERLAP_HOURS.default),
});
export type WebhookRotate = z.output<typeof webhookRotateInput>;

export const deliveryIdInput = z.object({ deliveryId: idText });

export const replayFailedInput = webhookIdInput.extend({
  /** Those of what happened from then on; all that are kept when left out. */
  since: timeText.optional(),
});
export type ReplayFailed = z.output<typeof replayFailedInput>;
