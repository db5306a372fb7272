import type { Tx } from "@scrapersky/db";
import { auditLog } from "@scrapersky/db/schema";
import type { Author } from "../rbac/actor.ts";

export interface AuditEntry {
  /** Procedure-like word, such as `batches.create`. */
  action: string;
  targetType: string;
  targetId: string;
  /** For an author of no tenant: the tenant it is about, where it is about one. */
  tenantId?: string;
  detail?: Record<string, unknown>;
}

/** Writes who did what. It commits with the change it speaks of. */
export async function recordAudit(tx: Tx, author: Author, entry: AuditEntry): Promise<void> {
  const { actor, source } = author;
  await tx.insert(auditLog).values({
    tenantId: actor?.tenantId ?? entry.tenantId ?? null,
    actorId: actor === null ? (author.personId ?? null) : actor.id,
    action: entry.action,
    targetType: entry.targetType,
    targetId: entry.targetId,
    requestId: author.requestId ?? null,
    source: actor?.apiKeyId == null ? source : `${source}:key:${actor.apiKeyId}`,
    detail: entry.detail ?? {},
  });
}
