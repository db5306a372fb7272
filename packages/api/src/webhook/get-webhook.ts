import type { Reader } from "@scrapersky/db";
import { webhooks } from "@scrapersky/db/schema";
import { and, eq } from "drizzle-orm";
import { notFound } from "../errors/domain-error.ts";
import { requireUuid } from "../identifier.ts";
import type { Webhook } from "./webhook.contract.ts";
import { toWebhook, WEBHOOK_COLUMNS } from "./webhook-row.ts";

/** @throws DomainError NOT_FOUND */
export async function getWebhook(
  reader: Reader,
  tenantId: string,
  webhookIdText: string,
): Promise<Webhook> {
  const webhookId = requireUuid(webhookIdText, "Webhook");
  const [row] = await reader
    .select(WEBHOOK_COLUMNS)
    .from(webhooks)
    .where(and(eq(webhooks.id, webhookId), eq(webhooks.tenantId, tenantId)));
  if (!row) throw notFound("Webhook");
  return toWebhook(row);
}
