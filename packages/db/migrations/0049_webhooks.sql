-- What a tenant's programs are told of by themselves: where to, what happened, and how it was delivered.

create table app.webhooks (
  id uuid primary key default gen_random_uuid(),
  tenant_id uuid not null references public.tenants (id) on delete cascade,
  url text not null,
  events text[] not null,
  state text not null constraint webhooks_state_check check (state in ('active', 'inactive')),
  -- Why it is disabled.
  reason text constraint webhooks_reason_check check (reason in ('asked', 'gone', 'failing')),
  -- Its secret is kept nowhere: it is made of the server's key, the id and this number.
  secret_number integer not null default 1,
  -- Until when what is sent is signed by the secret before this one, too.
  former_until timestamptz,
  -- Deliveries that were given up one after the other.
  failures integer not null default 0,
  created_by uuid not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint webhooks_disabled_check check ((state = 'active') = (reason is null))
);
create index webhooks_tenant_id_created_at_id_idx on app.webhooks (tenant_id, created_at, id);

-- What happened, written in the transaction in which it did. Nothing here is of a person or a site: ids, counts and times.
create table app.webhook_events (
  id uuid primary key default gen_random_uuid(),
  tenant_id uuid not null references public.tenants (id) on delete cascade,
  type text not null,
  data jsonb not null,
  -- Names what is told once.
  once text,
  created_at timestamptz not null default clock_timestamp(),
  constraint webhook_events_tenant_id_once_key unique (tenant_id, once)
);
create index webhook_events_created_at_id_idx on app.webhook_events (created_at, id);

create table app.webhook_deliveries (
  id uuid primary key default gen_random_uuid(),
  webhook_id uuid not null references app.webhooks (id) on delete cascade,
  event_id uuid not null references app.webhook_events (id) on delete cascade,
  tenant_id uuid not null,
  state text not null
    constraint webhook_deliveries_state_check check (state in ('pending', 'sending', 'delivered', 'failed')),
  tries integer not null default 0,
  -- The tries before it was sent anew by hand: they lengthen no pause.
  former_tries integer not null default 0,
  -- When it is sent; of one that is being sent, until when nobody else does so.
  due_at timestamptz,
  give_up_at timestamptz not null,
  -- What the last try met: the status of the answer, or why there was none.
  status integer,
  error text,
  created_at timestamptz not null default clock_timestamp(),
  ended_at timestamptz,
  constraint webhook_deliveries_event_id_webhook_id_key unique (event_id, webhook_id),
  constraint webhook_deliveries_due_check check ((state in ('pending', 'sending')) = (due_at is not null)),
  constraint webhook_deliveries_ended_check check ((state in ('pending', 'sending')) = (ended_at is null))
);
create index webhook_deliveries_due_at_id_idx on app.webhook_deliveries (due_at, id) where due_at is not null;
create index webhook_deliveries_webhook_id_due_at_id_idx on app.webhook_deliveries (webhook_id, due_at, id)
  where due_at is not null;
create index webhook_deliveries_webhook_id_created_at_id_idx on app.webhook_deliveries (webhook_id, created_at, id);
create index webhook_deliveries_tenant_id_created_at_id_idx on app.webhook_deliveries (tenant_id, created_at, id);

create table app.webhook_tries (
  delivery_id uuid not null references app.webhook_deliveries (id) on delete cascade,
  number integer not null,
  at timestamptz not null default clock_timestamp(),
  duration_ms integer not null,
  status integer,
  error text,
  constraint webhook_tries_pkey primary key (delivery_id, number)
);

-- Jobs of a batch that failed within some seconds, to be told as one.
create table app.webhook_failures (
  batch_id uuid primary key references public.batch_jobs (batch_id) on delete cascade,
  tenant_id uuid not null,
  jobs integer not null,
  since timestamptz not null,
  due_at timestamptz not null
);
create index webhook_failures_due_at_idx on app.webhook_failures (due_at);

-- An inbox tells of webhooks that were disabled, too.
alter table app.notifications
  alter column batch_id drop not null,
  add column webhook_id uuid,
  add constraint notifications_webhook_id_fkey foreign key (webhook_id) references app.webhooks (id) on delete cascade,
  add constraint notifications_webhook_id_profile_id_key unique (webhook_id, profile_id),
  add constraint notifications_subject_check check (num_nonnulls(batch_id, webhook_id) = 1);

insert into permissions (name, description)
select given.name, given.description
from (values
  ('webhooks:read', 'See webhooks and what was delivered'),
  ('webhooks:manage', 'Create, change and replay webhooks')
) as given (name, description)
where not exists (select from permissions p where p.name = given.name);

insert into role_permissions (role_id, permission_id)
select r.id, p.id
from roles r
join permissions p on p.name in ('webhooks:read', 'webhooks:manage')
where r.name in ('owner', 'admin', 'developer')
  and not exists (
    select from role_permissions held where held.role_id = r.id and held.permission_id = p.id
  );

insert into sidebar_features (sidebar_name, url_path, icon, group_name, requires_permission, display_order)
select 'Webhooks', '/webhooks', 'webhook', 'Team', 'webhooks:read', 8
where not exists (select from sidebar_features s where s.url_path = '/webhooks' and s.tenant_id is null);
