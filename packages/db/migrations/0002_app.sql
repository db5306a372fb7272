-- Our own tables. What the real tables lack goes here, so that the real ones stay as they are.
-- States are checked for these tables only: the real ones hold words of other writers too.

create schema if not exists app;

create table app.tenant_slugs (
  tenant_id uuid primary key references tenants (id) on delete cascade,
  slug text not null unique check (slug ~ '^[a-z0-9][a-z0-9-]{0,62}$')
);

create table app.users (
  id uuid primary key default gen_random_uuid(),
  name text not null,
  email text not null unique,
  email_verified boolean not null default false,
  image text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create table app.sessions (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references app.users (id) on delete cascade,
  token text not null unique,
  expires_at timestamptz not null,
  ip_address text,
  user_agent text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index sessions_user_id_idx on app.sessions (user_id);

create table app.accounts (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references app.users (id) on delete cascade,
  account_id text not null,
  provider_id text not null,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  password text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index accounts_user_id_idx on app.accounts (user_id);

create table app.verifications (
  id uuid primary key default gen_random_uuid(),
  identifier text not null,
  value text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index verifications_identifier_idx on app.verifications (identifier);

create table app.api_keys (
  id uuid primary key default gen_random_uuid(),
  tenant_id uuid not null references tenants (id) on delete cascade,
  profile_id uuid not null references profiles (id) on delete cascade,
  name text not null,
  prefix text not null unique,
  secret_hash text not null,
  last4 text not null,
  scopes text[] not null,
  expires_at timestamptz,
  last_used_at timestamptz,
  revoked_at timestamptz,
  created_at timestamptz not null default now()
);
create index api_keys_tenant_id_idx on app.api_keys (tenant_id);
create index api_keys_profile_id_idx on app.api_keys (profile_id);

create table app.scrape_jobs (
  job_id uuid primary key references jobs (job_id) on delete cascade,
  tenant_id uuid not null,
  batch_id uuid not null references batch_jobs (batch_id) on delete cascade,
  position integer not null,
  domain text not null,
  input text not null,
  attempt integer not null default 0,
  error_code text,
  pages integer,
  unique (batch_id, position)
);
-- Search by the beginning of a domain: LIKE 'abc%' needs the pattern operators.
create index scrape_jobs_tenant_id_domain_idx
  on app.scrape_jobs (tenant_id, domain text_pattern_ops);
-- Failures of a batch counted by reason; most jobs have none and take no room.
create index scrape_jobs_batch_id_error_code_idx
  on app.scrape_jobs (batch_id, error_code) where error_code is not null;

create table app.job_attempts (
  job_id uuid not null references jobs (job_id) on delete cascade,
  attempt integer not null,
  worker_id text not null,
  outcome text not null default 'running'
    check (outcome in ('running', 'done', 'failed', 'retry', 'cancelled', 'lost')),
  started_at timestamptz not null default now(),
  ended_at timestamptz,
  error_code text,
  error text,
  http_status integer,
  final_url text,
  pages integer not null default 0,
  bytes bigint not null default 0,
  timings jsonb not null default '{}',
  primary key (job_id, attempt)
);

create table app.idempotency_keys (
  tenant_id uuid not null,
  actor_id uuid not null,
  route text not null,
  key text not null,
  request_hash text not null,
  response jsonb,
  created_at timestamptz not null default now(),
  primary key (tenant_id, actor_id, route, key)
);

-- No references: an entry outlives what it speaks of.
create table app.audit_log (
  id bigint generated always as identity primary key,
  at timestamptz not null default now(),
  tenant_id uuid,
  actor_id uuid,
  action text not null,
  target_type text,
  target_id text,
  request_id text,
  source text,
  detail jsonb
);
create index audit_log_tenant_id_id_idx on app.audit_log (tenant_id, id);

create table app.seeds (
  name text primary key,
  at timestamptz not null default now()
);
