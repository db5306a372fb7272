import { defineStatement, executeRawSql, type Tx } from "@scrapersky/db";
import { webhookEvents } from "@scrapersky/db/schema";
import { BATCH } from "../batch/batch.state.ts";
import { isToldOf, tellWebhooks } from "./tell-webhooks.ts";
import type { WebhookEvent } from "./webhook.contract.ts";

const FINISHED = "batch.finished" satisfies WebhookEvent;
const FAILED = "batch.failed" satisfies WebhookEvent;

const ended = defineStatement(
  `insert into app.webhook_events (tenant_id, type, data)
   select b.tenant_id, told.type, jsonb_build_object(
     'batch_id', b.batch_id, 'status', b.status, 'total_domains', b.total_domains,
     'completed_domains', b.completed_domains, 'failed_domains', b.failed_domains,
     'ended_at', timezone('utc', b.end_time)
   )
   from batch_jobs b
   cross join lateral (select case when ${BATCH.is("failed", "b.status")} then '${FAILED}' else '${FINISHED}' end as type) told
   where b.batch_id = any(:batchIds::uuid[]) and ${isToldOf("told.type", "b.tenant_id")}
   returning id`,
  { id: webhookEvents.id },
);

/** Tells webhooks that batches have ended. Call it in the transaction that ends them. */
export async function tellBatchesEnded(tx: Tx, batchIds: readonly string[]): Promise<void> {
  if (batchIds.length === 0) return;
  await tellWebhooks(tx, await executeRawSql(tx, ended, { batchIds }));
}
