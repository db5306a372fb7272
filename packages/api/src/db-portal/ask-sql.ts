import type { Database, Executor, Reader } from "@scrapersky/db";
import { judgeSql, runPortalSql, shownTables } from "@scrapersky/db/portal";
import { sqlRuns } from "@scrapersky/db/schema";
import { and, eq, isNotNull } from "drizzle-orm";
import type { BegunRun } from "./begin-sql-run.ts";
import type { SqlColumn } from "./db-portal.contract.ts";

/** What came of a run. */
export type SqlOutcome =
  | {
      outcome: "answered";
      columns: SqlColumn[];
      rows: (string | null)[][];
      truncated: boolean;
      elapsedMs: number;
    }
  | { outcome: "refused" | "failed"; says: string; position: number | null; elapsedMs: number };

/** How often a run is looked at for whether somebody cancelled it, milliseconds. */
const LOOK_MS = 250;

/** Judges a statement and, if it only reads, runs it. Whatever is wrong with it is an outcome. */
export async function askSql(
  { db, database }: { db: Reader & Executor; database: Pick<Database, "apart"> },
  { runId, kind, sql }: BegunRun,
  signal: AbortSignal | undefined,
): Promise<SqlOutcome> {
  const verdict = await judgeSql(sql, new Set(shownTables().map(({ table }) => table)));
  if (!verdict.ok) {
    const { reason: says, position } = verdict;
    return { outcome: "refused", says, position, elapsedMs: 0 };
  }
  const cancelled = watchForCancel(db, runId);
  try {
    const stop = signal ? AbortSignal.any([signal, cancelled.signal]) : cancelled.signal;
    const answer = await runPortalSql(database, {
      text: sql,
      tables: verdict.tables,
      kind,
      signal: stop,
      executor: db,
    });
    if (answer.outcome === "answered") return answer;
    const { says, position, elapsedMs } = answer;
    return { outcome: "failed", says, position, elapsedMs };
  } finally {
    cancelled.end();
  }
}

/** Whichever api is told to cancel, this one runs it. */
function watchForCancel(db: Reader, runId: string): { signal: AbortSignal; end(): void } {
  const cancel = new AbortController();
  const looking = setInterval(() => {
    db.select({ id: sqlRuns.id })
      .from(sqlRuns)
      .where(and(eq(sqlRuns.id, runId), isNotNull(sqlRuns.cancelAskedAt)))
      .then(
        ([asked]) => asked && cancel.abort(),
        // Its deadline ends it all the same.
        () => undefined,
      );
  }, LOOK_MS);
  return { signal: cancel.signal, end: () => clearInterval(looking) };
}
