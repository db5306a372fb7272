import type { Database, HealthResult, Pooler } from "@scrapersky/db";
import type { DatabaseHealth, HealthCheck } from "./health.contract.ts";

/** Asks the database over the pool and over a connection of its own. Never throws. */
export async function checkDatabase(
  database: Pick<Database, "health" | "stats">,
): Promise<DatabaseHealth> {
  const { pooled, direct, pooler } = await database.health();
  const { max, open, idle, waiting } = database.stats();
  return {
    status: pooled.ok && direct.ok ? "ok" : "error",
    pooled: toCheck(pooled),
    direct: toCheck(direct),
    pooler: toPooler(pooler),
    pool: { max, open, idle, waiting },
  };
}

export const toPooler = ({ kind, version }: Pooler): DatabaseHealth["pooler"] => ({
  kind,
  version: version ?? null,
});

export const toCheck = ({
  ok,
  latencyMs,
  reason,
  replica,
  readOnly,
  serverVersion,
}: HealthResult): HealthCheck => ({
  status: ok ? "ok" : "error",
  latencyMs: ok ? latencyMs : null,
  reason: reason ?? null,
  replica: replica ?? null,
  readOnly: readOnly ?? null,
  serverVersion: serverVersion ?? null,
});
