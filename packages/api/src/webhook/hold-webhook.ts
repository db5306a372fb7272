import type { Tx } from "@scrapersky/db";
import { webhooks } from "@scrapersky/db/schema";
import { and, eq } from "drizzle-orm";
import { notFound } from "../errors/domain-error.ts";
import { requireUuid } from "../identifier.ts";

/**
 * A webhook as it is, which nobody else changes until the transaction ends.
 * @throws DomainError NOT_FOUND
 */
export async function holdWebhook(
  tx: Tx,
  { tenantId, webhookId: text }: { tenantId: string; webhookId: string },
): Promise<typeof webhooks.$inferSelect> {
  const webhookId = requireUuid(text, "Webhook");
  const [row] = await tx
    .select()
    .from(webhooks)
    .where(and(eq(webhooks.id, webhookId), eq(webhooks.tenantId, tenantId)))
    .for("no key update");
  if (!row) throw notFound("Webhook");
  return row;
}
