import type { Reader } from "@scrapersky/db";
import { purges } from "@scrapersky/db/schema";
import { and, eq } from "drizzle-orm";
import { notFound } from "../errors/domain-error.ts";
import { requireUuid } from "../identifier.ts";
import type { Purge } from "./suppression.contract.ts";

/** @throws DomainError NOT_FOUND */
export async function getPurge(
  reader: Reader,
  tenantId: string,
  purgeIdText: string,
): Promise<Purge> {
  const purgeId = requireUuid(purgeIdText, "Purge");
  const [row] = await reader
    .select()
    .from(purges)
    .where(and(eq(purges.id, purgeId), eq(purges.tenantId, tenantId)));
  if (!row) throw notFound("Purge");
  return { purgeId, scope: row.scope, ended: row.endedAt !== null, removed: row.removed };
}
