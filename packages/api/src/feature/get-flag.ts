import type { Tx } from "@scrapersky/db";
import { featureFlags } from "@scrapersky/db/schema";
import { eq } from "drizzle-orm";
import { notFound } from "../errors/domain-error.ts";
import { requireUuid } from "../identifier.ts";

/**
 * A feature, held until the transaction ends.
 * @throws DomainError NOT_FOUND
 */
export async function getFlag(tx: Tx, featureIdText: string) {
  const id = requireUuid(featureIdText, "Feature");
  const [row] = await tx
    .select({
      id: featureFlags.id,
      name: featureFlags.name,
      description: featureFlags.description,
      byDefault: featureFlags.defaultEnabled,
    })
    .from(featureFlags)
    .where(eq(featureFlags.id, id))
    .for("no key update");
  if (!row) throw notFound("Feature");
  return { ...row, byDefault: row.byDefault ?? false };
}
