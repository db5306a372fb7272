import type { Tx } from "@scrapersky/db";
import { tenants } from "@scrapersky/db/schema";
import { eq, sql } from "drizzle-orm";
import { recordAudit } from "../audit/record-audit.ts";
import type { Caller } from "../rbac/actor.ts";
import { holdTenant, requireNotDeleted } from "./hold-tenant.ts";
import { readTenantName } from "./read-tenant-name.ts";

/**
 * Gives a tenant another name. Its slug stays, so that addresses do.
 * @throws DomainError NOT_FOUND; INVALID_INPUT; INVALID_STATE `TENANT_DELETED`
 */
export async function renameTenant(
  tx: Tx,
  caller: Caller,
  { tenantId, name: text, action }: { tenantId: string; name: string; action: string },
): Promise<{ tenantId: string; name: string; changed: boolean }> {
  const name = readTenantName(text);
  const tenant = await holdTenant(tx, tenantId);
  requireNotDeleted(tenant);
  if (tenant.name === name) return { tenantId: tenant.id, name, changed: false };
  await tx
    .update(tenants)
    .set({ name, updatedAt: sql`now()` })
    .where(eq(tenants.id, tenant.id));
  await recordAudit(tx, caller, {
    action,
    targetType: "tenant",
    targetId: tenant.id,
    tenantId: tenant.id,
    detail: { before: { name: tenant.name }, after: { name } },
  });
  return { tenantId: tenant.id, name, changed: true };
}
