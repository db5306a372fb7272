import type { Tx } from "@scrapersky/db";
import { purges } from "@scrapersky/db/schema";
import type { Caller } from "../rbac/actor.ts";
import type { Purge } from "./suppression.contract.ts";

/** Begins a purge of whatever entries come to name it. */
export async function insertPurge(
  tx: Tx,
  { actor }: Caller,
  scope: Purge["scope"],
): Promise<Purge> {
  const [row] = await tx
    .insert(purges)
    .values({ tenantId: actor.tenantId, scope, createdBy: actor.id })
    .returning({ id: purges.id });
  if (!row) throw new Error("INSERT … RETURNING gave no row");
  return { purgeId: row.id, scope, ended: false, removed: {} };
}
