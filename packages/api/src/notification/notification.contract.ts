import { z } from "zod";
import { boundedList } from "../bounded-list.contract.ts";
import { idText } from "../id.contract.ts";
import type { BatchSummary } from "../batch/batch.contract.ts";
import type { Webhook } from "../webhook/webhook.contract.ts";

/** Told at once, the newest. */
export const NOTIFICATIONS_SHOWN = 20;

/** What somebody is told: that a batch of theirs has ended, or that a webhook was disabled. */
export type Notification = {
  notificationId: string;
  createdAt: string;
  readAt: string | null;
} & (
  | {
      kind: "batch";
      /** As it stands now: one that runs again is told again when it ends. */
      batch: Pick<
        BatchSummary,
        "batchId" | "label" | "firstDomain" | "status" | "total" | "counts" | "emails" | "phones"
      >;
    }
  | {
      kind: "webhook";
      /** As it stands now: without a reason it was enabled since. */
      webhook: Pick<Webhook, "webhookId" | "url" | "reason">;
    }
);

export interface Notifications {
  /** Not read yet, up to `NOTIFICATIONS_SHOWN` of them. */
  unread: number;
  /** The newest first. */
  items: Notification[];
}

export const markReadInput = z.object({
  /** Which; all when left out. */
  notificationIds: boundedList(idText, { max: NOTIFICATIONS_SHOWN }).optional(),
});
export type MarkRead = z.output<typeof markReadInput>;
