import type { Reader } from "@scrapersky/db";
import { apiKeys } from "@scrapersky/db/schema";
import { and, eq, gt, isNull, or, sql } from "drizzle-orm";
import { findServiceActor } from "../service-account/find-service-actor.ts";
import type { Actor } from "./actor.ts";
import { findActor } from "./find-actor.ts";

/** Who an actor was, as it is kept for later. */
export type KeptActor = Pick<Actor, "id" | "kind" | "tenantId" | "apiKeyId">;

/**
 * Whoever began something, with the rights held now. Undefined when the person, the key or the tenant is switched off
 * meanwhile, or gone.
 */
export async function findActorAgain(
  reader: Reader,
  { id, kind, tenantId, apiKeyId }: KeptActor,
): Promise<Actor | undefined> {
  const key = apiKeyId === null ? undefined : await findKey(reader, apiKeyId);
  if (apiKeyId !== null && key === undefined) return undefined;
  if (kind === "person") {
    const query = { profileId: id, tenant: tenantId, scopes: key?.scopes };
    return findActor(reader, { ...query, apiKeyId: apiKeyId ?? undefined });
  }
  return key && findServiceActor(reader, { serviceAccountId: id, ...key });
}

async function findKey(reader: Reader, keyId: string) {
  const isUsable = and(
    isNull(apiKeys.revokedAt),
    or(isNull(apiKeys.expiresAt), gt(apiKeys.expiresAt, sql`now()`)),
  );
  const [key] = await reader
    .select({ keyId: apiKeys.id, scopes: apiKeys.scopes })
    .from(apiKeys)
    .where(and(eq(apiKeys.id, keyId), isUsable));
  return key;
}
