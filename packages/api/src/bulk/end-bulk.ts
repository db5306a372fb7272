import type { Tx } from "@scrapersky/db";
import { bulkActions, bulkChunks } from "@scrapersky/db/schema";
import { and, eq, gte, sql } from "drizzle-orm";
import { recordAudit } from "../audit/record-audit.ts";
import type { Author } from "../rbac/actor.ts";
import { BULK } from "./bulk.state.ts";

export type BulkActionRow = typeof bulkActions.$inferSelect;

/** Ends a bulk action that the caller holds, with its row in the audit log. What it has not come to is left as it is. */
export async function endBulk(
  tx: Tx,
  author: Author,
  row: BulkActionRow,
  {
    move,
    as,
    error,
  }: { move: "finish" | "cancel" | "stop" | "restore"; as: string; error?: string },
): Promise<void> {
  const { id, tenantId, done, skipped, failed } = row;
  const status = BULK.moves[move].to;
  await tx
    .update(bulkActions)
    .set({ status, endedAt: sql`clock_timestamp()`, ...(error === undefined ? {} : { error }) })
    .where(eq(bulkActions.id, id));
  await tx
    .delete(bulkChunks)
    .where(and(eq(bulkChunks.bulkId, id), gte(bulkChunks.number, row.nextChunk)));
  await recordAudit(tx, author, {
    action: as,
    targetType: "bulk",
    targetId: id,
    tenantId,
    detail: { action: row.action, status, done, skipped, failed },
  });
}
