import type { Tx } from "@scrapersky/db";
import { webhooks } from "@scrapersky/db/schema";
import { eq, sql } from "drizzle-orm";
import { recordAudit } from "../audit/record-audit.ts";
import { DomainError } from "../errors/domain-error.ts";
import { runOnce } from "../idempotency/run-once.ts";
import { takeLock } from "../lock/take-lock.ts";
import type { Caller } from "../rbac/actor.ts";
import { getWebhook } from "./get-webhook.ts";
import { readUrl } from "./read-url.ts";
import { requireKey } from "./require-key.ts";
import { secretOf } from "./secret-of.ts";
import { type WebhookCreate, type WebhookCreated, WEBHOOKS_MAX } from "./webhook.contract.ts";
import { WEBHOOK } from "./webhook.state.ts";

/** Who may be told a secret: the server's key comes with the call. */
export interface WebhookMaker extends Caller {
  webhooksKey: string | null;
}

/**
 * Makes a webhook, which is told of what happens from then on. The secret is in the answer alone: what is kept for the
 * idempotency key does not have it.
 * @throws DomainError INVALID_INPUT for an address that cannot be, and for one webhook too many; INVALID_STATE `WEBHOOKS_OFF`;
 * CONFLICT from the idempotency key
 */
export async function createWebhook(
  tx: Tx,
  caller: WebhookMaker,
  { idempotencyKey: key, ...request }: WebhookCreate,
): Promise<WebhookCreated> {
  const { actor } = caller;
  const { tenantId } = actor;
  const secretKey = requireKey(caller.webhooksKey);
  const call = { route: "webhooks.create", key, request };
  const { webhookId, replayed } = await runOnce(tx, actor, call, async () => {
    const url = readUrl(request.url);
    await takeLock(tx, "webhooks", tenantId);
    if ((await tx.$count(webhooks, eq(webhooks.tenantId, tenantId))) >= WEBHOOKS_MAX) {
      throw new DomainError(
        "INVALID_INPUT",
        `A tenant has at most ${WEBHOOKS_MAX} webhooks: delete one that is not needed.`,
        { errorCode: "TOO_MANY_WEBHOOKS" },
      );
    }
    const at = sql`clock_timestamp()`;
    const [row] = await tx
      .insert(webhooks)
      .values({
        tenantId,
        url,
        events: [...new Set(request.events)],
        state: WEBHOOK.begins.create,
        createdBy: actor.id,
        createdAt: at,
        updatedAt: at,
      })
      .returning({ id: webhooks.id });
    if (!row) throw new Error("INSERT … RETURNING gave no row");
    await recordAudit(tx, caller, {
      action: "webhooks.create",
      targetType: "webhook",
      targetId: row.id,
      detail: { host: new URL(url).host, events: request.events },
    });
    return { webhookId: row.id };
  });
  const webhook = await getWebhook(tx, tenantId, webhookId);
  return { ...webhook, secret: secretOf(secretKey, { webhookId, number: 1 }), replayed };
}
