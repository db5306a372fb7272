import { defineStatement, executeRawSql, type Tx } from "@scrapersky/db";
import { DomainError } from "../errors/domain-error.ts";

const STAFF_TOLD_MAX = 5;

const onlyHere = defineStatement(
  `select coalesce(p.email, p.id::text) as email
   from profiles p join user_tenants ut on ut.user_id = p.id and ut.tenant_id = :tenantId::uuid
   where p.active and p.role = 'GLOBAL_ADMIN' and not exists (
     select from user_tenants other join tenants t on t.id = other.tenant_id and t.is_active
     where other.user_id = p.id and other.tenant_id <> :tenantId::uuid
   )
   order by p.id limit ${STAFF_TOLD_MAX}`,
  { email: "text" },
);

/**
 * Refuses to close the only tenant by which somebody of the platform's staff comes in: nobody inside could open it again.
 * @throws DomainError INVALID_STATE `LOCKS_OUT_STAFF`
 */
export async function requireStaffElsewhere(tx: Tx, tenantId: string): Promise<void> {
  const staff = await executeRawSql(tx, onlyHere, { tenantId });
  if (staff.length === 0) return;
  throw new DomainError(
    "INVALID_STATE",
    `Staff of the platform would be locked out: ${staff.map(({ email }) => email).join(", ")}. Make them members of another tenant first.`,
    { errorCode: "LOCKS_OUT_STAFF" },
  );
}
