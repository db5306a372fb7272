// Whose turn it is: each worker goes round the tenants that have something to run, and for each tenant round its
// batches. What it remembers is where it stopped, so there is no row that all workers would have to write.
import { certain, defineStatement, executeRawSql, nullable, typed, type Tx } from "@scrapersky/db";
import { claimed, isClaimed, OFFERED } from "./message-state.ts";
import { PAUSE_OF_SCRAPES } from "./pause.ts";
import { SCRAPE, type ScrapeClaim, type ScrapeMessage } from "./scrape-message.ts";

/** Where one worker stopped. */
export interface Turn {
  tenant: string;
  /** The last batch by tenant. */
  batches: Map<string, string>;
}

/** Tenants whose last batch is remembered; of others a round begins with their first one. */
const REMEMBERED_MAX = 1_000;

/** Any constant will do, as long as everyone takes the same one. */
const VISIT_LOCK = 7_255_203;

// The first value after `after`, then each one's next, from the beginning again once there is none: a look into the
// index for each, however many messages a value has.
const rounds = (column: string, condition: string, after: string, most: string) => `
  select (select ${column} from pgboss.job j where ${OFFERED} and ${condition} and ${column} > ${after}
      order by ${column} limit 1) as value, 1 as nth, 0 as lap
  union all
  select (select ${column} from pgboss.job j where ${OFFERED} and ${condition} and ${column} > coalesce(round.value, '')
      order by ${column} limit 1), round.nth + 1, round.lap + (round.value is null)::int
  from round
  where round.nth <= ${most}
    and case when round.value is null then round.lap = 0 else round.lap = 0 or round.value <= ${after} end`;

/**
 * A function, because to plan it takes longer than to run it: the server keeps its plan, behind a pooler too. What the planner
 * believes of a table that nobody has analysed yet it would keep as well, so it is left the indexes alone.
 */
export const turnFunction = `
  create or replace function pgboss.scrape_turn(
    turn_after text, turn_tenants text[], turn_batches text[], most integer, visit_lock integer)
  returns table (id uuid, domain text, tenant text, batch text, is_full boolean, is_free boolean, missed text)
  language plpgsql volatile
  set plan_cache_mode = force_generic_plan set enable_seqscan = off set enable_bitmapscan = off as $turn$
  #variable_conflict use_column
  begin
  return query
  with tenants as materialized (
     with recursive round as (${rounds("j.group_tier", "true", "turn_after", "most + 1")})
     select value as tenant, nth, greatest(1, ceil(most::numeric / count(*) over ()))::int as share
     from (
       select value, nth from round
       where value is not null and (lap = 0 or value <= turn_after) and not exists (${PAUSE_OF_SCRAPES})
       order by nth limit most
     ) round
   ),
   batches as materialized (
     select t.tenant, t.nth as tenant_nth, b.batch, b.nth as batch_nth,
       greatest(1, ceil(t.share / count(*) over (partition by t.tenant)))::int as share
     from tenants t
     left join unnest(turn_tenants, turn_batches) as last (tenant, batch) on last.tenant = t.tenant
     cross join lateral (
       with recursive round as (${rounds("j.group_id", "j.group_tier = t.tenant", "coalesce(last.batch, '')", "t.share + 1")})
       select value as batch, nth from round
       where value is not null and (lap = 0 or value <= coalesce(last.batch, ''))
       order by nth limit t.share
     ) b
   ),
   messages as materialized (
     select b.tenant, b.tenant_nth, b.batch, b.batch_nth, b.share, m.id, m.priority, m.domain
     from batches b cross join lateral (
       select j.id, j.priority, j.data->>'domain' as domain from pgboss.job j
       where ${OFFERED} and j.group_tier = b.tenant and j.group_id = b.batch and j.start_after <= now()
       order by j.priority desc limit b.share for update skip locked
     ) m
   ),
   ranked as (
     select *, row_number() over (partition by batch order by priority desc) as place from messages
   ),
   dealt as (
     select *, row_number() over (partition by tenant order by place, batch_nth) as deal,
       max(place) over (partition by batch) = share as is_full
     from ranked
   )
   select chosen.id, chosen.domain, chosen.tenant, chosen.batch, chosen.is_full,
     pg_try_advisory_xact_lock(visit_lock, hashtext(chosen.domain)) as is_free,
     missed.tenant as missed
   from (
     select max(tenant) as tenant from (
       select b.tenant, b.tenant_nth from batches b
       where not exists (select from messages m where m.batch = b.batch) order by b.tenant_nth desc limit 1
     ) last
   ) missed
   left join (select * from dealt order by deal, tenant_nth limit most) chosen on true;
  end
  $turn$`;

const offered = defineStatement(
  `select id, domain, tenant, batch, is_full, is_free, missed
   from pgboss.scrape_turn(:after::text, :tenants::text[], :batches::text[], :limit::int, :lock::int4)`,
  {
    id: nullable("uuid"),
    domain: nullable("text"),
    tenant: nullable("text"),
    batch: nullable("text"),
    is_full: nullable("bool"),
    is_free: nullable("bool"),
    missed: nullable("text"),
  },
);

// Who is claimed elsewhere is known by now: whoever claims a domain at this moment holds its lock.
const begun = defineStatement(
  `update pgboss.job j
   set state = ${claimed}, started_on = now(), heartbeat_on = now(), data = j.data - '{waiting,begun}'::text[],
     retry_count = case when j.started_on is null then j.retry_count else j.retry_count + 1 end
   where ${OFFERED} and j.id = any(:ids::uuid[]) and not exists (
     select from pgboss.job other
     where other.name = '${SCRAPE}' and ${isClaimed("other.state")} and other.data->>'domain' = j.data->>'domain'
   )
   returning j.id, j.data, j.retry_count, j.retry_limit`,
  {
    id: "uuid",
    data: certain(typed<ScrapeMessage>("jsonb")),
    retry_count: "int4",
    retry_limit: "int4",
  },
);

const removed = defineStatement(
  `delete from pgboss.job j where ${OFFERED} and j.id = any(:ids::uuid[])`,
);

/** One look into the queue. */
export interface Look {
  claims: ScrapeClaim[];
  /** Jobs whose sites somebody is at: they have left the queue. */
  busy: string[];
  /** Whether there may be more to run than was asked for. */
  more: boolean;
}

/** Claims up to `limit` messages that it is the turn of. `isHere` says whether the caller is at a site himself. */
export async function take(
  tx: Tx,
  turn: Turn,
  limit: number,
  isHere: (message: { jobId: string; domain: string }) => boolean,
): Promise<Look> {
  const rows = await executeRawSql(tx, offered, {
    after: turn.tenant,
    tenants: [...turn.batches.keys()],
    batches: [...turn.batches.values()],
    limit,
    lock: VISIT_LOCK,
  });
  const missed = rows[0]?.missed ?? null;
  const found = rows.flatMap(({ id, domain, tenant, batch, ...row }) =>
    id === null || tenant === null || batch === null
      ? []
      : [{ ...row, id, tenant, batch, domain: domain ?? "" }],
  );
  if (found.length === 0) {
    // Others are claiming what was looked at: the next look goes past it.
    if (missed !== null) turn.tenant = missed;
    return { claims: [], busy: [], more: missed !== null };
  }
  for (const { tenant, batch } of found) {
    turn.tenant = tenant;
    turn.batches.delete(tenant);
    turn.batches.set(tenant, batch);
  }
  for (const tenant of turn.batches.keys()) {
    if (turn.batches.size <= REMEMBERED_MAX) break;
    turn.batches.delete(tenant);
  }
  const seen = new Set<string>();
  const free = found.filter(({ id, domain, is_free: isFree }) => {
    if (!isFree || seen.has(domain) || isHere({ jobId: id, domain })) return false;
    seen.add(domain);
    return true;
  });
  const claims = await begin(
    tx,
    free.map(({ id }) => id),
  );
  const taken = new Set(claims.map(({ jobId }) => jobId));
  const busy = found.map(({ id }) => id).filter((id) => !taken.has(id));
  if (busy.length > 0) await executeRawSql(tx, removed, { ids: busy });
  return { claims, busy, more: missed !== null || found.some((row) => row.is_full === true) };
}

async function begin(tx: Tx, ids: readonly string[]): Promise<ScrapeClaim[]> {
  if (ids.length === 0) return [];
  const rows = await executeRawSql(tx, begun, { ids });
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => {
    const row = byId.get(id);
    if (row === undefined) return [];
    const { data, retry_count: retries, retry_limit: limit } = row;
    return [{ ...data, attempt: data.tries + retries + 1, last: retries >= limit }];
  });
}
