import type { Reader } from "@scrapersky/db";
import { permissions, rolePermissions } from "@scrapersky/db/schema";
import { eq } from "drizzle-orm";
import { DomainError } from "../errors/domain-error.ts";
import type { Author } from "./actor.ts";
import { findGrants, isOfTenant } from "./find-grants.ts";
import type { Permission } from "./permissions.ts";
import { requireLasting } from "./require-lasting.ts";

/**
 * Nobody grants what they lack, or for longer than they have it. Whoever runs commands stands outside of all roles and may grant any.
 * @param until when the role ends that is given; null: never
 * @throws DomainError FORBIDDEN `GRANTS_MORE`, which names the first right that is missing; `LENT_RIGHT`
 */
export async function requireGrantable(
  reader: Reader,
  author: Author,
  role: { id: number; name: string },
  until: Date | null = null,
): Promise<void> {
  if (author.actor === null) return;
  const rows = await reader
    .select({ name: permissions.name })
    .from(rolePermissions)
    .innerJoin(permissions, eq(permissions.id, rolePermissions.permissionId))
    .where(eq(rolePermissions.roleId, role.id))
    .orderBy(permissions.name);
  const given = rows.map(({ name }) => name).filter(isOfTenant);
  const lacked = missingOf(author.actor.permissions, given);
  if (lacked === undefined) return requireLasting(reader, author, given, until);
  throw new DomainError(
    "FORBIDDEN",
    `The role "${role.name}" may do what you may not (${lacked}), so you cannot give it.`,
    { errorCode: "GRANTS_MORE" },
  );
}

/**
 * Nobody changes somebody who may do more: whoever could reset or disable an owner would be one.
 * @throws DomainError FORBIDDEN `OUTRANKED`
 */
export async function requireNotAbove(
  reader: Reader,
  author: Author,
  of: { personId: string; tenantId: string },
): Promise<void> {
  if (author.actor === null) return;
  const grants = await findGrants(reader, of);
  const lacked = missingOf(
    author.actor.permissions,
    grants.map(({ permission }) => permission),
  );
  if (lacked === undefined) return;
  throw new DomainError(
    "FORBIDDEN",
    `This person may do what you may not (${lacked}). Ask somebody who may, such as an owner.`,
    { errorCode: "OUTRANKED" },
  );
}

const missingOf = (
  held: ReadonlySet<Permission>,
  wanted: readonly Permission[],
): Permission | undefined => wanted.find((name) => !held.has(name));
