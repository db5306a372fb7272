import type { Delivery, Webhook, WebhookEvent } from "@scrapersky/api/contract";
import type { Look } from "#ui/status.tsx";

export const WEBHOOK_LOOKS: Record<Webhook["state"], Look> = {
  active: { tone: "complete", word: "Active" },
  inactive: { tone: "cancelled", word: "Disabled" },
};

export const DELIVERY_LOOKS: Record<Delivery["state"], Look> = {
  pending: { tone: "waiting", word: "Waiting" },
  sending: { tone: "running", word: "Sending" },
  failed: { tone: "failed", word: "Failed" },
  delivered: { tone: "complete", word: "Delivered" },
};

export const EVENT_WORDS: Record<WebhookEvent, string> = {
  "batch.finished": "A batch has ended",
  "batch.failed": "A batch has failed",
  "job.failed": "Jobs have failed, told together",
  "key.expiring": "A key expires within a week",
};

export const REASON_WORDS: Record<NonNullable<Webhook["reason"]>, string> = {
  asked: "Somebody disabled it.",
  gone: "Its receiver says that nobody is there any more (410).",
  failing: "Nobody took what was sent, five times in a row, each for a day.",
};

/** Its page, below the tenant. */
export const deliveryPath = ({
  webhookId,
  deliveryId,
}: Pick<Delivery, "webhookId" | "deliveryId">): string =>
  `/webhooks/${webhookId}/deliveries/${deliveryId}`;

const ERRORS: Record<string, string> = {
  blocked_address: "The address is not public",
  connect_refused: "The connection was refused",
  conn_reset: "The connection broke off",
  dns_not_found: "No such host",
  dns_error: "The host could not be looked up",
  tls_error: "No secure connection",
  timeout: "No answer in time",
  disabled: "The webhook was disabled",
};

/** What a try met, where it counts as failed. */
export const errorWords = (error: string): string =>
  ERRORS[error] ?? (error.startsWith("http_") ? `Answered with ${error.slice(5)}` : error);
