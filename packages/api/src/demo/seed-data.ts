import { randomBytes } from "node:crypto";
import { executeRawSql, executeRawSqlOne, type Tx } from "@scrapersky/db";
import { hashPassword } from "better-auth/crypto";
import { createApiKey } from "../api-key/create-api-key.ts";
import { addPerson } from "../profile/add-person.ts";
import { writePassword } from "../profile/write-password.ts";
import type { Author } from "../rbac/actor.ts";
import { PERMISSIONS, ROLES } from "../rbac/permissions.ts";
import { createTenant } from "../tenant/create-tenant.ts";
import { PEOPLE, type SeedPerson, TENANTS } from "./people.ts";

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
const AUTHOR: Author = { actor: null, source: "start" };

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
  const access: SeededAccess[] = [];
  for (const each of TENANTS) {
    const tenant = await createTenant(tx, AUTHOR, each);
    for (const person of PEOPLE.filter((one) => one.tenant === each.slug)) {
      const { profileId } = await addPerson(tx, AUTHOR, { ...person, tenant });
      access.push(await giveAccess(tx, { person, profileId, tenantId: tenant.id }));
    }
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

async function giveAccess(
  tx: Tx,
  { person, profileId, tenantId }: { person: SeedPerson; profileId: string; tenantId: string },
): Promise<SeededAccess> {
  const password = readablePassword();
  await writePassword(tx, { personId: profileId, hash: await hashPassword(password) });
  const isPlatformStaff = person.platformRole === "GLOBAL_ADMIN";
  const { key: apiKey } = await createApiKey(tx, {
    tenantId,
    holder: { profileId },
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
