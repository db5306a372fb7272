import type { Reader } from "@scrapersky/db";
import { sqlRuns } from "@scrapersky/db/schema";
import { desc, eq } from "drizzle-orm";
import type { Actor } from "../rbac/actor.ts";
import { isoTime } from "../time.ts";
import { SQL_HISTORY_MAX, type SqlRun } from "./db-portal.contract.ts";

/** What the caller ran last, newest first. */
export async function listSqlRuns(reader: Reader, actor: Actor): Promise<SqlRun[]> {
  const rows = await reader
    .select({
      runId: sqlRuns.id,
      kind: sqlRuns.kind,
      sql: sqlRuns.sql,
      outcome: sqlRuns.outcome,
      says: sqlRuns.said,
      rows: sqlRuns.rowCount,
      elapsedMs: sqlRuns.elapsedMs,
      startedAt: sqlRuns.startedAt,
    })
    .from(sqlRuns)
    .where(eq(sqlRuns.personId, actor.id))
    .orderBy(desc(sqlRuns.startedAt), desc(sqlRuns.id))
    .limit(SQL_HISTORY_MAX);
  return rows.map((row) => ({ ...row, startedAt: isoTime(row.startedAt) }));
}
