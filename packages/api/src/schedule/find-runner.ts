import { defineStatement, executeRawSqlOne, type Reader } from "@scrapersky/db";
import { apiKeys } from "@scrapersky/db/schema";
import { type Actor } from "../rbac/actor.ts";
import { findActor } from "../rbac/find-actor.ts";
import type { Permission } from "../rbac/permissions.ts";
import { findServiceActor } from "../service-account/find-service-actor.ts";

// Of the keys that a program holds, one that still has all these rights.
const ableKey = defineStatement(
  `select id, scopes from app.api_keys
   where service_account_id = :id::uuid and tenant_id = :tenantId::uuid and revoked_at is null
     and coalesce(expires_at > now(), true) and scopes @> :rights::text[]
   order by created_at, id limit 1`,
  { id: apiKeys.id, scopes: apiKeys.scopes },
);

/**
 * By whose rights a schedule runs, as they are now: undefined when that person or program is no more, was disabled, or lacks
 * one of the rights. A program has those of one of its keys.
 */
export async function findRunner(
  reader: Reader,
  { id, tenantId }: { id: string; tenantId: string },
  rights: readonly Permission[],
): Promise<Actor | undefined> {
  const actor =
    (await findActor(reader, { profileId: id, tenant: tenantId })) ??
    (await findProgram(reader, { id, tenantId }, rights));
  return rights.every((right) => actor?.permissions.has(right)) ? actor : undefined;
}

async function findProgram(
  reader: Reader,
  { id, tenantId }: { id: string; tenantId: string },
  rights: readonly Permission[],
): Promise<Actor | undefined> {
  const key = await executeRawSqlOne(reader, ableKey, { id, tenantId, rights: [...rights] });
  if (!key) return undefined;
  return findServiceActor(reader, { serviceAccountId: id, scopes: key.scopes, keyId: key.id });
}
