import type { Tx } from "@scrapersky/db";
import { suppressions } from "@scrapersky/db/schema";
import { eq, sql } from "drizzle-orm";
import { DomainError } from "../errors/domain-error.ts";
import type { Caller } from "../rbac/actor.ts";
import type { SuppressionEntry } from "./read-entry.ts";
import { type Purge, SUPPRESSIONS_MAX } from "./suppression.contract.ts";

/**
 * Adds entries to the list of the caller's tenant, which the caller holds alone.
 * @throws DomainError INVALID_INPUT when it would be too long
 */
export async function insertSuppressions(
  tx: Tx,
  caller: Caller,
  entries: readonly SuppressionEntry[],
  { reason, purge }: { reason: string | undefined; purge: Purge },
): Promise<void> {
  const length = await tx.$count(suppressions, eq(suppressions.tenantId, caller.actor.tenantId));
  if (length + entries.length > SUPPRESSIONS_MAX) {
    const most = SUPPRESSIONS_MAX.toLocaleString("en");
    throw new DomainError("INVALID_INPUT", `A suppression list holds at most ${most} entries.`, {
      errorCode: "TOO_MANY_SUPPRESSIONS",
    });
  }
  const { tenantId, id: createdBy } = caller.actor;
  await tx.insert(suppressions).values(
    entries.map((entry) => ({
      ...entry,
      tenantId,
      createdBy,
      reason: reason || null,
      purgeId: purge.purgeId,
      createdAt: sql`clock_timestamp()`,
    })),
  );
}
