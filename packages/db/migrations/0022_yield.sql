-- lowest program: 0022
-- What batches brought, day by day, and who is told that one has ended. Programs before this one would count neither.

create table app.batch_days (
  batch_id uuid not null,
  -- In UTC. What a batch brought stays when the batch goes, so nothing here refers to it.
  day date not null,
  tenant_id uuid not null constraint batch_days_tenant_id_fkey references public.tenants (id) on delete cascade,
  complete integer not null default 0,
  failed integer not null default 0,
  emails integer not null default 0,
  phones integer not null default 0,
  -- Of these, the ones that no earlier scan of the same site had found.
  new_emails integer not null default 0,
  new_phones integer not null default 0,
  constraint batch_days_pkey primary key (batch_id, day)
) with (fillfactor = 70);
create index batch_days_tenant_id_day_idx on app.batch_days (tenant_id, day);

-- Jobs that ended before: what the first good scan of a site found was new.
insert into app.batch_days (batch_id, day, tenant_id, complete, failed, emails, phones, new_emails, new_phones)
select batch_id, day, tenant_id, count(*) filter (where is_read), count(*) filter (where not is_read),
  coalesce(sum(emails), 0), coalesce(sum(phones), 0),
  coalesce(sum(emails) filter (where is_first), 0), coalesce(sum(phones) filter (where is_first), 0)
from (
  select j.batch_id, (j.completed_at at time zone 'utc')::date as day, j.tenant_id_uuid as tenant_id,
    j.status = 'complete' as is_read,
    case when j.status = 'complete' and jsonb_typeof(j.result_data -> 'contacts') = 'number'
      then (j.result_data ->> 'contacts')::int end as emails,
    case when j.status = 'complete' and jsonb_typeof(j.result_data -> 'phones') = 'number'
      then (j.result_data ->> 'phones')::int end as phones,
    row_number() over (partition by j.domain_id, j.status order by j.id) = 1 as is_first
  from jobs j
  join app.scrape_jobs s on s.job_id = j.job_id
  join tenants t on t.id = j.tenant_id_uuid
  where j.status in ('complete', 'failed') and j.completed_at is not null and j.batch_id is not null
) ended
group by batch_id, day, tenant_id;

create table app.notifications (
  id uuid primary key default gen_random_uuid(),
  tenant_id uuid not null constraint notifications_tenant_id_fkey references public.tenants (id) on delete cascade,
  -- Whom it tells.
  profile_id uuid not null,
  batch_id uuid not null constraint notifications_batch_id_fkey references public.batch_jobs (batch_id) on delete cascade,
  created_at timestamptz not null default now(),
  read_at timestamptz,
  constraint notifications_batch_id_key unique (batch_id)
);
create index notifications_profile_id_idx on app.notifications (profile_id, tenant_id, created_at);
