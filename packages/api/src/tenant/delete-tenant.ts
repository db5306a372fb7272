import { defineStatement, executeRawSqlOne, type Tx } from "@scrapersky/db";
import { tenantRemovals, tenants } from "@scrapersky/db/schema";
import { eq, sql } from "drizzle-orm";
import { recordAudit } from "../audit/record-audit.ts";
import { DomainError } from "../errors/domain-error.ts";
import type { Author } from "../rbac/actor.ts";
import { isoTime } from "../time.ts";
import { holdTenant, requireNotDeleted } from "./hold-tenant.ts";
import { requireStaffElsewhere } from "./require-staff-elsewhere.ts";
import { TENANT_GRACE_DAYS } from "../wire.contract.ts";
import type { TenantDeleted } from "./tenant.contract.ts";
import { TENANT_REMOVAL } from "./tenant-removal.state.ts";

const asked = defineStatement(
  `insert into app.tenant_removals (tenant_id, state, was_active, due_at)
   values (:tenantId::uuid, ${TENANT_REMOVAL.begin("delete")}, :wasActive, now() + make_interval(days => ${TENANT_GRACE_DAYS}))
   returning due_at`,
  { due_at: tenantRemovals.dueAt },
);

/**
 * Switches a tenant off for good. For `TENANT_GRACE_DAYS` it can be had back as it was; then workers remove it with everything
 * of it but the audit log, and with the people who are of no other tenant.
 * @param of.name the tenant's name, as whoever deletes it has to type it
 * @throws DomainError NOT_FOUND; INVALID_INPUT `OTHER_NAME`; INVALID_STATE `TENANT_DELETED`, `LOCKS_OUT_STAFF`
 */
export async function deleteTenant(
  tx: Tx,
  author: Author,
  of: { tenantId: string; name: string; action: string },
): Promise<TenantDeleted> {
  const tenant = await holdTenant(tx, of.tenantId);
  requireNotDeleted(tenant);
  if (of.name.trim() !== tenant.name.trim()) {
    throw new DomainError("INVALID_INPUT", "This is not the name of the tenant.", {
      errorCode: "OTHER_NAME",
      fieldErrors: { name: "is not the name of the tenant" },
    });
  }
  await requireStaffElsewhere(tx, tenant.id);
  const row = await executeRawSqlOne(tx, asked, {
    tenantId: tenant.id,
    wasActive: tenant.active,
  });
  if (!row) throw new Error("INSERT … RETURNING gave no row");
  await tx
    .update(tenants)
    .set({ isActive: false, updatedAt: sql`now()` })
    .where(eq(tenants.id, tenant.id));
  const restorableUntil = isoTime(row.due_at);
  await recordAudit(tx, author, {
    action: of.action,
    targetType: "tenant",
    targetId: tenant.id,
    tenantId: tenant.id,
    detail: { name: tenant.name, restorable_until: restorableUntil },
  });
  return { tenantId: tenant.id, restorableUntil };
}
