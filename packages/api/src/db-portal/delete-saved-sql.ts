import type { Tx } from "@scrapersky/db";
import { savedSql } from "@scrapersky/db/schema";
import { and, eq } from "drizzle-orm";
import { recordAudit } from "../audit/record-audit.ts";
import { notFound } from "../errors/domain-error.ts";
import { requireUuid } from "../identifier.ts";
import type { Caller } from "../rbac/actor.ts";

/** @throws DomainError NOT_FOUND, also for what somebody else keeps */
export async function deleteSavedSql(
  tx: Tx,
  caller: Caller,
  savedId: string,
): Promise<{ deleted: true }> {
  const [row] = await tx
    .delete(savedSql)
    .where(
      and(
        eq(savedSql.id, requireUuid(savedId, "Saved statement")),
        eq(savedSql.personId, caller.actor.id),
      ),
    )
    .returning({ id: savedSql.id });
  if (!row) throw notFound("Saved statement");
  await recordAudit(tx, caller, {
    action: "db.deleteQuery",
    targetType: "saved sql",
    targetId: row.id,
  });
  return { deleted: true };
}
