import { createHash } from "node:crypto";
import { certain, defineStatement, executeRawSqlOne, type Tx } from "@scrapersky/db";
import { idempotencyKeys } from "@scrapersky/db/schema";
import { and, eq, gt, sql } from "drizzle-orm";
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

const taken = defineStatement(
  "select pg_try_advisory_xact_lock(hashtextextended(:place, 20)) as taken",
  { taken: certain("bool") },
);

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

  const lock = await executeRawSqlOne(tx, taken, { place: JSON.stringify(place) });
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
  const [stored] = await tx
    .select({ requestHash: idempotencyKeys.requestHash, response: idempotencyKeys.response })
    .from(idempotencyKeys)
    .where(
      and(
        eq(idempotencyKeys.tenantId, place.tenantId),
        eq(idempotencyKeys.actorId, place.actorId),
        eq(idempotencyKeys.route, place.route),
        eq(idempotencyKeys.key, place.key),
        gt(idempotencyKeys.createdAt, sql`now() - interval '24 hours'`),
      ),
    );
  if (stored) {
    if (stored.requestHash === requestHash) return { ...(stored.response as T), replayed: true };
    throw new DomainError("CONFLICT", "This idempotency key was used for another request.", {
      errorCode: "IDEMPOTENCY_MISMATCH",
    });
  }
  const response = await work();
  const answered = { requestHash, response, createdAt: sql`now()` };
  await tx
    .insert(idempotencyKeys)
    .values({ ...place, ...answered })
    .onConflictDoUpdate({
      target: [
        idempotencyKeys.tenantId,
        idempotencyKeys.actorId,
        idempotencyKeys.route,
        idempotencyKeys.key,
      ],
      set: answered,
    });
  return { ...response, replayed: false };
}
