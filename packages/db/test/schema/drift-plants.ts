// One planted difference of each kind. Each leaves the others alone, so that any set of them can
// stand in one database.

export interface Plant {
  sql: string;
  kind: "missing" | "unexpected" | "different";
  severity: "breaking" | "harmful" | "harmless";
  what: string;
  /** A part of the sentence. */
  says: string;
  /** A part of the mending statement. */
  mend: string;
}

const plant = (
  sql: string,
  kind: Plant["kind"],
  severity: Plant["severity"],
  what: string,
  says: string,
  mend: string,
): Plant => ({ sql, kind, severity, what, says, mend });

export const plants: Plant[] = [
  plant(
    "alter table roles add column tenant_id uuid not null default gen_random_uuid(); alter table roles alter tenant_id drop default",
    "unexpected",
    "breaking",
    "column roles.tenant_id",
    "roles.tenant_id exists in the database, is NOT NULL without default, and is unknown to the schema: creating a role will fail",
    "alter table roles alter column tenant_id drop not null;",
  ),
  plant(
    "alter table roles add column updated_at timestamptz",
    "unexpected",
    "harmless",
    "column roles.updated_at",
    "roles.updated_at exists in the database, may be NULL, and is unknown to the schema: nothing of ours",
    "nothing to do",
  ),
  plant(
    "alter table roles add column rank int not null default 1",
    "unexpected",
    "harmless",
    "column roles.rank",
    "is filled by its default",
    "nothing to do",
  ),
  plant(
    "alter table jobs drop column error",
    "missing",
    "breaking",
    "column jobs.error",
    "jobs.error does not exist in the database: reading or creating a job will fail",
    "alter table jobs add column error character varying;",
  ),
  plant(
    "drop table app.seeds",
    "missing",
    "breaking",
    "table app.seeds",
    "table app.seeds does not exist in the database: everything that reads or writes it will fail",
    "create table app.seeds (name text not null, at timestamp with time zone not null default now(), constraint seeds_pkey primary key (name));",
  ),
  plant(
    "drop table app.verifications; create view app.verifications as select 1 as id",
    "different",
    "breaking",
    "table app.verifications",
    "app.verifications is a view in the database",
    "drop view app.verifications; create table app.verifications (",
  ),
  plant(
    "alter table jobs alter status type varchar(20)",
    "different",
    "harmful",
    "column jobs.status",
    "values longer than 20 characters will be refused when jobs.status is written",
    "alter table jobs alter column status type character varying(50)",
  ),
  plant(
    "alter table jobs alter job_type type text",
    "different",
    "harmless",
    "column jobs.job_type",
    "takes longer values than the schema says",
    "type character varying(50)",
  ),
  plant(
    "alter table jobs alter created_at type timestamptz",
    "different",
    "breaking",
    "column jobs.created_at",
    "reading jobs.created_at gives times that are wrong or invalid",
    "type timestamp without time zone",
  ),
  plant(
    "alter table batch_jobs alter total_domains type bigint",
    "different",
    "breaking",
    "column batch_jobs.total_domains",
    "is bigint in the database and integer in the schema: reading or writing",
    "type integer using total_domains::integer",
  ),
  plant(
    "alter table app.job_attempts alter bytes type integer",
    "different",
    "harmful",
    "column app.job_attempts.bytes",
    "larger numbers will be refused",
    "type bigint",
  ),
  plant(
    "alter table domains alter uptime_percentage type numeric(4,1)",
    "different",
    "harmful",
    "column domains.uptime_percentage",
    "rounded or refused",
    "type numeric(5,2)",
  ),
  plant(
    "alter table tenants alter name drop not null",
    "different",
    "harmful",
    "column tenants.name",
    "tenants.name may be NULL in the database and never in the schema",
    "alter table tenants alter column name set not null;",
  ),
  plant(
    "alter table tenants alter description set not null",
    "different",
    "breaking",
    "column tenants.description",
    "creating a tenant without it will fail",
    "alter table tenants alter column description drop not null;",
  ),
  plant(
    "alter table domains alter status set default 'new'",
    "different",
    "harmful",
    "column domains.status",
    "a domain created without it holds another value",
    "set default 'active'",
  ),
  plant(
    "alter table tenants alter is_active drop default",
    "different",
    "breaking",
    "column tenants.is_active",
    "has no default in the database and true in the schema: creating a tenant will fail",
    "alter table tenants alter column is_active set default true;",
  ),
  plant(
    "alter table pages alter title set default 'Untitled'",
    "different",
    "harmful",
    "column pages.title",
    "a page created without it holds that instead of null",
    "alter column title drop default",
  ),
  plant(
    "alter table app.audit_log alter id drop identity",
    "different",
    "breaking",
    "column app.audit_log.id",
    "creating an audit log row will fail",
    "add generated always as identity",
  ),
  plant(
    `alter table pages drop column h1;
     alter table pages add column h1 text generated always as (lower(url)) stored`,
    "different",
    "breaking",
    "column pages.h1",
    "is computed by the database",
    "drop expression",
  ),
  plant(
    "alter table app.job_attempts drop constraint job_attempts_pkey",
    "missing",
    "breaking",
    "primary key app.job_attempts.job_attempts_pkey",
    "storing a job attempt that exists already will fail or make a second one",
    "add constraint job_attempts_pkey primary key (job_id, attempt);",
  ),
  plant(
    "alter table pages drop constraint uq_pages_domain_url",
    "missing",
    "breaking",
    "unique pages.uq_pages_domain_url",
    "on pages (domain_id, url) does not exist in the database: storing a page that exists already",
    "add constraint uq_pages_domain_url unique (domain_id, url);",
  ),
  plant(
    "alter table domains add constraint uq_domains_domain unique (domain)",
    "unexpected",
    "breaking",
    "unique domains.uq_domains_domain",
    "another tenant's domain with the same domain will be refused, and the job that stores it will fail",
    "drop constraint uq_domains_domain",
  ),
  plant(
    "create unique index uq_pages_url on pages (url)",
    "unexpected",
    "breaking",
    "index pages.uq_pages_url",
    "a page with the same url and another domain_id will be refused",
    "drop index concurrently public.uq_pages_url;",
  ),
  plant(
    "alter table domains add constraint uq_domains_more unique (tenant_id, domain, status)",
    "unexpected",
    "harmless",
    "unique domains.uq_domains_more",
    "it refuses nothing that is not refused already",
    "drop constraint uq_domains_more",
  ),
  plant(
    "create unique index uq_domains_lower on domains (lower(domain)) where is_active",
    "unexpected",
    "harmful",
    "index domains.uq_domains_lower",
    "a second domain with the same values will be refused",
    "drop index concurrently public.uq_domains_lower;",
  ),
  plant(
    "alter table roles rename constraint uq_role_name to roles_name_key",
    "different",
    "harmless",
    "unique roles.uq_role_name",
    "is called roles_name_key in the database",
    "rename constraint roles_name_key to uq_role_name",
  ),
  plant(
    `alter table permissions drop constraint permissions_name_key;
     create unique index permissions_name_idx on permissions (name)`,
    "different",
    "harmless",
    "unique permissions.permissions_name_key",
    "is unique by the index permissions_name_idx",
    "unique using index permissions_name_idx",
  ),
  plant(
    `alter table feature_flags drop constraint feature_flags_name_key;
     alter table feature_flags add constraint feature_flags_name_key unique (name) deferrable`,
    "different",
    "breaking",
    "unique feature_flags.feature_flags_name_key",
    "ON CONFLICT cannot use it",
    "drop constraint feature_flags_name_key",
  ),
  plant(
    `alter table domains drop constraint uq_domains_tenant_domain;
     alter table domains add constraint uq_domains_tenant_domain unique nulls not distinct (tenant_id, domain)`,
    "different",
    "harmful",
    "unique domains.uq_domains_tenant_domain",
    "is unique nulls not distinct (tenant_id, domain) in the database and unique (tenant_id, domain) in the schema",
    "add constraint uq_domains_tenant_domain unique (tenant_id, domain);",
  ),
  plant(
    "alter table tenant_features add constraint one_feature exclude (feature_id with =)",
    "unexpected",
    "harmful",
    "exclusion tenant_features.one_feature",
    "a tenant feature that conflicts with another will be refused",
    "drop constraint one_feature",
  ),
  plant(
    `alter table jobs drop constraint fk_jobs_batch_id;
     alter table jobs add constraint fk_jobs_batch_id foreign key (batch_id)
       references batch_jobs (batch_id) on delete cascade`,
    "different",
    "harmful",
    "foreign key jobs.fk_jobs_batch_id",
    'says "on delete cascade" in the database and "on delete set null" in the schema: deleting from batch_jobs (batch_id) will delete rows of jobs too',
    "references batch_jobs (batch_id) on delete set null;",
  ),
  plant(
    "alter table contacts drop constraint contacts_page_id_fkey",
    "missing",
    "harmful",
    "foreign key contacts.contacts_page_id_fkey",
    "a contact can point at nothing",
    "foreign key (page_id) references pages (id) on delete cascade;",
  ),
  plant(
    "alter table batch_jobs add constraint batch_jobs_tenant_fkey foreign key (tenant_id) references tenants (id)",
    "unexpected",
    "harmful",
    "foreign key batch_jobs.batch_jobs_tenant_fkey",
    "a batch job whose tenant_id is not in tenants (id) will be refused",
    "drop constraint batch_jobs_tenant_fkey",
  ),
  plant(
    `alter table user_roles drop constraint fk_user_roles_profile;
     alter table user_roles add constraint fk_user_roles_profile foreign key (user_id)
       references profiles (id) on delete cascade not valid`,
    "different",
    "harmful",
    "foreign key user_roles.fk_user_roles_profile",
    "is NOT VALID in the database",
    "validate constraint fk_user_roles_profile",
  ),
  plant(
    `alter table profiles drop constraint profiles_role_check;
     alter table profiles add constraint profiles_role_check check (role in ('USER', 'ADMIN'))`,
    "different",
    "harmful",
    "check profiles.profiles_role_check",
    "a profile that the code writes can be refused",
    "drop constraint profiles_role_check",
  ),
  plant(
    "alter table sitemap_files add constraint size_check check (size_bytes > 0)",
    "unexpected",
    "harmful",
    "check sitemap_files.size_check",
    "a sitemap file that breaks it will be refused",
    "drop constraint size_check",
  ),
  plant(
    "drop index idx_contacts_page_id",
    "missing",
    "harmful",
    "index contacts.idx_contacts_page_id",
    "finding rows of contacts by page_id becomes slow",
    "create index concurrently idx_contacts_page_id on contacts using btree (page_id);",
  ),
  plant(
    "drop index idx_pages_domain_id; create index pages_cover on pages (domain_id, lead_source)",
    "missing",
    "harmless",
    "index pages.idx_pages_domain_id",
    "begins with the same columns",
    "create index concurrently idx_pages_domain_id",
  ),
  plant(
    "drop index app_jobs_batch_id_status; create index app_jobs_batch_id_status on jobs (status, batch_id)",
    "different",
    "harmful",
    "index jobs.app_jobs_batch_id_status",
    "reads that count on it become slow",
    "using btree (batch_id, status);",
  ),
  plant(
    `drop index app_batch_jobs_tenant_created;
     create index app_batch_jobs_tenant_created on batch_jobs (tenant_id, created_at desc, id)`,
    "different",
    "harmful",
    "index batch_jobs.app_batch_jobs_tenant_created",
    "created_at DESC",
    "btree (tenant_id, created_at, id)",
  ),
  plant(
    `drop index app.scrape_jobs_tenant_id_name_idx;
     create index scrape_jobs_tenant_id_name_idx on app.scrape_jobs (tenant_id, domain)`,
    "different",
    "harmful",
    "index app.scrape_jobs.scrape_jobs_tenant_id_name_idx",
    "domain text_pattern_ops, number, batch_id) in the schema",
    "text_pattern_ops",
  ),
  plant(
    `drop index app.scrape_jobs_batch_id_error_code_number_idx;
     create index scrape_jobs_batch_id_error_code_number_idx on app.scrape_jobs (batch_id, error_code, number)`,
    "different",
    "harmful",
    "index app.scrape_jobs.scrape_jobs_batch_id_error_code_number_idx",
    "WHERE",
    "is not null",
  ),
  plant(
    `drop index idx_local_businesses_status;
     create unique index idx_local_businesses_status on local_businesses (status)`,
    "different",
    "harmful",
    "index local_businesses.idx_local_businesses_status",
    "a second local business with the same values will be refused",
    "create index concurrently idx_local_businesses_status",
  ),
  plant(
    "create index idx_tenants_name on tenants (name)",
    "unexpected",
    "harmless",
    "index tenants.idx_tenants_name",
    "it only costs writes",
    "drop index concurrently public.idx_tenants_name;",
  ),
  plant(
    "create unique index uq_sidebar_path on sidebar_features (url_path)",
    "unexpected",
    "harmful",
    "index sidebar_features.uq_sidebar_path",
    "a second sidebar feature with the same url_path will be refused",
    "drop index concurrently public.uq_sidebar_path;",
  ),
  plant(
    "alter index idx_sitemap_files_status rename to ix_sitemap_files_status",
    "different",
    "harmless",
    "index sitemap_files.idx_sitemap_files_status",
    "is called ix_sitemap_files_status in the database",
    "rename to idx_sitemap_files_status",
  ),
  plant(
    "update pg_index set indisvalid = false where indexrelid = 'ix_user_roles_tenant_id'::regclass",
    "different",
    "harmful",
    "index user_roles.ix_user_roles_tenant_id",
    "is INVALID in the database",
    "drop index concurrently public.ix_user_roles_tenant_id; create index concurrently",
  ),
  plant(
    "alter type task_status rename value 'Paused' to 'Halted'",
    "different",
    "breaking",
    "enum task_status",
    "has 'Halted' in the database where the schema has 'Paused': writing that word will fail",
    "alter type task_status rename value 'Halted' to 'Paused';",
  ),
  plant(
    "delete from pg_enum where enumtypid = 'pagecurationstatus'::regtype and enumlabel = 'Skipped'",
    "different",
    "breaking",
    "enum pagecurationstatus",
    "has no 'Skipped' in the database: writing that word will fail",
    "alter type pagecurationstatus add value 'Skipped' after 'Error';",
  ),
  plant(
    "alter type place_status_enum add value 'Lost'",
    "different",
    "harmful",
    "enum place_status_enum",
    "has 'Lost' in the database, unknown to the schema",
    "a label cannot be removed",
  ),
  plant(
    `alter type "SitemapAnalysisStatusEnum" rename value 'Queued' to 'x';
     alter type "SitemapAnalysisStatusEnum" rename value 'Error' to 'Queued';
     alter type "SitemapAnalysisStatusEnum" rename value 'x' to 'Error'`,
    "different",
    "harmless",
    'enum "SitemapAnalysisStatusEnum"',
    "labels in another order",
    "cannot be changed",
  ),
  plant(
    `create or replace view profile with (security_invoker = true) as
       select id, name, email, role, bio, tenant_id, active, created_at, updated_at
       from profiles where active`,
    "different",
    "harmful",
    "view profile",
    "another query",
    "drop view profile; create view profile with (security_invoker = true) as select id, name",
  ),
  plant(
    "drop trigger leads_deleted on app.leads",
    "missing",
    "harmful",
    "trigger app.leads.leads_deleted",
    "does not exist in the database or is disabled: without it programs that keep a copy of leads are not told of deletions",
    "create or replace trigger leads_deleted after delete on app.leads referencing old table as gone for each statement execute function app.note_leads_deleted();",
  ),
  plant(
    "alter table app.leads disable trigger leads_written",
    "missing",
    "harmful",
    "trigger app.leads.leads_written",
    "not told of changes",
    "create or replace trigger leads_written before update on app.leads for each row execute function app.note_lead_written();",
  ),
  plant(
    `create function touch_permissions() returns trigger language plpgsql as
       'begin new.updated_at = now(); return new; end';
     create trigger touch before update on permissions
       for each row execute function touch_permissions()`,
    "unexpected",
    "harmful",
    "trigger permissions.touch",
    "(before update, runs touch_permissions) exists in the database and is unknown to the schema: it can change or refuse rows of permissions",
    "alter table permissions disable trigger touch;",
  ),
  plant(
    `create table newsletter (email text);
     create function join_contacts() returns trigger language plpgsql as
       'begin insert into public.contacts (email) values (new.email); return null; end';
     create trigger join_contacts after insert on newsletter
       for each row execute function join_contacts()`,
    "unexpected",
    "harmful",
    "trigger newsletter.join_contacts",
    "it writes contacts behind the code's back",
    "alter table newsletter disable trigger join_contacts;",
  ),
  plant(
    `create function tell() returns trigger language plpgsql as
       'begin notify changed; return null; end';
     create trigger tell after insert or delete on app.sessions execute function tell()`,
    "unexpected",
    "harmless",
    "trigger app.sessions.tell",
    "(after insert or delete, runs tell) exists in the database and is unknown to the schema: it only costs writes",
    "disable trigger tell",
  ),
];

/** What a plant brings besides itself: each mends, or is left by, the same statements. */
export const companions: Record<string, string[]> = {
  "index pages.idx_pages_domain_id": ["index pages.pages_cover"],
};
