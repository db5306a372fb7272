import { createDatabase } from "@scrapersky/db";
import { checkDrift } from "@scrapersky/db/drift";
import { migrate } from "@scrapersky/db/migrate";
import { type EmbeddedPostgres, startTemporaryPostgres } from "@scrapersky/embedded";
import { prepareDebianPostgres, startDebianPostgres } from "@scrapersky/embedded/fixtures";
import type { Report, Result } from "../report.ts";

const ROUNDS = 15;

const SERVERS = [
  { who: "Debian's PostgreSQL 15, JIT on", ratio: "driftMsJit", start: startDebian },
  { who: "embedded PostgreSQL 18, no JIT", ratio: "driftMs", start: startTemporaryPostgres },
] as const;

/** How long schema and database are compared, from a connection that knows nothing to the report. */
export async function benchDrift(): Promise<Report> {
  const results: Result[] = [];
  const ratios: Record<string, number> = {};
  const missing: string[] = [];
  for (const { who, ratio, start } of SERVERS) {
    const server = await start();
    if (server === undefined) {
      missing.push(who);
      continue;
    }
    const times = await measure(server);
    const figures = { median: times[Math.floor(times.length / 2)]!, slowest: times.at(-1)! };
    for (const [what, value] of Object.entries(figures)) {
      results.push({ who, what, value, unit: "ms" });
    }
    ratios[ratio] = figures.median;
  }
  return {
    name: "drift",
    notes: [
      `Each of ${ROUNDS} rounds on a connection of its own: the transaction that compares, its commit included.`,
    ],
    results,
    ratios,
    missing,
  };
}

async function startDebian(): Promise<EmbeddedPostgres | undefined> {
  return (await prepareDebianPostgres()) ? startDebianPostgres() : undefined;
}

/** Milliseconds of each round, the fastest first. */
async function measure(server: EmbeddedPostgres): Promise<number[]> {
  try {
    await migrate({ url: server.url });
    const times: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      // A new connection has read nothing of the catalogue yet, as at the start of a process.
      const database = createDatabase({ url: server.url, max: 1 });
      await database.health();
      const startedAt = performance.now();
      const { differences } = await checkDrift(database);
      times.push(performance.now() - startedAt);
      await database.close();
      if (differences.length > 0) {
        throw new Error(`A database that was just migrated differs: ${differences[0]?.sentence}`);
      }
    }
    return times.toSorted((one, other) => one - other);
  } finally {
    await server.stop();
  }
}
