import { defineStatement, executeRawSql, findDatabaseError, type Tx } from "@scrapersky/db";
import { profiles, tenants, users } from "@scrapersky/db/schema";
import { eq } from "drizzle-orm";
import { DomainError } from "../errors/domain-error.ts";
import { type AuthTable, describeAuthUsers } from "./auth-users.ts";
import { insertAuthUser } from "./insert-auth-user.ts";

// The rows of one person: Supabase's where it keeps people, the profile, and what sign-in knows.

const FOREIGN_KEY_VIOLATION = "23503";

interface PersonRows {
  id: string;
  email: string;
  name: string | null;
  /** Whether the id is somebody's already, so that Supabase has its row. */
  isKnown: boolean;
  /** The home of a new profile. */
  tenantId: string;
  roleId: number;
  bio?: string;
  platformRole?: string;
}

const profileKept = defineStatement(
  `insert into profiles as p (id, tenant_id, name, email, bio, active, role, role_id)
   values (:id::uuid, :tenantId::uuid, :name, :email, :bio, true, coalesce(:platformRole, 'USER'), :roleId::int)
   on conflict (id) do update set
     tenant_id = case when p.active then p.tenant_id else excluded.tenant_id end,
     name = coalesce(p.name, excluded.name), email = coalesce(p.email, excluded.email),
     bio = coalesce(p.bio, excluded.bio), role = coalesce(:platformRole, p.role),
     role_id = coalesce(p.role_id, excluded.role_id), active = true, updated_at = now()`,
);

/** Writes what is missing of a person. A profile in use keeps its home and its names. */
export async function writePerson(tx: Tx, person: PersonRows): Promise<void> {
  const authUsers = person.isKnown ? undefined : await describeAuthUsers(tx);
  const standIn = authUsers && (await insertBesideTrigger(tx, authUsers, person));
  await executeRawSql(tx, profileKept, {
    id: person.id,
    tenantId: person.tenantId,
    name: person.name,
    email: person.email,
    bio: person.bio ?? null,
    platformRole: person.platformRole ?? null,
    roleId: person.roleId,
  });
  if (standIn) await tx.delete(tenants).where(eq(tenants.id, standIn));
  await ensureUser(tx, person);
}

/**
 * What sign-in knows of a person; the id is that of the profile. Holds the row until the transaction ends,
 * so that of two who give the person a link or a password one sees what the other did.
 * @throws DomainError CONFLICT when somebody else signs in with the address
 */
export async function ensureUser(
  tx: Tx,
  { id, email, name }: { id: string; email: string; name: string | null },
): Promise<void> {
  await tx
    .insert(users)
    .values({ id, name: name ?? email, email, emailVerified: true })
    .onConflictDoNothing();
  // A statement of its own: only it sees the row that another transaction made meanwhile.
  const [user] = await tx
    .select({ id: users.id })
    .from(users)
    .where(eq(users.id, id))
    .for("no key update");
  if (!user) throw new DomainError("CONFLICT", `Somebody else signs in with ${email}.`);
}

/**
 * Inserts into auth.users, whose usual trigger inserts a profile at once, at home in the tenant that the
 * real table has as its default. Where there is no such tenant, that refuses everybody: one stands in for
 * it until the profile has its own, and no other transaction ever sees it.
 * @returns the id of the tenant that stands in
 */
async function insertBesideTrigger(
  tx: Tx,
  authUsers: AuthTable,
  person: PersonRows,
): Promise<string | undefined> {
  try {
    await tx.savepoint((inner) => insertAuthUser(inner, authUsers, person));
    return undefined;
  } catch (error) {
    if (findDatabaseError(error)?.sqlstate !== FOREIGN_KEY_VIOLATION) throw error;
    const [standIn] = await tx
      .insert(tenants)
      .values({ id: String(profiles.tenantId.default), name: "" })
      .onConflictDoNothing()
      .returning({ id: tenants.id });
    if (!standIn) throw error;
    await insertAuthUser(tx, authUsers, person);
    return standIn.id;
  }
}
