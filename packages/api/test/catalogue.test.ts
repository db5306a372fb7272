import { afterAll, beforeAll, expect, test } from "vitest";
import { createDatabase, type Database, executeRawSql } from "@scrapersky/db";
import { createTestDatabase, type TestDatabase } from "@scrapersky/testing/database";
import { FEATURES } from "../src/contract.ts";
import { PERMISSIONS, type RoleName, ROLES } from "../src/index.ts";
import { createWorld } from "./world.ts";

let clone: TestDatabase;
let database: Database;
beforeAll(async () => {
  clone = await createTestDatabase();
  database = createDatabase({ url: clone.url, max: 1 });
});
afterAll(async () => {
  await database.close();
  await clone.drop();
});

// Whoever adds one of these adds a migration that brings it: no seed does.
test("a migrated database has the permissions this build knows, and no other", async () => {
  const rows = await executeRawSql<{ name: string; description: string }>(
    database.db,
    "select name, description from permissions",
  );
  expect(Object.fromEntries(rows.map(({ name, description }) => [name, description]))).toEqual(
    PERMISSIONS,
  );
});

test("a migrated database has the roles this build knows, from most to least, with their permissions", async () => {
  const rows = await executeRawSql<{ name: string; description: string; permissions: string[] }>(
    database.db,
    `select r.name, r.description, array_agg(p.name) as permissions
     from roles r join role_permissions rp on rp.role_id = r.id join permissions p on p.id = rp.permission_id
     group by r.id order by r.id`,
  );
  const sorted = ({
    description,
    permissions,
  }: {
    description: string;
    permissions: readonly string[];
  }) => ({
    description,
    permissions: [...permissions].toSorted(),
  });
  expect(rows.map(({ name, ...role }) => [name, sorted(role)])).toEqual(
    Object.entries(ROLES).map(([name, role]) => [name, sorted(role)]),
  );
});

test("a permission that this build does not know is nobody's right, although a role grants it", async () => {
  const world = await createWorld();
  try {
    await world.rows(
      `with odd as (insert into permissions (name) values ('toString'), ('jobs:dream') returning id)
       insert into role_permissions (role_id, permission_id) select r.id, odd.id from roles r, odd where r.name = 'owner'`,
    );
    const { permissions } = await world.actor(world.tenants.near, "owner");
    const granted = await world.rows(
      `select p.name from roles r join role_permissions rp on rp.role_id = r.id
       join permissions p on p.id = rp.permission_id where r.name = 'owner' and p.name in ('toString', 'jobs:dream')`,
    );
    expect(granted).toHaveLength(2);
    expect([...permissions].filter((name) => !Object.hasOwn(PERMISSIONS, name))).toEqual([]);
  } finally {
    await world.close();
  }
});

test("owners hand the tenant over, and admins, who may everything else, do not", async () => {
  const world = await createWorld();
  try {
    const { near } = world.tenants;
    const [owner, admin] = [await world.actor(near, "owner"), await world.actor(near, "admin")];
    expect(
      [...owner.permissions].filter((name) => !admin.permissions.has(name)).toSorted(),
    ).toEqual(["tenants:transfer", "tenants:write"]);
    expect([...admin.permissions].filter((name) => !owner.permissions.has(name))).toEqual([]);
    const [byOwner, byAdmin] = [
      await world.caller(near, "owner"),
      await world.caller(near, "admin"),
    ];
    const make = (person: RoleName, role: string) => ({ profileId: near.people[person], role });
    const refused = (call: Promise<unknown>) =>
      expect(call).rejects.toMatchObject({ code: "FORBIDDEN" });
    await refused(byAdmin.rbac.assign(make("admin", "owner")));
    await refused(byAdmin.rbac.assign(make("owner", "viewer")));
    expect(await byAdmin.rbac.assign(make("viewer", "admin"))).toMatchObject({ role: "admin" });
    expect(await byOwner.rbac.assign(make("admin", "owner"))).toMatchObject({ role: "owner" });
    expect(await byOwner.rbac.assign(make("owner", "admin"))).toMatchObject({ role: "admin" });
  } finally {
    await world.close();
  }
});

test("a migrated database has the sidebar's entries this build knows, in its order", async () => {
  const rows = await executeRawSql(
    database.db,
    `select sidebar_name as name, url_path as "urlPath", icon, group_name as "group", requires_permission as permission
     from sidebar_features where tenant_id is null order by display_order, sidebar_name`,
  );
  expect(rows).toEqual(FEATURES);
});
