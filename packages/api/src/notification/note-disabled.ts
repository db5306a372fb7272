import { defineStatement, executeRawSql, type Tx } from "@scrapersky/db";
import type { Permission } from "../rbac/permissions.ts";

const MANAGE = "webhooks:manage" satisfies Permission;

const noted = defineStatement(
  `insert into app.notifications (tenant_id, profile_id, webhook_id, created_at)
   select :tenantId::uuid, p.id, :webhookId::uuid, clock_timestamp()
   from profiles p
   where p.active and p.id in (
     select held.user_id from (
       select ut.user_id, ut.role_id from user_tenants ut where ut.tenant_id = :tenantId::uuid
       union all
       select ur.user_id, ur.role_id from user_roles ur where ur.tenant_id = :tenantId::uuid
     ) held
     join role_permissions rp on rp.role_id = held.role_id
     join permissions perm on perm.id = rp.permission_id and perm.name = :permission
   )
   on conflict (webhook_id, profile_id) do update set created_at = excluded.created_at, read_at = null`,
);

/** Tells whoever may enable it that a webhook was disabled by itself. Call it in the transaction that disables it. */
export async function noteDisabled(
  tx: Tx,
  of: { tenantId: string; webhookId: string },
): Promise<void> {
  await executeRawSql(tx, noted, { ...of, permission: MANAGE });
}
