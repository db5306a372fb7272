import { defineStatement, executeRawSql, type Tx } from "@scrapersky/db";
import { webhookEvents } from "@scrapersky/db/schema";
import { KEY_START } from "../api-key/api-key.ts";
import { isToldOf, tellWebhooks } from "./tell-webhooks.ts";
import { KEY_WARNING_DAYS, type WebhookEvent } from "./webhook.contract.ts";

const KEY_EXPIRING = "key.expiring" satisfies WebhookEvent;
/** Keys that are told in one transaction. */
const KEYS_MAX = 100;

// A key whose end is moved is told again. What was told is kept for longer than the warning lasts.
const expiring = defineStatement(
  `with soon as (
     select k.tenant_id, '${KEY_EXPIRING} ' || k.id || ' ' || extract(epoch from k.expires_at)::bigint as once,
       jsonb_build_object('key_id', k.id, 'hint', '${KEY_START}' || k.prefix || '_…' || k.last4, 'expires_at', k.expires_at) as data
     from app.api_keys k
     where k.revoked_at is null and k.expires_at > now() and k.expires_at <= now() + interval '${KEY_WARNING_DAYS} days'
       and ${isToldOf(`'${KEY_EXPIRING}'`, "k.tenant_id")}
   )
   insert into app.webhook_events (tenant_id, type, data, once)
   select tenant_id, '${KEY_EXPIRING}', data, once from soon
   where not exists (select from app.webhook_events e where e.tenant_id = soon.tenant_id and e.once = soon.once)
   order by tenant_id, once limit ${KEYS_MAX}
   on conflict (tenant_id, once) do nothing
   returning id`,
  { id: webhookEvents.id },
);

/**
 * Tells webhooks of keys that expire within some days, of each once.
 * @returns whether there may be more
 */
export async function tellExpiringKeys(tx: Tx): Promise<boolean> {
  const events = await executeRawSql(tx, expiring, {});
  await tellWebhooks(tx, events);
  return events.length === KEYS_MAX;
}
