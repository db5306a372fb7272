import { certain, defineStatement, type Executor, executeRawSql } from "@scrapersky/db";
import {
  hostPauses,
  networkPlaces,
  rateLimits,
  sqlRuns,
  streamPlaces,
  workers,
  webhookEvents,
} from "@scrapersky/db/schema";
import { WORK_DAYS_KEPT } from "../change/changed.contract.ts";
import { DELIVERY } from "../webhook/delivery.state.ts";
import { DELIVERY_DAYS_KEPT } from "../webhook/webhook.contract.ts";

/** Rows of one statement: more would hold them for longer than somebody waits who needs one. */
const CHUNK = 1_000;

const keys = defineStatement(
  `delete from app.idempotency_keys where (tenant_id, actor_id, route, key) in (
     select tenant_id, actor_id, route, key from app.idempotency_keys
     where created_at <= now() - interval '24 hours'
     order by created_at limit :chunk::int for update skip locked
   ) returning 1 as gone`,
  { gone: "int4" },
);

const counts = defineStatement(
  `delete from app.rate_limits where key in (
     select key from app.rate_limits where expire <= extract(epoch from now()) * 1000 - 60000
     order by expire limit :chunk::int for update skip locked
   ) returning key`,
  { key: rateLimits.key },
);

const places = defineStatement(
  `delete from app.stream_places where (holder, place) in (
     select holder, place from app.stream_places where ends_at <= now()
     limit :chunk::int for update skip locked
   ) returning place`,
  { place: streamPlaces.place },
);

const runs = defineStatement(
  `delete from app.sql_runs where id in (
     select id from app.sql_runs where started_at <= now() - interval '90 days'
     order by started_at limit :chunk::int for update skip locked
   ) returning id`,
  { id: sqlRuns.id },
);

const grants = defineStatement(
  `delete from app.role_grants where (profile_id, tenant_id, role_id) in (
     select profile_id, tenant_id, role_id from app.role_grants where ends_at <= now()
     order by ends_at limit :chunk::int for update skip locked
   ) returning 1 as gone`,
  { gone: "int4" },
);

const silentWorkers = defineStatement(
  `delete from app.workers where id in (
     select id from app.workers where seen_at <= now() - interval '1 hour'
     limit :chunk::int for update skip locked
   ) returning id`,
  { id: workers.id },
);

const log = defineStatement(
  "select app.prune_audit_log(make_interval(days => :days::int), :chunk::int) as pruned",
  { pruned: certain("int4") },
);

/** A place keeps for a while when it may be used again. */
const networks = defineStatement(
  `delete from app.network_places where (address, place) in (
     select address, place from app.network_places where ends_at <= now() - interval '1 minute'
     limit :chunk::int for update skip locked
   ) returning place`,
  { place: networkPlaces.place },
);

const pauses = defineStatement(
  `delete from app.host_pauses where host in (
     select host from app.host_pauses where free_at <= now()
     limit :chunk::int for update skip locked
   ) returning host`,
  { host: hostPauses.host },
);

// What is on its way stays, however old it is.
const events = defineStatement(
  `delete from app.webhook_events where id in (
     select e.id from app.webhook_events e
     where e.created_at <= now() - interval '${DELIVERY_DAYS_KEPT} days'
       and not exists (
         select from app.webhook_deliveries d where d.event_id = e.id and ${DELIVERY.is(DELIVERY.open, "d.state")}
       )
     order by e.created_at, e.id limit :chunk::int for update skip locked
   ) returning id`,
  { id: webhookEvents.id },
);

// By their numbers, which hardly differ from the order of time. Until where a tenant's are gone is kept: older places begin anew.
const work = defineStatement(
  `with old as (
     delete from app.changed_work where id in (
       select id from app.changed_work order by id limit :chunk::int for update skip locked
     ) and at <= now() - interval '${WORK_DAYS_KEPT} days'
     returning tenant_id, revision, id, job_ids, batch_ids
   ),
   kept as (
     insert into app.forgotten_work as f (tenant_id, of, revision, id)
     select distinct on (old.tenant_id, each.of) old.tenant_id, each.of, old.revision, old.id
     from old cross join lateral (values ('job_ids', old.job_ids), ('batch_ids', old.batch_ids)) as each (of, ids)
     where each.ids <> '{}' order by old.tenant_id, each.of, old.revision desc, old.id desc
     on conflict (tenant_id, of) do update set revision = excluded.revision, id = excluded.id
     where (excluded.revision, excluded.id) > (f.revision, f.id)
   )
   select 1 as gone from old`,
  { gone: "int4" },
);

/**
 * Removes what has run out and is asked for by nobody any more, a chunk of each kind: keys of calls after 24 hours, counts of
 * windows that are over, places of streams and visits that ended, pauses of hosts, statements of platform staff after 90 days, roles
 * that were lent until now, workers that nobody heard of for an hour, what webhooks
 * were told with the log of it, what became of jobs and batches after thirty days, rows of the audit log beyond its time. Each statement commits by itself.
 * @param of.auditDays so long the audit log is kept
 * @returns whether there may be more
 */
export async function forgetOld(
  executor: Executor,
  { auditDays }: { auditDays: number },
): Promise<boolean> {
  const chunk = { chunk: CHUNK };
  const gone = [
    await executeRawSql(executor, keys, chunk),
    await executeRawSql(executor, counts, chunk),
    await executeRawSql(executor, places, chunk),
    await executeRawSql(executor, grants, chunk),
    await executeRawSql(executor, runs, chunk),
    await executeRawSql(executor, networks, chunk),
    await executeRawSql(executor, pauses, chunk),
    await executeRawSql(executor, silentWorkers, chunk),
    await executeRawSql(executor, events, chunk),
    await executeRawSql(executor, work, chunk),
  ];
  const [pruned] = await executeRawSql(executor, log, { ...chunk, days: auditDays });
  return pruned?.pruned === CHUNK || gone.some(({ length }) => length === CHUNK);
}
