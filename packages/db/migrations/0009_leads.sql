-- What scans found of each business, beyond what the real tables have columns for; written with them in one transaction.

-- One row a scanned domain, also where no scan has ended well yet.
create table app.leads (
  domain_id uuid primary key references public.domains (id) on delete cascade,
  tenant_id uuid not null,
  domain text not null,
  display_domain text not null,
  -- Where the domain's visitors end up: domains of a tenant that share it are one business.
  business_key text,
  business_name text,
  business_name_from text check (business_name_from in ('json_ld', 'og', 'imprint', 'title')),
  business_kind text,
  legal_name text,
  best_email text,
  best_email_rule text,
  best_email_by text check (best_email_by in ('rule', 'hand')),
  best_phone text,
  best_phone_rule text,
  best_phone_by text check (best_phone_by in ('rule', 'hand')),
  -- What the rules would choose, by hand or not.
  suggested jsonb not null default '{}',
  street text,
  postcode text,
  town text,
  region text,
  country text,
  country_confidence text check (country_confidence in ('sure', 'likely', 'weak')),
  country_signs jsonb not null default '[]',
  language text,
  page_languages text[] not null default '{}',
  emails integer not null default 0,
  phones integer not null default 0,
  faxes integer not null default 0,
  people integer not null default 0,
  socials integer not null default 0,
  addresses integer not null default 0,
  technologies integer not null default 0,
  pages integer not null default 0,
  signals text[] not null default '{}',
  site_changed_at timestamptz,
  reason text,
  capped text[] not null default '{}',
  first_scan timestamptz not null,
  last_scan timestamptz not null,
  last_success timestamptz,
  -- Why the last scan failed; null when it ended well.
  failure_code text,
  -- When a scan last found something else than the one before it.
  changed_at timestamptz,
  label text,
  note text,
  contacted_at timestamptz,
  do_not_contact boolean not null default false,
  edited_at timestamptz,
  edited_by uuid,
  updated_at timestamptz not null default now(),
  -- The transaction that wrote the row last, for programs that synchronise: time alone says nothing of commits.
  revision xid8 not null default pg_current_xact_id(),
  constraint leads_best_email_check check ((best_email is null) = (best_email_by is null)),
  constraint leads_best_phone_check check ((best_phone is null) = (best_phone_by is null))
);
create index leads_tenant_id_business_key_idx on app.leads (tenant_id, business_key)
  where business_key is not null;

-- Of each fact: while it is still there, it was last seen by the lead's last scan that ended well.

create table app.lead_emails (
  domain_id uuid not null references app.leads (domain_id) on delete cascade,
  email text not null,
  id uuid not null default gen_random_uuid(),
  tenant_id uuid not null,
  kind text not null check (kind in ('role', 'person', 'other')),
  free boolean not null,
  own_domain boolean not null,
  person_name text,
  person_title text,
  hidden text check (hidden in ('plain', 'mailto', 'encoded', 'written', 'data')),
  pages text[] not null,
  context text,
  takes_mail text check (takes_mail in ('yes', 'no', 'unknown')),
  takes_mail_at timestamptz,
  first_seen timestamptz not null default now(),
  last_seen timestamptz,
  gone_at timestamptz,
  revision xid8 not null default pg_current_xact_id(),
  primary key (domain_id, email),
  constraint lead_emails_gone_check check ((gone_at is null) = (last_seen is null))
);

create table app.lead_phones (
  domain_id uuid not null references app.leads (domain_id) on delete cascade,
  e164 text not null,
  fax boolean not null,
  tenant_id uuid not null,
  national text,
  found_as text check (found_as in ('tel', 'text', 'whatsapp', 'json_ld')),
  label text,
  pages text[] not null,
  first_seen timestamptz not null default now(),
  last_seen timestamptz,
  gone_at timestamptz,
  primary key (domain_id, e164, fax),
  constraint lead_phones_gone_check check ((gone_at is null) = (last_seen is null))
);

create table app.lead_people (
  domain_id uuid not null references app.leads (domain_id) on delete cascade,
  name text not null,
  tenant_id uuid not null,
  title text,
  email text,
  phone text,
  profile_url text,
  page text not null,
  first_seen timestamptz not null default now(),
  last_seen timestamptz,
  gone_at timestamptz,
  primary key (domain_id, name),
  constraint lead_people_gone_check check ((gone_at is null) = (last_seen is null))
);

create table app.lead_socials (
  domain_id uuid not null references app.leads (domain_id) on delete cascade,
  network text not null,
  account text not null,
  tenant_id uuid not null,
  url text not null,
  page text,
  first_seen timestamptz not null default now(),
  last_seen timestamptz,
  gone_at timestamptz,
  primary key (domain_id, network, account),
  constraint lead_socials_gone_check check ((gone_at is null) = (last_seen is null))
);

create table app.lead_addresses (
  domain_id uuid not null references app.leads (domain_id) on delete cascade,
  written text not null,
  tenant_id uuid not null,
  street text,
  postcode text,
  town text,
  region text,
  country text,
  latitude double precision,
  longitude double precision,
  found_as text check (found_as in ('json_ld', 'microdata', 'address', 'text', 'map')),
  page text,
  first_seen timestamptz not null default now(),
  last_seen timestamptz,
  gone_at timestamptz,
  primary key (domain_id, written),
  constraint lead_addresses_gone_check check ((gone_at is null) = (last_seen is null))
);

create table app.lead_technologies (
  domain_id uuid not null references app.leads (domain_id) on delete cascade,
  name text not null,
  tenant_id uuid not null,
  category text not null,
  version text,
  evidence_in text check (
    evidence_in in ('asset', 'form', 'script', 'link', 'header', 'cookie', 'meta', 'html')
  ),
  evidence text,
  page text,
  first_seen timestamptz not null default now(),
  last_seen timestamptz,
  gone_at timestamptz,
  primary key (domain_id, name),
  constraint lead_technologies_gone_check check ((gone_at is null) = (last_seen is null))
);

-- What a later scan found other than the scan before it; the latest scans of a domain only.
create table app.lead_changes (
  domain_id uuid not null references app.leads (domain_id) on delete cascade,
  scanned_at timestamptz not null,
  tenant_id uuid not null,
  job_id uuid,
  changes jsonb not null,
  -- How many changes of this scan were too many to keep.
  left_out integer not null default 0,
  primary key (domain_id, scanned_at)
);

-- What was deleted, for programs that synchronise: the ids and nothing of what they stood for.
create table app.lead_tombstones (
  id bigint generated always as identity primary key,
  tenant_id uuid not null,
  domain_id uuid not null,
  -- One e-mail of the lead; null when all of it went.
  email_id uuid,
  deleted_at timestamptz not null default now(),
  revision xid8 not null default pg_current_xact_id()
);
create index lead_tombstones_tenant_id_revision_idx on app.lead_tombstones (tenant_id, revision);

-- How a tenant wants things; a tenant without a row wants them as the defaults say.
create table app.tenant_settings (
  tenant_id uuid primary key references public.tenants (id) on delete cascade,
  best_email text not null default 'role' check (best_email in ('role', 'person')),
  updated_at timestamptz not null default now()
);
