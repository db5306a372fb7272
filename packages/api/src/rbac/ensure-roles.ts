import { executeRawSql, type Tx } from "@scrapersky/db";
import { PERMISSIONS, ROLES } from "./permissions.ts";

/** Writes the roles, permissions and pairs this build knows. Adds what is missing and removes nothing. */
export async function ensureRoles(tx: Tx): Promise<void> {
  await executeRawSql(
    tx,
    `insert into permissions (name, description)
     select * from unnest(:names::text[], :descriptions::text[]) on conflict (name) do nothing`,
    { names: Object.keys(PERMISSIONS), descriptions: Object.values(PERMISSIONS) },
  );
  await executeRawSql(
    tx,
    `insert into roles (name, description)
     select * from unnest(:names::text[], :descriptions::text[]) on conflict (name) do nothing`,
    {
      names: Object.keys(ROLES),
      descriptions: Object.values(ROLES).map((role) => role.description),
    },
  );
  const pairs = Object.entries(ROLES).flatMap(([role, { permissions }]) =>
    permissions.map((permission) => ({ role, permission })),
  );
  await executeRawSql(
    tx,
    `insert into role_permissions (role_id, permission_id)
     select r.id, p.id from unnest(:roles::text[], :permissions::text[]) as pair (role, permission)
     join roles r on r.name = pair.role join permissions p on p.name = pair.permission
     on conflict (role_id, permission_id) do nothing`,
    { roles: pairs.map((pair) => pair.role), permissions: pairs.map((pair) => pair.permission) },
  );
}
