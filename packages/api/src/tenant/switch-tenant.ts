import type { Tx } from "@scrapersky/db";
import { tenants } from "@scrapersky/db/schema";
import { eq, sql } from "drizzle-orm";
import { recordAudit } from "../audit/record-audit.ts";
import type { Author } from "../rbac/actor.ts";
import { holdTenant, requireNotDeleted } from "./hold-tenant.ts";
import { requireStaffElsewhere } from "./require-staff-elsewhere.ts";

/**
 * Switches a tenant off, or on again. While it is off nobody acts in it, by session, key or stream, and no worker begins anything
 * of it; everything waits where it is.
 * @throws DomainError NOT_FOUND; INVALID_STATE `TENANT_DELETED`, `LOCKS_OUT_STAFF`
 */
export async function switchTenant(
  tx: Tx,
  author: Author,
  { tenantId, active }: { tenantId: string; active: boolean },
): Promise<{ tenantId: string; active: boolean; changed: boolean }> {
  const tenant = await holdTenant(tx, tenantId);
  requireNotDeleted(tenant);
  if (tenant.active === active) return { tenantId: tenant.id, active, changed: false };
  if (!active) await requireStaffElsewhere(tx, tenant.id);
  await tx
    .update(tenants)
    .set({ isActive: active, updatedAt: sql`now()` })
    .where(eq(tenants.id, tenant.id));
  await recordAudit(tx, author, {
    action: "tenants.switch",
    targetType: "tenant",
    targetId: tenant.id,
    tenantId: tenant.id,
    detail: { name: tenant.name, before: { active: tenant.active }, after: { active } },
  });
  return { tenantId: tenant.id, active, changed: true };
}
