import { randomUUID } from "node:crypto";
import { defineStatement, executeRawSqlOne, nullable, type Tx } from "@scrapersky/db";
import { roles, userTenants } from "@scrapersky/db/schema";
import { sql } from "drizzle-orm";
import { recordAudit } from "../audit/record-audit.ts";
import { DomainError } from "../errors/domain-error.ts";
import { takeLock } from "../lock/take-lock.ts";
import type { Author } from "../rbac/actor.ts";
import { getRole } from "../rbac/get-role.ts";
import { readEmail } from "./email.ts";
import { findPersonId } from "./find-person.ts";
import { readName } from "./read-name.ts";
import { writePerson } from "./write-person.ts";

export interface NewPerson {
  email: string;
  tenant: { id: string; name: string };
  /** Name of the role in that tenant. */
  role: string;
  name?: string | undefined;
  bio?: string;
  /** Default: USER, or what the profile has. */
  platformRole?: "USER" | "ADMIN" | "SUPER_ADMIN" | "GLOBAL_ADMIN";
}

export interface PersonAdded {
  profileId: string;
  email: string;
  role: string;
  /** new: nobody had the address; joined: a member of one more tenant; member: was one already. */
  how: "new" | "joined" | "member";
}

/** How the profile stands; `role`: the one held in the tenant, if any. */
const standing = defineStatement(
  `select coalesce(p.active, false) as active, r.name as role,
     (select count(*)::int from user_tenants where user_id = p.id) as memberships
   from profiles p
   left join user_tenants ut on ut.user_id = p.id and ut.tenant_id = :tenantId::uuid
   left join roles r on r.id = ut.role_id
   where p.id = :id::uuid for update of p`,
  { active: "bool", role: nullable(roles.name), memberships: "int4" },
);

/**
 * The one way to add somebody: makes the person where the e-mail address is nobody's, and the membership
 * where it is none. Who has the address already, here or among Supabase's users, is that person.
 * @throws DomainError INVALID_INPUT, NOT_FOUND for an unknown role; CONFLICT when the person is a member
 *   with another role; INVALID_STATE `DISABLED`, `AUTH_USERS_CLOSED`
 */
export async function addPerson(tx: Tx, author: Author, input: NewPerson): Promise<PersonAdded> {
  const email = readEmail(input.email);
  const name = readName(input.name);
  const role = await getRole(tx, input.role);
  await takeLock(tx, "email", email);
  const known = await findPersonId(tx, email);
  const profileId = known ?? randomUUID();
  const before =
    known === undefined
      ? undefined
      : await executeRawSqlOne(tx, standing, { id: known, tenantId: input.tenant.id });
  if (before && !before.active && before.memberships > 0) {
    throw new DomainError("INVALID_STATE", `${email} is disabled: enable the person first.`, {
      errorCode: "DISABLED",
    });
  }
  const held = before?.role;
  if (held != null && held !== role.name) {
    throw new DomainError(
      "CONFLICT",
      `${email} is a member of "${input.tenant.name}" already, as ${held}. Change it with \`role\`.`,
      { errorCode: "OTHER_ROLE" },
    );
  }
  await writePerson(tx, {
    ...input,
    id: profileId,
    email,
    name,
    isKnown: known !== undefined,
    tenantId: input.tenant.id,
    roleId: role.id,
  });
  if (held === role.name) return { profileId, email, role: role.name, how: "member" };
  await tx
    .insert(userTenants)
    .values({ userId: profileId, tenantId: input.tenant.id, roleId: role.id })
    .onConflictDoUpdate({
      target: [userTenants.userId, userTenants.tenantId],
      set: { roleId: role.id, updatedAt: sql`now()` },
    });
  await recordAudit(tx, author, {
    action: "profiles.invite",
    targetType: "profile",
    targetId: profileId,
    tenantId: input.tenant.id,
    detail: { email, role: role.name },
  });
  const how = before && before.memberships > 0 ? "joined" : "new";
  return { profileId, email, role: role.name, how };
}
