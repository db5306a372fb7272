import { defineStatement, executeRawSql, type Reader, type Tx } from "@scrapersky/db";
import { permissions, rolePermissions, roles } from "@scrapersky/db/schema";
import { and, eq, ne, sql } from "drizzle-orm";
import { DomainError, notFound } from "../errors/domain-error.ts";
import type { Caller } from "./actor.ts";
import { isOfTenant } from "./find-grants.ts";
import type { Permission } from "./permissions.ts";
import { requireLasting } from "./require-lasting.ts";

const granted = defineStatement(
  `insert into role_permissions (role_id, permission_id)
   select :roleId::int, p.id from permissions p where p.name = any(:names::text[])`,
);

const withdrawn = defineStatement(
  `delete from role_permissions where role_id = :roleId::int
     and permission_id in (select id from permissions where name = any(:names::text[]))`,
);

/** A role as it is before a change. */
export interface KnownRole {
  id: number;
  name: string;
  description: string | null;
  permissions: string[];
}

/**
 * A role, held until the transaction ends.
 * @throws DomainError NOT_FOUND
 */
export async function holdRole(tx: Tx, roleId: number): Promise<KnownRole> {
  const [role] = await tx
    .select({ id: roles.id, name: roles.name, description: roles.description })
    .from(roles)
    .where(eq(roles.id, roleId))
    .for("no key update");
  if (!role) throw notFound("Role");
  const held = await tx
    .select({ name: permissions.name })
    .from(rolePermissions)
    .innerJoin(permissions, eq(permissions.id, rolePermissions.permissionId))
    .where(eq(rolePermissions.roleId, roleId))
    .orderBy(permissions.name);
  return { ...role, permissions: held.map(({ name }) => name) };
}

/** @throws DomainError CONFLICT `NAME_TAKEN` where another role is called so, in any case */
export async function requireFreeRoleName(tx: Tx, name: string, but?: number): Promise<void> {
  const [taken] = await tx
    .select({ name: roles.name })
    .from(roles)
    .where(
      and(
        eq(sql`lower(${roles.name})`, sql`lower(${name})`),
        but === undefined ? undefined : ne(roles.id, but),
      ),
    )
    .limit(1);
  if (!taken) return;
  throw new DomainError("CONFLICT", `There is a role "${taken.name}" already.`, {
    errorCode: "NAME_TAKEN",
  });
}

/**
 * The rights that a role is to have, each once. Those it had already may stay, others are given: nobody gives what they lack, or
 * what they have for a time only.
 * @throws DomainError INVALID_INPUT for what is no right of tenants; FORBIDDEN `GRANTS_MORE`, `LENT_RIGHT`
 */
export async function readRights(
  reader: Reader,
  caller: Caller,
  wanted: readonly string[],
  before: readonly string[] = [],
): Promise<Permission[]> {
  const names = [...new Set(wanted)];
  const wrong = names.filter((name) => !isOfTenant(name));
  if (wrong.length > 0) {
    throw new DomainError("INVALID_INPUT", `No role can have ${wrong.join(", ")}.`, {
      fieldErrors: { permissions: "has what no role can have" },
    });
  }
  const rights = names.filter(isOfTenant).toSorted();
  const given = rights.filter((name) => !before.includes(name));
  const lacked = given.filter((name) => !caller.actor.permissions.has(name));
  if (lacked.length > 0) {
    throw new DomainError(
      "FORBIDDEN",
      `You may not do this yourself, so no role gets it from you: ${lacked.join(", ")}.`,
      { errorCode: "GRANTS_MORE" },
    );
  }
  await requireLasting(reader, caller, given, null);
  return rights;
}

/** Gives a role exactly these rights. Names that this build does not know stay. */
export async function writeRights(
  tx: Tx,
  role: Pick<KnownRole, "id" | "permissions">,
  rights: readonly Permission[],
): Promise<void> {
  const before = role.permissions.filter(isOfTenant);
  const gone = before.filter((name) => !rights.includes(name));
  const added = rights.filter((name) => !before.includes(name));
  await executeRawSql(tx, withdrawn, { roleId: role.id, names: gone });
  await executeRawSql(tx, granted, { roleId: role.id, names: added });
}
