import type { Tx } from "@scrapersky/db";
import { sqlRuns } from "@scrapersky/db/schema";
import { and, eq, sql } from "drizzle-orm";
import { recordAudit } from "../audit/record-audit.ts";
import { notFound } from "../errors/domain-error.ts";
import { requireUuid } from "../identifier.ts";
import type { Caller } from "../rbac/actor.ts";

/**
 * Asks for the end of a run of the caller's own; one that has ended stays as it is.
 * @throws DomainError NOT_FOUND, also for a run of somebody else
 */
export async function cancelSqlRun(
  tx: Tx,
  caller: Caller,
  runId: string,
): Promise<{ asked: true }> {
  const [row] = await tx
    .update(sqlRuns)
    .set({ cancelAskedAt: sql`coalesce(${sqlRuns.cancelAskedAt}, clock_timestamp())` })
    .where(and(eq(sqlRuns.id, requireUuid(runId, "Run")), eq(sqlRuns.personId, caller.actor.id)))
    .returning({ id: sqlRuns.id });
  if (!row) throw notFound("Run");
  await recordAudit(tx, caller, {
    action: "db.cancelQuery",
    targetType: "sql run",
    targetId: row.id,
  });
  return { asked: true };
}
