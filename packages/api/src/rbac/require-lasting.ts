import { defineStatement, executeRawSql, type Reader } from "@scrapersky/db";
import { permissions } from "@scrapersky/db/schema";
import { DomainError } from "../errors/domain-error.ts";
import type { Author } from "./actor.ts";
import { heldRoles } from "./held-roles.ts";
import type { Permission } from "./permissions.ts";

const lasting = defineStatement(
  `select distinct perm.name
   from ${heldRoles(":personId::uuid", ":tenantId::uuid")} held
   join role_permissions rp on rp.role_id = held.role_id
   join permissions perm on perm.id = rp.permission_id
   where held.ends_at is null or held.ends_at >= :until::timestamptz`,
  { name: permissions.name },
);

/**
 * Nobody gives for longer what they have for a time: who was lent a role would keep its rights by a key, or by somebody else.
 * @param until when what is given ends; null: never
 * @throws DomainError FORBIDDEN `LENT_RIGHT`, which names the first right that ends before
 */
export async function requireLasting(
  reader: Reader,
  { actor }: Author,
  wanted: readonly Permission[],
  until: Date | null,
): Promise<void> {
  // A program has what its key names.
  if (actor?.kind !== "person") return;
  const rows = await executeRawSql(reader, lasting, {
    personId: actor.id,
    tenantId: actor.tenantId,
    until: until?.toISOString() ?? null,
  });
  const held = new Set(rows.map(({ name }) => name));
  const ending = wanted.find((name) => !held.has(name));
  if (ending === undefined) return;
  throw new DomainError(
    "FORBIDDEN",
    `You have this right for a time only (${ending}), so you cannot give it for longer.`,
    { errorCode: "LENT_RIGHT" },
  );
}

/** What a key does with these outlives the key: it makes other keys, or gives roles. */
const GIVING: readonly Permission[] = ["apikeys:write", "profiles:write", "rbac:assign"];

/**
 * The same for a key of a service account, which acts by itself: one that may give for good is made by who may for good,
 * however soon it ends.
 * @throws DomainError FORBIDDEN `LENT_RIGHT`
 */
export async function requireLastingScopes(
  reader: Reader,
  author: Author,
  scopes: readonly Permission[],
  until: Date | null,
): Promise<void> {
  await requireLasting(reader, author, scopes, until);
  const giving = scopes.filter((name) => GIVING.includes(name));
  await requireLasting(reader, author, giving, null);
}
