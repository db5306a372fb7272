import { randomBytes } from "node:crypto";
import type { Tx } from "@scrapersky/db";
import { apiKeys, profiles, seeds, users } from "@scrapersky/db/schema";
import { hashPassword } from "better-auth/crypto";
import { and, eq, isNull, sql } from "drizzle-orm";
import { createApiKey } from "../api-key/create-api-key.ts";
import { addPerson } from "../profile/add-person.ts";
import { signOut } from "../profile/sign-out.ts";
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
  const [isFirst] = await tx
    .insert(seeds)
    .values({ name: SEED_NAME })
    .onConflictDoNothing()
    .returning({ name: seeds.name });
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
    const [row] = await tx
      .select({ id: profiles.id, tenantId: profiles.tenantId })
      .from(profiles)
      .innerJoin(users, eq(users.id, profiles.id))
      .where(eq(profiles.email, person.email));
    if (!row) continue;
    const profileId = row.id;
    await tx
      .update(apiKeys)
      .set({ revokedAt: sql`now()` })
      .where(
        and(
          eq(apiKeys.profileId, profileId),
          eq(apiKeys.name, KEY_NAME),
          isNull(apiKeys.revokedAt),
        ),
      );
    await signOut(tx, profileId);
    access.push(await giveAccess(tx, { person, profileId, tenantId: row.tenantId }));
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
