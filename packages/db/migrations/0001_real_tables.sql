-- The tables of the running system, as they are. On a database that has them this file is not run:
-- it is recorded as applied.

create schema if not exists extensions;

do $$
begin
  -- Supabase brings the function with it; elsewhere the extension does.
  if to_regprocedure('extensions.uuid_generate_v4()') is null then
    create extension if not exists "uuid-ossp" with schema extensions;
  end if;
end
$$;

create type "DomainExtractionStatusEnum" as enum ('Queued', 'Processing', 'Completed', 'Error');
create type "SitemapAnalysisStatusEnum" as enum ('Queued', 'Processing', 'Completed', 'Error');
create type "SitemapCurationStatusEnum" as enum ('New', 'Selected', 'Maybe', 'Not a Fit', 'Archived');
create type contact_email_type_enum as enum ('Service', 'Corporate', 'Free', 'Unknown');
create type pagecurationstatus as enum ('New', 'Queued', 'Processing', 'Complete', 'Error', 'Skipped');
create type pageprocessingstatus as enum ('Queued', 'Processing', 'Complete', 'Error');
create type place_status_enum as enum ('New', 'Selected', 'Maybe', 'Not a Fit', 'Archived');
create type sitemap_import_status_enum as enum ('Queued', 'Processing', 'Completed', 'Error');
create type task_status as enum ('Queued', 'InProgress', 'Completed', 'Error', 'ManualReview', 'Cancelled', 'Paused');

create table tenants (
  id uuid not null default gen_random_uuid(),
  name text not null,
  description text,
  is_active boolean not null default true,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint tenants_pkey primary key (id)
);

create table roles (
  id serial,
  name text not null,
  description text,
  created_at timestamptz not null default now(),
  constraint roles_pkey primary key (id),
  constraint uq_role_name unique (name)
);

create table permissions (
  id uuid not null default gen_random_uuid(),
  name text not null,
  description text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint permissions_pkey primary key (id),
  constraint permissions_name_key unique (name)
);

create table feature_flags (
  id uuid not null default gen_random_uuid(),
  name text not null,
  description text,
  default_enabled boolean default false,
  created_at timestamptz default now(),
  updated_at timestamptz default now(),
  constraint feature_flags_pkey primary key (id),
  constraint feature_flags_name_key unique (name)
);

create table local_businesses (
  id uuid not null default gen_random_uuid(),
  tenant_id uuid not null,
  lead_source text,
  business_name text,
  full_address text,
  street_address text,
  city text,
  state text,
  zip text,
  country text,
  phone text,
  main_category text,
  extra_categories text[],
  rating numeric,
  reviews_count integer,
  price_text text,
  website_url text,
  business_verified boolean,
  monday_hours text,
  tuesday_hours text,
  wednesday_hours text,
  thursday_hours text,
  friday_hours text,
  saturday_hours text,
  sunday_hours text,
  timezone text,
  image_url text,
  latitude numeric,
  longitude numeric,
  food_featured boolean,
  hotel_featured boolean,
  service_options text[],
  highlights text[],
  popular_for text[],
  accessibility text[],
  offerings text[],
  dining_options text[],
  amenities text[],
  atmosphere text[],
  crowd text[],
  planning text[],
  payments text[],
  children text[],
  parking text[],
  pets text[],
  additional_json jsonb default '{}',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  place_id text,
  status place_status_enum default 'New',
  domain_extraction_status "DomainExtractionStatusEnum",
  domain_extraction_error text,
  constraint local_businesses_pkey primary key (id),
  constraint local_businesses_place_id_key unique (place_id)
);
create index idx_local_businesses_domain_extraction_status on local_businesses (domain_extraction_status);
create index idx_local_businesses_status on local_businesses (status);
create index idx_local_businesses_tenant_id on local_businesses (tenant_id);

create table batch_jobs (
  id_uuid uuid not null,
  created_at timestamp not null default now(),
  updated_at timestamp not null default now(),
  tenant_id uuid not null,
  processor_type varchar not null,
  status varchar not null default 'pending',
  created_by uuid,
  total_domains integer default 0,
  completed_domains integer default 0,
  failed_domains integer default 0,
  progress double precision default '0',
  batch_metadata jsonb,
  options jsonb,
  start_time timestamp,
  end_time timestamp,
  processing_time double precision,
  error varchar,
  id serial,
  batch_id uuid not null,
  constraint batch_jobs_pkey primary key (id),
  constraint batch_jobs_batch_id_key unique (batch_id)
);
create index ix_batch_jobs_tenant_id on batch_jobs (tenant_id);

create table profiles (
  id uuid not null,
  tenant_id uuid not null default '550e8400-e29b-41d4-a716-446655440000',
  name text,
  email text,
  avatar_url text,
  bio text,
  created_at timestamptz default now(),
  updated_at timestamptz default now(),
  active boolean default false,
  role text default 'USER',
  role_id integer,
  constraint profiles_role_check check (role in ('USER', 'ADMIN', 'SUPER_ADMIN', 'GLOBAL_ADMIN')),
  constraint fk_profiles_tenant foreign key (tenant_id) references tenants (id) on delete cascade,
  constraint profiles_role_id_fkey foreign key (role_id) references roles (id),
  constraint profiles_pkey primary key (id)
);
create index idx_profiles_tenant_id on profiles (tenant_id);

create table domains (
  id uuid not null default gen_random_uuid(),
  tenant_id uuid not null,
  domain varchar not null,
  lead_source text,
  is_active boolean default true,
  status varchar not null default 'active'::text,
  local_business_scraped_status text,
  local_business_scraped_at timestamptz,
  agency_sitemap_analysis_done text,
  agency_sitemap_analysis_done_at timestamptz,
  agency_wordpress_details text,
  agency_wordpress_details_at timestamptz,
  agency_copyright_status text,
  agency_copyright_status_at timestamptz,
  agency_ad_performance_status text,
  agency_ad_performance_at timestamptz,
  content_scrape_status task_status default 'Queued',
  content_scrape_at timestamptz,
  content_scrape_error text,
  page_scrape_status task_status default 'Queued',
  page_scrape_at timestamptz,
  page_scrape_error text,
  sitemap_monitor_status task_status default 'Queued',
  sitemap_monitor_at timestamptz,
  sitemap_monitor_error text,
  has_ssl boolean,
  ssl_expiry_date timestamptz,
  security_headers jsonb,
  ssl_issuer text,
  ssl_version text,
  server_type text,
  ip_address text,
  hosting_provider text,
  country_code text,
  server_response_time integer,
  dns_records jsonb,
  hosting_location text,
  cdn_provider text,
  last_modified timestamptz,
  robots_txt text,
  has_sitemap boolean,
  page_count integer,
  content_language text[],
  feed_urls jsonb,
  average_page_size integer,
  total_images_count integer,
  crawler_hints jsonb,
  business_category text,
  estimated_traffic jsonb,
  has_ecommerce boolean,
  primary_language text,
  business_hours jsonb,
  payment_methods text[],
  business_type text,
  industry_vertical text,
  competitor_group text,
  market_segment text,
  last_error text,
  error_count integer default 0,
  last_successful_scan timestamptz,
  average_response_time integer,
  uptime_percentage numeric(5,2),
  error_history jsonb,
  performance_metrics jsonb,
  monitoring_status text,
  alert_threshold jsonb,
  sitemap_url text,
  tech_stack jsonb,
  first_scan timestamptz not null default now(),
  last_scan timestamptz not null default now(),
  title text,
  description text,
  favicon_url text,
  logo_url text,
  copyright_year text,
  language text,
  has_cookie_notice boolean,
  has_privacy_policy boolean,
  google_analytics_id text,
  google_tag_manager_id text,
  is_wordpress boolean,
  wordpress_version text,
  wordpress_theme text,
  has_elementor boolean,
  elementor_version text,
  has_divi boolean,
  has_woocommerce boolean,
  has_contact_form7 boolean,
  has_yoast_seo boolean,
  has_wpforms boolean,
  phone_numbers text[],
  email_addresses text[],
  physical_addresses text[],
  facebook_url text,
  twitter_url text,
  linkedin_url text,
  instagram_url text,
  youtube_url text,
  meta_json jsonb default '{}',
  created_at timestamp not null default now(),
  updated_at timestamp not null default now(),
  created_by uuid,
  domain_metadata jsonb,
  notes text,
  batch_id uuid,
  sitemap_urls integer default 0,
  total_sitemaps integer default 0,
  local_business_id uuid,
  sitemap_curation_status "SitemapCurationStatusEnum" default 'New',
  sitemap_analysis_status "SitemapAnalysisStatusEnum",
  sitemap_analysis_error text,
  constraint fk_domains_batch_id foreign key (batch_id) references batch_jobs (batch_id) on delete set null,
  constraint fk_domains_local_business foreign key (local_business_id) references local_businesses (id) on delete set null,
  constraint domains_pkey primary key (id),
  constraint uq_domains_tenant_domain unique (tenant_id, domain)
);
create index idx_domains_business_category on domains (business_category);
create index idx_domains_business_type on domains (business_type);
create index idx_domains_content_scrape_status on domains (content_scrape_status);
create index idx_domains_country_code on domains (country_code);
create index idx_domains_domain on domains (domain);
create index idx_domains_has_ssl on domains (has_ssl);
create index idx_domains_hosting_provider on domains (hosting_provider);
create index idx_domains_industry_vertical on domains (industry_vertical);
create index idx_domains_local_business_id on domains (local_business_id);
create index idx_domains_page_scrape_status on domains (page_scrape_status);
create index idx_domains_sitemap_analysis_status on domains (sitemap_analysis_status);
create index idx_domains_sitemap_curation_status on domains (sitemap_curation_status);
create index idx_domains_sitemap_monitor_status on domains (sitemap_monitor_status);
create index idx_domains_status on domains (status);
create index idx_domains_tenant_id on domains (tenant_id);
create index ix_domains_batch_id on domains (batch_id);

create table jobs (
  id serial,
  job_id uuid not null,
  tenant_id varchar(255) not null,
  status varchar(50) not null,
  job_type varchar(50) not null,
  created_at timestamp not null default now(),
  started_at timestamptz,
  completed_at timestamptz,
  progress double precision default '0',
  error varchar,
  result jsonb,
  metadata jsonb,
  created_by uuid,
  domain_id uuid,
  result_data jsonb,
  job_metadata jsonb,
  updated_at timestamp not null default now(),
  tenant_id_uuid uuid,
  id_uuid uuid,
  batch_id uuid,
  constraint fk_jobs_batch_id foreign key (batch_id) references batch_jobs (batch_id) on delete set null,
  constraint fk_jobs_domain_id foreign key (domain_id) references domains (id) on delete set null,
  constraint jobs_pkey primary key (id),
  constraint jobs_job_id_key unique (job_id)
);
create index idx_jobs_tenant_id on jobs (tenant_id);
create index ix_jobs_batch_id on jobs (batch_id);
create index ix_jobs_tenant_id_uuid on jobs (tenant_id_uuid);

create table sitemap_files (
  id uuid not null default extensions.uuid_generate_v4(),
  tenant_id uuid default '550e8400-e29b-41d4-a716-446655440000',
  domain_id uuid not null,
  url text not null,
  sitemap_type text not null,
  discovery_method text,
  page_count integer,
  size_bytes integer,
  response_time_ms integer,
  status text not null default 'new',
  priority integer default 5,
  status_code integer,
  error_message text,
  last_modified timestamptz,
  is_gzipped boolean,
  has_lastmod boolean,
  has_priority boolean,
  has_changefreq boolean,
  generator text,
  lead_source text,
  user_id uuid,
  user_name text,
  notes text,
  tags text[],
  is_active boolean default true,
  process_after timestamptz,
  last_processed_at timestamptz,
  created_at timestamptz default now(),
  created_by uuid,
  updated_at timestamptz default now(),
  updated_by uuid,
  job_id uuid,
  url_count integer default 0,
  deep_scrape_curation_status "SitemapCurationStatusEnum" default 'New',
  sitemap_import_error text,
  sitemap_import_status sitemap_import_status_enum,
  constraint sitemap_files_domain_id_fkey foreign key (domain_id) references domains (id),
  constraint sitemap_files_pkey primary key (id)
);
create index idx_sitemap_files_deep_scrape_process_status on sitemap_files (sitemap_import_status);
create index idx_sitemap_files_status on sitemap_files (status);
create index idx_sitemap_files_tenant_domain on sitemap_files (tenant_id, domain_id);

create table pages (
  id uuid not null default gen_random_uuid(),
  tenant_id uuid not null,
  domain_id uuid not null,
  url text not null,
  title text,
  description text,
  h1 text,
  canonical_url text,
  meta_robots text,
  has_schema_markup boolean default false,
  schema_types text[],
  has_contact_form boolean default false,
  has_comments boolean default false,
  word_count integer,
  inbound_links text[],
  outbound_links text[],
  last_modified timestamptz,
  last_scan timestamptz,
  page_type text,
  lead_source text,
  additional_json jsonb default '{}',
  created_at timestamptz default now(),
  updated_at timestamptz default now(),
  sitemap_file_id uuid,
  page_curation_status pagecurationstatus not null default 'New',
  page_processing_status pageprocessingstatus,
  page_processing_error text,
  constraint fk_pages_sitemap_file_id foreign key (sitemap_file_id) references sitemap_files (id) on delete set null,
  constraint pages_domain_id_fkey foreign key (domain_id) references domains (id),
  constraint pages_pkey primary key (id),
  constraint uq_pages_domain_url unique (domain_id, url)
);
create index idx_pages_domain_id on pages (domain_id);
create index idx_pages_page_curation_status on pages (page_curation_status);
create index idx_pages_page_processing_status on pages (page_processing_status);
create index idx_pages_sitemap_file_id on pages (sitemap_file_id);

create table contacts (
  id uuid not null default gen_random_uuid(),
  domain_id uuid not null,
  page_id uuid not null,
  email text not null,
  email_type contact_email_type_enum,
  has_gmail boolean default false,
  context text,
  source_url text,
  source_job_id uuid,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint contacts_domain_id_fkey foreign key (domain_id) references domains (id) on delete cascade,
  constraint contacts_page_id_fkey foreign key (page_id) references pages (id) on delete cascade,
  constraint contacts_source_job_id_fkey foreign key (source_job_id) references jobs (job_id) on delete set null,
  constraint contacts_pkey primary key (id),
  constraint contacts_domain_id_email_key unique (domain_id, email)
);
create index idx_contacts_page_id on contacts (page_id);

create table role_permissions (
  id uuid not null default gen_random_uuid(),
  role_id integer not null,
  permission_id uuid not null,
  created_at timestamptz not null default now(),
  constraint role_permissions_permission_id_fkey foreign key (permission_id) references permissions (id) on delete cascade,
  constraint role_permissions_role_id_fkey foreign key (role_id) references roles (id) on delete cascade,
  constraint role_permissions_pkey primary key (id),
  constraint role_permissions_role_id_permission_id_key unique (role_id, permission_id)
);

create table sidebar_features (
  id uuid not null default gen_random_uuid(),
  feature_id uuid,
  sidebar_name text not null,
  url_path text not null,
  icon text,
  display_order integer,
  created_at timestamptz default now(),
  updated_at timestamptz default now(),
  requires_permission text,
  requires_feature uuid,
  tenant_id uuid,
  group_name text,
  minimum_role_id integer default 1,
  parent_id uuid,
  constraint sidebar_features_feature_id_fkey foreign key (feature_id) references feature_flags (id) on delete cascade,
  constraint sidebar_features_parent_id_fkey foreign key (parent_id) references sidebar_features (id) on delete cascade,
  constraint sidebar_features_requires_feature_fkey foreign key (requires_feature) references feature_flags (id) on delete cascade,
  constraint sidebar_features_pkey primary key (id)
);

create table tenant_features (
  id uuid not null default gen_random_uuid(),
  tenant_id uuid not null,
  feature_id uuid not null,
  is_enabled boolean default false,
  created_at timestamptz default now(),
  updated_at timestamptz default now(),
  constraint tenant_features_feature_id_fkey foreign key (feature_id) references feature_flags (id) on delete cascade,
  constraint tenant_features_tenant_id_fkey foreign key (tenant_id) references tenants (id) on delete cascade,
  constraint tenant_features_pkey primary key (id),
  constraint tenant_features_tenant_id_feature_id_key unique (tenant_id, feature_id)
);

create table user_roles (
  id uuid not null default gen_random_uuid(),
  user_id uuid not null,
  role_id integer not null,
  created_at timestamptz not null default now(),
  tenant_id uuid,
  updated_at timestamptz,
  constraint fk_user_roles_profile foreign key (user_id) references profiles (id) on delete cascade,
  constraint fk_user_roles_tenant_id foreign key (tenant_id) references tenants (id) on delete cascade,
  constraint user_roles_role_id_fkey foreign key (role_id) references roles (id) on delete cascade,
  constraint user_roles_pkey primary key (id),
  constraint user_roles_user_id_role_id_key unique (user_id, role_id)
);
create index idx_user_roles_user_id on user_roles (user_id);
create index ix_user_roles_tenant_id on user_roles (tenant_id);

create table user_tenants (
  user_id uuid not null,
  tenant_id uuid not null,
  role_id integer,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint user_tenants_pkey primary key (user_id, tenant_id)
);

-- Accounts belong to Supabase: the references to them exist where the table does.
do $$
begin
  if to_regclass('auth.users') is not null then
    alter table profiles add constraint profiles_id_fkey foreign key (id) references auth.users (id) on delete cascade;
    alter table sitemap_files add constraint sitemap_files_created_by_fkey foreign key (created_by) references auth.users (id);
    alter table sitemap_files add constraint sitemap_files_updated_by_fkey foreign key (updated_by) references auth.users (id);
    alter table sitemap_files add constraint sitemap_files_user_id_fkey foreign key (user_id) references auth.users (id);
    alter table user_tenants add constraint user_tenants_user_id_fkey foreign key (user_id) references auth.users (id) on delete cascade;
  end if;
end
$$;
