import { isToldOf } from "./tell-webhooks.ts";
import { FAILURES_GATHERED_SECONDS, type WebhookEvent } from "./webhook.contract.ts";

const JOB_FAILED = "job.failed" satisfies WebhookEvent;

/**
 * SQL that keeps how many jobs of batches failed, to be told together some seconds after the first of them. `of` has batch_id,
 * tenant_id and failed, a batch once.
 */
export const gatherFailures = (of: string): string =>
  `insert into app.webhook_failures as gathered (batch_id, tenant_id, jobs, since, due_at)
   select ${of}.batch_id, ${of}.tenant_id, ${of}.failed, clock_timestamp(),
     clock_timestamp() + interval '${FAILURES_GATHERED_SECONDS} seconds'
   from ${of} where ${of}.failed > 0 and ${isToldOf(`'${JOB_FAILED}'`, `${of}.tenant_id`)}
   on conflict (batch_id) do update set jobs = gathered.jobs + excluded.jobs`;
