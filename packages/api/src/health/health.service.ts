import type { Database, HealthResult } from "@scrapersky/db";
import type { DatabaseHealth, HealthCheck } from "./health.contract.ts";

/** Asks the database over the pool and over a connection of its own. Never throws. */
export async function checkDatabase(
  database: Pick<Database, "health" | "stats">,
): Promise<DatabaseHealth> {
  const { pooled, direct } = await database.health();
  const { max, open, idle, waiting } = database.stats();
  return {
    status: pooled.ok && direct.ok ? "ok" : "error",
    pooled: toCheck(pooled),
    direct: toCheck(direct),
    pool: { max, open, idle, waiting },
  };
}

const toCheck = ({ ok, latencyMs, reason }: HealthResult): HealthCheck => ({
  status: ok ? "ok" : "error",
  latencyMs: ok ? latencyMs : null,
  reason: reason ?? null,
});
