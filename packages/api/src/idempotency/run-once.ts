import { createHash } from "node:crypto";
import { executeRawSql, executeRawSqlOne, type Tx } from "@scrapersky/db";
import { DomainError } from "../errors/domain-error.ts";
import type { Actor } from "../rbac/actor.ts";

export interface IdempotentCall {
  /** Name of the procedure; a key means one call of one procedure. */
  route: string;
  /** What the caller sent as key; undefined runs without one. */
  key: string | undefined;
  /** Everything the answer depends on. */
  request: unknown;
}

interface KeyRow {
  request_hash: string;
  response: unknown;
}

/**
 * Runs `work` at most once per key, tenant, person and route within 24 hours. The key row commits
 * with the work, so a failed call stores nothing and may be sent again.
 * @throws DomainError CONFLICT `IDEMPOTENCY_MISMATCH` when the key came with another request,
 *   `IDEMPOTENCY_IN_PROGRESS` while the first call still runs
 */
export async function runOnce<T extends object>(
  tx: Tx,
  actor: Actor,
  call: IdempotentCall,
  work: () => Promise<T>,
): Promise<T & { replayed: boolean }> {
  if (call.key === undefined) return { ...(await work()), replayed: false };
  const place = {
    tenantId: actor.tenantId,
    actorId: actor.id,
    route: call.route,
    key: call.key,
  };
  const requestHash = createHash("sha256").update(JSON.stringify(call.request)).digest("hex");

  const lock = await executeRawSqlOne<{ taken: boolean }>(
    tx,
    "select pg_try_advisory_xact_lock(hashtextextended(:place, 20)) as taken",
    { place: JSON.stringify(place) },
  );
  if (!lock?.taken) {
    throw new DomainError(
      "CONFLICT",
      "The first call with this idempotency key is still running.",
      {
        errorCode: "IDEMPOTENCY_IN_PROGRESS",
        retryAfterMs: 1000,
      },
    );
  }
  const stored = await executeRawSqlOne<KeyRow>(
    tx,
    `select request_hash, response from app.idempotency_keys
     where tenant_id = :tenantId::uuid and actor_id = :actorId::uuid and route = :route and key = :key
       and created_at > now() - interval '24 hours'`,
    place,
  );
  if (stored) {
    if (stored.request_hash === requestHash) return { ...(stored.response as T), replayed: true };
    throw new DomainError("CONFLICT", "This idempotency key was used for another request.", {
      errorCode: "IDEMPOTENCY_MISMATCH",
    });
  }
  const response = await work();
  await executeRawSql(
    tx,
    `insert into app.idempotency_keys (tenant_id, actor_id, route, key, request_hash, response, created_at)
     values (:tenantId::uuid, :actorId::uuid, :route, :key, :requestHash, :response::jsonb, now())
     on conflict (tenant_id, actor_id, route, key) do update
       set request_hash = excluded.request_hash, response = excluded.response, created_at = excluded.created_at`,
    { ...place, requestHash, response },
  );
  return { ...response, replayed: false };
}
