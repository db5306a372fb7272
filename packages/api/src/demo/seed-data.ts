import { randomBytes, randomUUID } from "node:crypto";
import { executeRawSql, executeRawSqlOne, type Tx } from "@scrapersky/db";
import { hashPassword } from "better-auth/crypto";
import { createApiKey } from "../api-key/api-key.service.ts";
import { PERMISSIONS, ROLES } from "../rbac/permissions.ts";
import { FEATURES, PEOPLE, type SeedPerson, TENANTS } from "./people.ts";

/** A sign-in as it is printed once and kept nowhere in plain text. */
export interface SeededAccess {
  email: string;
  password: string;
  role: string;
  tenant: string;
  apiKey: string;
}

const SEED_NAME = "staff-and-tenants";
const KEY_NAME = "First key";

/** Entries of the sidebar that every tenant has. */
export async function seedFeatures(tx: Tx): Promise<void> {
  await executeRawSql(
    tx,
    `insert into sidebar_features (sidebar_name, url_path, icon, group_name, requires_permission, display_order)
     select f.name, f.url_path, f.icon, f.group_name, f.permission, f.place
     from unnest(:names::text[], :paths::text[], :icons::text[], :groups::text[], :permissions::text[])
       with ordinality as f (name, url_path, icon, group_name, permission, place)
     where not exists (select from sidebar_features s where s.url_path = f.url_path and s.tenant_id is null)`,
    {
      names: FEATURES.map((feature) => feature.name),
      paths: FEATURES.map((feature) => feature.urlPath),
      icons: FEATURES.map((feature) => feature.icon),
      groups: FEATURES.map((feature) => feature.group),
      permissions: FEATURES.map((feature) => feature.permission),
    },
  );
}

export async function hasTenants(tx: Tx): Promise<boolean> {
  return (await executeRawSqlOne(tx, "select from tenants limit 1")) !== undefined;
}

/**
 * Creates the tenants and their staff, with new passwords and keys.
 * @returns their sign-ins, or undefined when they were created before
 */
export async function seedStaff(tx: Tx): Promise<SeededAccess[] | undefined> {
  const isFirst = await executeRawSqlOne(
    tx,
    "insert into app.seeds (name) values (:name) on conflict do nothing returning name",
    { name: SEED_NAME },
  );
  if (!isFirst) return undefined;
  const tenantIds = new Map<string, string>();
  for (const tenant of TENANTS) tenantIds.set(tenant.slug, await createTenant(tx, tenant));
  const access: SeededAccess[] = [];
  for (const person of PEOPLE) {
    const tenantId = tenantIds.get(person.tenant) ?? "";
    const profileId = await createPerson(tx, person, tenantId);
    access.push(await giveAccess(tx, { person, profileId, tenantId }));
  }
  return access;
}

/**
 * Gives the seeded staff new passwords and keys; the keys made by the seed before stop working, and
 * whoever is signed in is signed out.
 */
export async function resetAccess(tx: Tx): Promise<SeededAccess[]> {
  const access: SeededAccess[] = [];
  for (const person of PEOPLE) {
    const row = await executeRawSqlOne<{ id: string; tenant_id: string }>(
      tx,
      "select id, tenant_id from profiles where email = :email and id in (select id from app.users)",
      { email: person.email },
    );
    if (!row) continue;
    const profileId = row.id;
    await executeRawSql(
      tx,
      `update app.api_keys set revoked_at = now()
       where profile_id = :profileId::uuid and name = :name and revoked_at is null`,
      { profileId, name: KEY_NAME },
    );
    await executeRawSql(tx, "delete from app.sessions where user_id = :profileId::uuid", {
      profileId,
    });
    access.push(await giveAccess(tx, { person, profileId, tenantId: row.tenant_id }));
  }
  return access;
}

async function createTenant(tx: Tx, tenant: (typeof TENANTS)[number]): Promise<string> {
  const id = randomUUID();
  await executeRawSql(
    tx,
    `with created as (
       insert into tenants (id, name, description) values (:id::uuid, :name, :description) returning id
     )
     insert into app.tenant_slugs (tenant_id, slug) select id, :slug from created`,
    { id, ...tenant },
  );
  return id;
}

async function createPerson(tx: Tx, person: SeedPerson, tenantId: string): Promise<string> {
  const id = randomUUID();
  await executeRawSql(
    tx,
    `insert into profiles (id, tenant_id, name, email, bio, active, role, role_id)
     select :id::uuid, :tenantId::uuid, :name, :email, :bio, true, :platformRole, r.id from roles r where r.name = :role`,
    {
      id,
      tenantId,
      name: person.name,
      email: person.email,
      bio: person.bio,
      platformRole: person.platformRole,
      role: person.role,
    },
  );
  await executeRawSql(
    tx,
    `insert into user_tenants (user_id, tenant_id, role_id)
     select :id::uuid, :tenantId::uuid, r.id from roles r where r.name = :role`,
    { id, tenantId, role: person.role },
  );
  await executeRawSql(
    tx,
    "insert into app.users (id, name, email, email_verified) values (:id::uuid, :name, :email, true)",
    { id, name: person.name, email: person.email },
  );
  return id;
}

async function giveAccess(
  tx: Tx,
  { person, profileId, tenantId }: { person: SeedPerson; profileId: string; tenantId: string },
): Promise<SeededAccess> {
  const password = readablePassword();
  await executeRawSql(
    tx,
    `with gone as (delete from app.accounts where user_id = :profileId::uuid and provider_id = 'credential')
     insert into app.accounts (id, user_id, account_id, provider_id, password)
     values (gen_random_uuid(), :profileId::uuid, :profileId, 'credential', :hash)`,
    { profileId, hash: await hashPassword(password) },
  );
  const isPlatformStaff = person.platformRole === "GLOBAL_ADMIN";
  const apiKey = await createApiKey(tx, {
    tenantId,
    profileId,
    name: KEY_NAME,
    scopes: isPlatformStaff ? Object.keys(PERMISSIONS) : ROLES[person.role].permissions,
  });
  return { email: person.email, password, role: person.role, tenant: person.tenant, apiKey };
}

/** Four groups of letters and digits that cannot be mistaken for each other; about 95 bits. */
function readablePassword(): string {
  const alphabet = "abcdefghjkmnpqrstuvwxyz23456789";
  const letters = Array.from(randomBytes(20), (byte) => alphabet[byte % alphabet.length]);
  return [0, 5, 10, 15].map((at) => letters.slice(at, at + 5).join("")).join("-");
}
