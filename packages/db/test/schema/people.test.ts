import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { executeForLibrary, executeRawSql } from "../../src/index.ts";
import { migrate } from "../../src/migrate.ts";
import { useServer } from "./harness.ts";

// What 0006_people makes of a database in which the first system has worked.

const server = useServer();
const migrations = join(import.meta.dirname, "../../migrations");

let database: Awaited<ReturnType<typeof server.createEmpty>>;
const rows = <T extends object>(sql: string) => executeRawSql<T>(database.db, sql);

beforeAll(async () => {
  database = await server.createEmpty();
  await executeForLibrary(
    database.db,
    await readFile(join(migrations, "0001_real_tables.sql"), "utf8"),
  );
  await executeForLibrary(
    database.db,
    `insert into roles (id, name, description) values
       (1, 'USER', null), (2, 'ADMIN', null), (3, 'viewer', 'Mine'), (7, 'SUPER_ADMIN', null);
     insert into permissions (name, description) values ('jobs:read', 'Mine'), ('maps:read', 'Maps');
     insert into role_permissions (role_id, permission_id)
       select 3, id from permissions;
     insert into sidebar_features (sidebar_name, url_path) values ('My jobs', '/jobs'), ('Maps', '/maps');
     insert into tenants (name, created_at) values
       ('Café Nord', '2025-01-01'), ('Cafe Nord', '2025-01-02'), ('CAF  NORD', '2025-01-03'), ('', now()),
       ('天空', now()), ('${"x".repeat(100)}', now()), (' - ', now());`,
  );
  await migrate({ url: database.url });
});

test("roles whose ids were given by hand are in nobody's way, then or later", async () => {
  const roles = await rows<{ id: number; name: string; description: string | null }>(
    "select id, name, description from roles order by id",
  );
  expect(roles.map(({ name }) => name)).toEqual([
    "USER",
    "ADMIN",
    "viewer",
    "SUPER_ADMIN",
    "owner",
    "admin",
    "operator",
    "auditor",
    "developer",
  ]);
  expect(roles[2]).toEqual({ id: 3, name: "viewer", description: "Mine" });
  const [made] = await rows<{ id: number }>(
    "insert into roles (name) values ('later') returning id",
  );
  expect(made!.id).toBeGreaterThan(Math.max(...roles.map(({ id }) => id)));
});

test("permissions and entries of the sidebar are added beside those there are, which stay as they are", async () => {
  expect(
    await rows(
      "select name, description from permissions where description in ('Mine', 'Maps') order by name",
    ),
  ).toEqual([
    { name: "jobs:read", description: "Mine" },
    { name: "maps:read", description: "Maps" },
  ]);
  const held = await rows<{ name: string }>(
    `select p.name from role_permissions rp join permissions p on p.id = rp.permission_id where rp.role_id = 3`,
  );
  expect(held.map(({ name }) => name).toSorted()).toEqual([
    "batches:read",
    "domains:read",
    "features:read",
    "jobs:read",
    "maps:read",
    "overview:read",
    "pages:read",
    "profiles:read",
    "schedules:read",
  ]);
  expect(
    await rows("select sidebar_name as name, url_path as path from sidebar_features order by 2"),
  ).toEqual([
    { name: "Audit", path: "/audit" },
    { name: "Batches", path: "/batches" },
    { name: "Bulk actions", path: "/bulk" },
    { name: "Contacts", path: "/contacts" },
    { name: "Exports", path: "/exports" },
    { name: "Features", path: "/features" },
    { name: "My jobs", path: "/jobs" },
    { name: "Keys", path: "/keys" },
    { name: "Leads", path: "/leads" },
    { name: "Maps", path: "/maps" },
    { name: "Profiles", path: "/profiles" },
    { name: "Roles", path: "/roles" },
    { name: "Schedules", path: "/schedules" },
    { name: "Webhooks", path: "/webhooks" },
  ]);
});

test("every tenant gets a name of its own for addresses", async () => {
  const slugs = await rows<{ slug: string }>(
    "select slug from tenants t join app.tenant_slugs s on s.tenant_id = t.id order by t.created_at, t.name",
  );
  expect(slugs).toHaveLength(7);
  expect(new Set(slugs.map(({ slug }) => slug)).size).toBe(7);
  expect(slugs.map(({ slug }) => slug.replace(/-[0-9a-f]{8}$/, "-…")).slice(0, 3)).toEqual([
    "caf-nord",
    "cafe-nord",
    "caf-nord-…",
  ]);
});

test("a key belongs to a person or to a service account, never to both or to nobody", async () => {
  const insert = (holders: string) =>
    rows(
      `with t as (select id from tenants limit 1),
         p as (insert into profiles (id, tenant_id) select gen_random_uuid(), id from t returning id),
         a as (insert into app.service_accounts (tenant_id, name) select id, gen_random_uuid()::text from t returning id)
       insert into app.api_keys (tenant_id, profile_id, service_account_id, name, prefix, secret_hash, last4, scopes)
       select t.id, ${holders}, 'key', gen_random_uuid()::text, '', '', '{}' from t, p, a`,
    );
  await insert("p.id, null");
  await insert("null, a.id");
  for (const holders of ["null, null", "p.id, a.id"]) {
    await expect(insert(holders)).rejects.toMatchObject({ constraint: "api_keys_holder_check" });
  }
});
