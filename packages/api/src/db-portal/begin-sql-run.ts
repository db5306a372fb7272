import { createHash } from "node:crypto";
import type { Tx } from "@scrapersky/db";
import { sqlRuns } from "@scrapersky/db/schema";
import { and, gt, isNull, sql } from "drizzle-orm";
import { DomainError } from "../errors/domain-error.ts";
import { isUuid } from "../identifier.ts";
import { takeLock } from "../lock/take-lock.ts";
import type { Caller } from "../rbac/actor.ts";
import { requirePerson } from "../rbac/require-person.ts";
import { SQL_RUNS_AT_ONCE, type SqlInput } from "./db-portal.contract.ts";

/** A run that was begun. */
export interface BegunRun {
  runId: string;
  kind: "query" | "explain";
  sql: string;
  sqlHash: string;
}

/** One that began earlier has ended, or the process that ran it has. */
const RUNS_FOR = "20 seconds";

/**
 * Writes down who runs what, before it runs.
 * @throws DomainError RATE_LIMITED where as many run as may; INVALID_INPUT for an id that is none; CONFLICT for a used one
 */
export async function beginSqlRun(
  tx: Tx,
  { actor }: Caller,
  { runId, sql: text }: SqlInput,
  kind: BegunRun["kind"],
): Promise<BegunRun> {
  const personId = requirePerson(actor);
  if (!isUuid(runId)) {
    throw new DomainError("INVALID_INPUT", "The id of a run is a uuid.", {
      fieldErrors: { runId: "Give a uuid." },
    });
  }
  await takeLock(tx, "sql runs");
  const running = await tx
    .select({ personId: sqlRuns.personId })
    .from(sqlRuns)
    .where(and(isNull(sqlRuns.endedAt), gt(sqlRuns.startedAt, sql`now() - ${RUNS_FOR}::interval`)));
  const own = running.filter((run) => run.personId === personId).length;
  if (own >= SQL_RUNS_AT_ONCE.person || running.length >= SQL_RUNS_AT_ONCE.all) {
    throw new DomainError("RATE_LIMITED", "Wait until a statement that runs has ended.", {
      errorCode: "SQL_RUNS_AT_ONCE",
      retryAfterMs: 1_000,
    });
  }
  const sqlHash = createHash("sha256").update(text).digest("hex");
  const begun: BegunRun = { runId: runId.toLowerCase(), kind, sql: text, sqlHash };
  const [row] = await tx
    .insert(sqlRuns)
    // The text of a statement may hold what no text of a table can.
    .values({ id: begun.runId, personId, kind, sql: text.replaceAll("\0", "�"), sqlHash })
    .onConflictDoNothing()
    .returning({ id: sqlRuns.id });
  if (!row) throw new DomainError("CONFLICT", "A run with this id is there already.");
  return begun;
}
