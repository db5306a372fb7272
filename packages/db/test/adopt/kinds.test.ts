import { FIRST_TENANT, OTHER_TENANT } from "@scrapersky/embedded/fixtures";
import { describe, expect, test } from "vitest";
import { checkDrift } from "../../src/drift/index.ts";
import { migrate } from "../../src/migrate.ts";
import { adopt, backOf, planOf, runScript, snapshot, useFirstSystem } from "./harness.ts";

const databases = useFirstSystem();

/** What else may be in such a database: a script run as its owner. */
const OTHERS: Record<string, string> = {
  "no rows at all": "",
  "a role name used by 300 tenants": `
    insert into tenants (id, name) select gen_random_uuid(), 'T' || n from generate_series(1, 300) n;
    insert into roles (name, tenant_id) select 'staff', id from tenants;
    insert into profiles (id, tenant_id, role_id)
      select gen_random_uuid(), r.tenant_id, r.id from roles r where r.name = 'staff' and to_regclass('auth.users') is null;
    insert into user_roles (user_id, role_id) select p.id, p.role_id from profiles p where p.name is null and p.email is null;
    insert into user_roles (user_id, role_id, tenant_id)
      select p.id, r.id, r.tenant_id from profiles p cross join lateral (
        select * from roles where name = 'staff' and id <> p.role_id order by id limit 5) r
      where p.name is null and p.email is null;`,
  "pages doubled seven times over 200 addresses, with labels that collide": `
    insert into domains (id, tenant_id, domain) values ('dddddddd-1111-4000-8000-000000000001', '${FIRST_TENANT}', 'big.example');
    insert into pages (tenant_id, domain_id, url, title)
      select '${FIRST_TENANT}', 'dddddddd-1111-4000-8000-000000000001', 'https://big.example/' || n % 200, case when n % 3 = 0 then 'T' || n end
      from generate_series(1, 1400) n;
    insert into page_labels select id, label from pages, unnest(array['a', 'b']) label where url like '%big%';
    insert into page_visits select id, now() from pages where url like '%big%';`,
  "a foreign table that refers to batches by their text": `
    update batch_jobs set batch_id = batch_id || id where id in (2, 3, 9, 5);
    alter table batch_jobs add constraint batch_text unique (batch_id);
    create schema other;
    create table other."Batch Notes" ("Batch" varchar(80) references public.batch_jobs (batch_id) on update cascade, note text);
    insert into other."Batch Notes" select batch_id, 'note ' || id from batch_jobs where batch_id is not null;
    insert into other."Batch Notes" values (null, 'of none');
    create view other.notes as select n."Batch", b.status from other."Batch Notes" n join public.batch_jobs b on b.batch_id = n."Batch";`,
  "a foreign table that refers to batches by the column that goes": `
    update batch_jobs set batch_id_string = 'S' || id;
    alter table batch_jobs add constraint batch_string unique (batch_id_string);
    create table batch_tags (batch varchar references batch_jobs (batch_id_string) on delete cascade, tag text);
    insert into batch_tags values ('S1', 'x'), ('S4', 'y');`,
  "views and policies that read columns which go": `
    create view tenant_roles as select tenant_id, count(*) as roles from roles group by tenant_id;
    create policy roles_own on roles using (tenant_id::text = current_setting('app.tenant_id', true));
    create view old_names as select id, batch_id_original from batch_jobs where batch_id_original is not null;`,
  "what compares a retyped column with text": `
    create view texts as select batch_id as name, length(batch_id) as long, j.status from jobs j where batch_id <> 'x';
    create view unions as select batch_id from jobs union select batch_id from domains union select 'none';
    create index jobs_named on jobs (upper(batch_id)) where batch_id <> '';
    alter table domains add constraint batch_is_short check (length(batch_id) < 100);
    create policy named on domains for update using (batch_id like 'batch%') with check (batch_id is not null);
    create rule no_batch as on delete to jobs where old.batch_id = 'locked' do instead nothing;
    create view owned with (security_barrier = true) as select * from jobs;
    grant select on owned to pg_monitor;
    revoke all on unions from public;`,
  "a default on a column that is retyped, and a longer name than usual": `
    alter table jobs alter column batch_id set default 'batch_default';
    insert into jobs (job_id, tenant_id, status, job_type) values (gen_random_uuid(), '${FIRST_TENANT}', 'pending', 'x');
    insert into batch_jobs (id_uuid, tenant_id, processor_type, batch_id) values (gen_random_uuid(), '${FIRST_TENANT}', 'x', repeat('long', 200));`,
  "keys that were lost on the way, and rows that repeat by them": `
    alter table domains drop constraint uq_domains_domain, drop constraint domains_domain_key;
    insert into domains (tenant_id, domain, batch_id) select tenant_id, domain, batch_id from domains;
    insert into pages (tenant_id, domain_id, url, title)
      select d.tenant_id, d.id, 'https://' || d.domain || '/', 'Again' from domains d;
    alter table contacts drop constraint contacts_domain_id_email_key;
    insert into contacts (domain_id, page_id, email) select domain_id, page_id, email from contacts;
    insert into contacts (domain_id, page_id, email)
      select d.id, p.id, 'info@' || d.domain from domains d join pages p on p.domain_id = d.id;
    alter table user_roles drop constraint user_roles_user_id_role_id_key;
    insert into user_roles (user_id, role_id, tenant_id) select user_id, role_id, tenant_id from user_roles;
    alter table permissions drop constraint permissions_name_key, drop constraint unique_permission_name;
    insert into permissions (name) select name from permissions;
    insert into role_permissions (role_id, permission_id) select 3, id from permissions;`,
  "references that were lost on the way, and rows that lead nowhere": `
    alter table contacts drop constraint contacts_page_id_fkey, drop constraint contacts_source_job_id_fkey;
    update contacts set source_job_id = gen_random_uuid();
    update contacts set page_id = gen_random_uuid() where email like 'hi@%';
    alter table profiles drop constraint profiles_role_id_fkey;
    update profiles set role_id = 77 where name = 'Dee';
    alter table profiles drop constraint profiles_role_check;
    update profiles set role = 'admin' where name = 'Bob';
    update profiles set role = 'boss' where name = 'Ada';
    alter table jobs drop constraint fk_jobs_domain_id, add constraint fk_jobs_domain_id foreign key (domain_id) references domains (id) not valid;`,
  "columns that may be empty and are": `
    alter table domains alter column tenant_id drop not null;
    update domains set tenant_id = null where domain like 'site1.%';
    alter table pages alter column tenant_id drop not null;
    update pages set tenant_id = null where url like '%contact';
    alter table batch_jobs alter column status drop not null, alter column id_uuid drop not null;
    update batch_jobs set status = null, id_uuid = null where id = 3;`,
  "words, defaults, tables and types that differ": `
    alter type pagecurationstatus rename value 'Skipped' to 'Left';
    alter table tenants alter column is_active drop default;
    alter table user_roles rename constraint user_roles_user_id_role_id_key to one_role;
    drop index idx_pages_domain_id;
    alter table tenant_features drop constraint tenant_features_tenant_id_feature_id_key;
    create unique index tenant_features_once on tenant_features (tenant_id, feature_id);
    drop table tenant_features;
    alter table local_businesses drop column business_verified;`,
  "rows that must name a batch": `
    delete from jobs where batch_id is null;
    alter table jobs alter column batch_id set not null;`,
  "row security, switched on by its owner": `
    alter table jobs enable row level security;
    alter table roles enable row level security;
    create policy nobody on roles using (false);`,
  "ids of batches that PostgreSQL takes for uuids in other spellings": `
    insert into batch_jobs (id_uuid, tenant_id, processor_type, batch_id)
      select gen_random_uuid(), '${OTHER_TENANT}', 'x', spelled from unnest(array[
        'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11', '{b0eebc99-9c0b4ef8-bb6d6bb9-bd380a11}', 'c0eebc999c0b4ef8bb6d6bb9bd380a11',
        ' d0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', '{e0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', 'f0ee-bc99-9c0b-4ef8-bb6d-6bb9-bd38-0a11']) spelled;
    insert into jobs (job_id, tenant_id, status, job_type, batch_id)
      select gen_random_uuid(), '${OTHER_TENANT}', 'x', 'x', spelled from unnest(array[
        'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', 'b0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', E'c0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11\\n']) spelled;`,
};

describe("with more of what such a database may hold", () => {
  test.each(Object.entries(OTHERS))(
    "%s: adopted, migrated, and the way back is exact",
    async (name, script) => {
      const database = await databases.create({ rows: name !== "no rows at all" }, script);
      const before = await snapshot(database);
      const plan = await adopt(database);
      expect(plan).toMatchObject({ state: "first system", obstacles: [] });
      expect((await planOf(database)).steps).toEqual([]);
      await runScript(database, backOf(plan));
      expect(await snapshot(database)).toEqual(before);

      await adopt(database);
      await migrate({ url: database.url });
      const { differences } = await checkDrift(database);
      // What somebody else made and adoption left as it is.
      const ours = differences.filter(
        ({ severity, what }) =>
          severity !== "harmless" && !/^(trigger|rule) |batch_string$|batch_is_short$/.test(what),
      );
      expect(ours).toEqual([]);
    },
  );
});
