import { defineStatement, executeRawSqlOne, type Tx } from "@scrapersky/db";
import { tenantRemovals, tenants } from "@scrapersky/db/schema";
import { eq, sql } from "drizzle-orm";
import { recordAudit } from "../audit/record-audit.ts";
import { DomainError } from "../errors/domain-error.ts";
import type { Author } from "../rbac/actor.ts";
import { holdTenant } from "./hold-tenant.ts";
import { TENANT_REMOVAL } from "./tenant-removal.state.ts";

const takenBack = defineStatement(
  `delete from app.tenant_removals
   where tenant_id = :tenantId::uuid and ${TENANT_REMOVAL.may("restore", "state")}
   returning was_active`,
  { was_active: tenantRemovals.wasActive },
);

/**
 * Takes back that a tenant was deleted: it is what it was.
 * @throws DomainError NOT_FOUND; INVALID_STATE `NOT_DELETED` for one that was not, or whose removal has begun
 */
export async function restoreTenant(
  tx: Tx,
  author: Author,
  tenantId: string,
): Promise<{ tenantId: string; active: boolean }> {
  const tenant = await holdTenant(tx, tenantId);
  const row = await executeRawSqlOne(tx, takenBack, { tenantId: tenant.id });
  if (!row) {
    throw new DomainError(
      "INVALID_STATE",
      tenant.deleted
        ? "Its removal has begun, so it cannot be had back."
        : "This tenant was not deleted.",
      { errorCode: "NOT_DELETED" },
    );
  }
  const active = row.was_active;
  await tx
    .update(tenants)
    .set({ isActive: active, updatedAt: sql`now()` })
    .where(eq(tenants.id, tenant.id));
  await recordAudit(tx, author, {
    action: "tenants.restore",
    targetType: "tenant",
    targetId: tenant.id,
    tenantId: tenant.id,
    detail: { name: tenant.name, active },
  });
  return { tenantId: tenant.id, active };
}
