import { defineStatement, executeRawSql, type Tx } from "@scrapersky/db";
import { webhookEvents } from "@scrapersky/db/schema";
import { tellWebhooks } from "./tell-webhooks.ts";
import type { WebhookEvent } from "./webhook.contract.ts";

const JOB_FAILED = "job.failed" satisfies WebhookEvent;
/** Batches whose failures are told in one transaction. */
const BATCHES_MAX = 50;

const gathered = defineStatement(
  `with due as (
     delete from app.webhook_failures where batch_id in (
       select batch_id from app.webhook_failures where due_at <= now()
       order by due_at, batch_id limit ${BATCHES_MAX} for update skip locked
     )
     returning *
   )
   insert into app.webhook_events (tenant_id, type, data)
   select tenant_id, '${JOB_FAILED}', jsonb_build_object('batch_id', batch_id, 'jobs', jobs, 'since', since) from due
   returning id`,
  { id: webhookEvents.id },
);

/**
 * Tells webhooks of jobs that failed, one event a batch for all that were gathered.
 * @returns whether there may be more
 */
export async function tellFailures(tx: Tx): Promise<boolean> {
  const events = await executeRawSql(tx, gathered, {});
  await tellWebhooks(tx, events);
  return events.length === BATCHES_MAX;
}
