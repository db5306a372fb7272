import type { Tx } from "@scrapersky/db";
import { driftIgnored } from "@scrapersky/db/schema";
import { eq } from "drizzle-orm";
import { recordAudit } from "../audit/record-audit.ts";
import { notFound } from "../errors/domain-error.ts";
import type { Caller } from "../rbac/actor.ts";

/**
 * Has an ignored difference count again.
 * @throws DomainError NOT_FOUND
 */
export async function heedDrift(tx: Tx, caller: Caller, key: string): Promise<{ ignored: false }> {
  const [row] = await tx
    .delete(driftIgnored)
    .where(eq(driftIgnored.key, key))
    .returning({ what: driftIgnored.what });
  if (!row) throw notFound("Difference");
  await recordAudit(tx, caller, {
    action: "drift.heed",
    targetType: "difference",
    targetId: row.what,
  });
  return { ignored: false };
}
