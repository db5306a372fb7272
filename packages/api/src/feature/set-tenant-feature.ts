import type { Tx } from "@scrapersky/db";
import { tenantFeatures } from "@scrapersky/db/schema";
import { and, eq, sql } from "drizzle-orm";
import { recordAudit } from "../audit/record-audit.ts";
import type { Caller } from "../rbac/actor.ts";
import type { TenantFeature } from "./feature-change.contract.ts";
import { getFlag } from "./get-flag.ts";

/**
 * Switches a feature on or off in the caller's tenant, or leaves it to its default.
 * @throws DomainError NOT_FOUND
 */
export async function setTenantFeature(
  tx: Tx,
  caller: Caller,
  { featureId: featureIdText, enabled }: TenantFeature,
): Promise<{ featureId: string; here: boolean | null; on: boolean }> {
  const { tenantId } = caller.actor;
  const flag = await getFlag(tx, featureIdText);
  const own = and(eq(tenantFeatures.tenantId, tenantId), eq(tenantFeatures.featureId, flag.id));
  const [before] = await tx
    .select({ enabled: tenantFeatures.isEnabled })
    .from(tenantFeatures)
    .where(own);
  if (enabled === null) {
    await tx.delete(tenantFeatures).where(own);
  } else {
    await tx
      .insert(tenantFeatures)
      .values({ tenantId, featureId: flag.id, isEnabled: enabled })
      .onConflictDoUpdate({
        target: [tenantFeatures.tenantId, tenantFeatures.featureId],
        set: { isEnabled: enabled, updatedAt: sql`now()` },
      });
  }
  await recordAudit(tx, caller, {
    action: "features.setTenant",
    targetType: "feature",
    targetId: flag.id,
    detail: {
      name: flag.name,
      before: { enabled: before?.enabled ?? null },
      after: { enabled },
    },
  });
  return { featureId: flag.id, here: enabled, on: enabled ?? flag.byDefault };
}
