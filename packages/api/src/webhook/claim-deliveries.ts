import { defineStatement, executeRawSql, nullable, type Tx } from "@scrapersky/db";
import { webhookDeliveries, webhookEvents, webhooks } from "@scrapersky/db/schema";
import { isoTime } from "../time.ts";
import { DELIVERY } from "./delivery.state.ts";
import { secretOf } from "./secret-of.ts";
import { WEBHOOK } from "./webhook.state.ts";

/** Requests to one webhook at once, over all workers: a slow receiver leaves places to the others. */
const OF_ONE_MAX = 4;
/** So long nobody else sends what was claimed: three times what a request may take. */
const LEASE_SECONDS = 30;

// The rank is told before anything is locked; two workers at once may give a webhook a few more.
const claimed = defineStatement(
  `with ranked as (
     select d.id, row_number() over (partition by w.id order by d.due_at, d.id) as place,
       (select count(*) from app.webhook_deliveries s
        where s.webhook_id = w.id and ${DELIVERY.is("sending", "s.state")} and s.due_at > now()) as sending
     from app.webhooks w
     join tenants t on t.id = w.tenant_id and t.is_active
     cross join lateral (
       select id, due_at from app.webhook_deliveries where webhook_id = w.id and due_at <= now()
       order by due_at, id limit ${OF_ONE_MAX}
     ) d
     where ${WEBHOOK.may("disable", "w.state")} and exists (select from app.webhook_deliveries where due_at <= now())
   ),
   due as (
     select d.id from app.webhook_deliveries d join ranked r on r.id = d.id and r.place + r.sending <= ${OF_ONE_MAX}
     where d.due_at <= now() and ${DELIVERY.may("claim", "d.state")}
     order by d.due_at, d.id limit :most::int for update of d skip locked
   )
   update app.webhook_deliveries d set state = ${DELIVERY.to("claim")}, tries = d.tries + 1,
     due_at = now() + interval '${LEASE_SECONDS} seconds'
   from due, app.webhooks w, app.webhook_events e
   where d.id = due.id and w.id = d.webhook_id and e.id = d.event_id
   returning d.id, d.tries, d.event_id, w.id as webhook_id, w.url, w.secret_number, w.former_until > now() as has_former,
     e.type, e.data, e.created_at, (
       select s.traceparent from app.scrape_jobs s where s.batch_id = (e.data ->> 'batch_id')::uuid
       order by s.position limit 1
     ) as traceparent`,
  {
    id: webhookDeliveries.id,
    tries: webhookDeliveries.tries,
    event_id: webhookDeliveries.eventId,
    webhook_id: webhooks.id,
    url: webhooks.url,
    secret_number: webhooks.secretNumber,
    has_former: nullable("bool"),
    type: webhookEvents.type,
    data: webhookEvents.data,
    created_at: webhookEvents.createdAt,
    traceparent: nullable("text"),
  },
);

/** What a worker sends. */
export interface ClaimedDelivery {
  deliveryId: string;
  /** Counts up with each claim: who records says which one. */
  tries: number;
  /** The id of the event, the same however often it is sent. */
  messageId: string;
  url: string;
  /** Of the message, the same bytes each time. */
  body: string;
  /** The span that asked for the batch that it is of, where spans are kept. */
  traceparent: string | undefined;
  /** Those that sign it, the newest first. */
  secrets: string[];
}

/**
 * Claims deliveries that are due, for a lease that outlasts a request.
 * @param key that secrets are made of
 */
export async function claimDeliveries(
  tx: Tx,
  { key, most }: { key: string; most: number },
): Promise<ClaimedDelivery[]> {
  const rows = await executeRawSql(tx, claimed, { most });
  return rows.map((row) => {
    const former = row.has_former === true && row.secret_number > 1 ? [row.secret_number - 1] : [];
    return {
      deliveryId: row.id,
      tries: row.tries,
      messageId: `msg_${row.event_id}`,
      url: row.url,
      body: JSON.stringify({
        type: row.type,
        timestamp: isoTime(row.created_at),
        data: row.data,
      }),
      traceparent: row.traceparent ?? undefined,
      secrets: [row.secret_number, ...former].map((number) =>
        secretOf(key, { webhookId: row.webhook_id, number }),
      ),
    };
  });
}
