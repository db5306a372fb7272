import { executeRawSql, type Tx } from "@scrapersky/db";
import type { Caller } from "../rbac/actor.ts";

export interface AuditEntry {
  /** Procedure-like word, such as `batches.create`. */
  action: string;
  targetType: string;
  targetId: string;
  detail?: Record<string, unknown>;
}

/** Writes who did what. It commits with the change it speaks of. */
export async function recordAudit(tx: Tx, caller: Caller, entry: AuditEntry): Promise<void> {
  const { actor } = caller;
  await executeRawSql(
    tx,
    `insert into app.audit_log (tenant_id, actor_id, action, target_type, target_id, request_id, source, detail)
     values (:tenantId::uuid, :actorId::uuid, :action, :targetType, :targetId, :requestId, :source, :detail::jsonb)`,
    {
      tenantId: actor.tenantId,
      actorId: actor.profileId,
      action: entry.action,
      targetType: entry.targetType,
      targetId: entry.targetId,
      requestId: caller.requestId,
      source: actor.apiKeyId === null ? caller.source : `${caller.source}:key:${actor.apiKeyId}`,
      detail: entry.detail ?? {},
    },
  );
}
