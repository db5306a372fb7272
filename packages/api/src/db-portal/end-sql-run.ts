import type { Tx } from "@scrapersky/db";
import { sqlRuns } from "@scrapersky/db/schema";
import { eq, sql } from "drizzle-orm";
import { recordAudit } from "../audit/record-audit.ts";
import type { Caller } from "../rbac/actor.ts";
import type { BegunRun } from "./begin-sql-run.ts";
import type { SqlOutcome } from "./ask-sql.ts";

const SAID_LENGTH_MAX = 1_000;

/** Writes down what came of a run, here and in the audit log. Nobody is told of it before that is committed. */
export async function endSqlRun(
  tx: Tx,
  caller: Caller,
  { runId, kind, sqlHash }: BegunRun,
  answer: SqlOutcome,
): Promise<void> {
  const { outcome, elapsedMs } = answer;
  const rows = answer.outcome === "answered" ? answer.rows.length : null;
  await tx
    .update(sqlRuns)
    .set({
      outcome,
      said: answer.outcome === "answered" ? null : answer.says.slice(0, SAID_LENGTH_MAX),
      rowCount: rows,
      elapsedMs,
      endedAt: sql`clock_timestamp()`,
    })
    .where(eq(sqlRuns.id, runId));
  await recordAudit(tx, caller, {
    action: kind === "query" ? "db.query" : "db.explain",
    targetType: "sql run",
    targetId: runId,
    detail: { sqlHash, outcome, rows, elapsedMs },
  });
}
