import type { Tx } from "@scrapersky/db";
import { auditLog, profiles } from "@scrapersky/db/schema";
import { sql } from "drizzle-orm";
import type { Author } from "../rbac/actor.ts";

export interface AuditEntry {
  /** Procedure-like word, such as `batches.create`. */
  action: string;
  targetType: string;
  targetId: string;
  /** The tenant it is about, where that is not the author's own: it is told there too. */
  tenantId?: string;
  detail?: Record<string, unknown>;
}

/** By which way somebody came, with the key that was used. */
export const sourceOf = ({ actor, source }: Author): string =>
  actor?.apiKeyId == null ? source : `${source}:key:${actor.apiKeyId}`;

/** What people do with their own way in is told where they are at home. */
const homeOf = (author: Author) =>
  author.actor === null && author.personId !== undefined
    ? sql`(select ${profiles.tenantId} from ${profiles} where ${profiles.id} = ${author.personId}::uuid)`
    : null;

/** Writes who did what. It commits with the change it speaks of. */
export async function recordAudit(tx: Tx, author: Author, entry: AuditEntry): Promise<void> {
  const { actor } = author;
  const row = {
    actorId: actor === null ? (author.personId ?? null) : actor.id,
    action: entry.action,
    targetType: entry.targetType,
    targetId: entry.targetId,
    requestId: author.requestId ?? null,
    source: sourceOf(author),
    detail: entry.detail ?? {},
  };
  const told = new Set([actor?.tenantId, entry.tenantId].filter((id) => id !== undefined));
  const places = told.size === 0 ? [homeOf(author)] : [...told];
  await tx.insert(auditLog).values(places.map((tenantId) => ({ ...row, tenantId })));
}
