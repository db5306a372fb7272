import type { Tx } from "@scrapersky/db";
import { tenantRemovals, tenants } from "@scrapersky/db/schema";
import { eq } from "drizzle-orm";
import { DomainError, notFound } from "../errors/domain-error.ts";
import { requireUuid } from "../identifier.ts";
import { takeLock } from "../lock/take-lock.ts";

/** A tenant that is held until the transaction ends. */
export interface HeldTenant {
  id: string;
  name: string;
  active: boolean;
  deleted: boolean;
}

/**
 * Holds a tenant. Whoever switches or deletes one does it alone, so that of two neither believes that the other's is left.
 * @throws DomainError NOT_FOUND
 */
export async function holdTenant(tx: Tx, tenantIdText: string): Promise<HeldTenant> {
  const id = requireUuid(tenantIdText, "Tenant");
  await takeLock(tx, "tenants");
  const [tenant] = await tx
    .select({ id: tenants.id, name: tenants.name, active: tenants.isActive })
    .from(tenants)
    .where(eq(tenants.id, id))
    .for("no key update");
  if (!tenant) throw notFound("Tenant");
  const [removal] = await tx
    .select({ tenantId: tenantRemovals.tenantId })
    .from(tenantRemovals)
    .where(eq(tenantRemovals.tenantId, id));
  return { ...tenant, deleted: removal !== undefined };
}

/** @throws DomainError INVALID_STATE `TENANT_DELETED` */
export function requireNotDeleted({ name, deleted }: HeldTenant): void {
  if (!deleted) return;
  throw new DomainError("INVALID_STATE", `"${name}" was deleted. Take that back first.`, {
    errorCode: "TENANT_DELETED",
  });
}
