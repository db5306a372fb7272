import {
  createSamples,
  type Database,
  type Executor,
  type Reader,
  type Samples,
} from "@scrapersky/db";
import { findSizes, guarded, SERVER_CHECKS, type Sizes } from "@scrapersky/db/findings";
import { findLastCheck } from "../drift/find-last-check.ts";
import { toFinding } from "./find-own-findings.ts";
import type { HealthFinding, SchemaCheck } from "./health.contract.ts";
import { LATENCIES_MAX, LATENCY_WINDOW_MS, WAIT_WINDOW_MS, WAITS_MAX } from "./health.contract.ts";

/** What is asked of the whole server is asked again after so long, whoever looks. */
const FINDINGS_MS = 10_000;
const SIZES_MS = 60_000;

/** The database of a program, with what was measured of it lately. */
export interface HealthWatch extends Pick<Database, "health" | "stats" | "describe"> {
  program: { version: string; startedAt: string };
  /** Of the looks of the last minutes, those of load balancers too. */
  latencies: Record<"pooled" | "direct", Samples>;
  /** Of callers that got a connection. */
  waits: Samples;
  findFindings(executor: Executor): Promise<HealthFinding[]>;
  findSizes(executor: Executor): Promise<Sizes>;
  /** What was last found of the schema; null where nobody has compared it, or it cannot be read. Never throws. */
  findSchema(reader: Reader): Promise<SchemaCheck | null>;
}

/** Room for the waits of callers, to be filled by the hooks of the database. */
export const createWaits = (): Samples =>
  createSamples({ windowMs: WAIT_WINDOW_MS, most: WAITS_MAX });

export function watchHealth(
  database: Pick<Database, "health" | "stats" | "describe">,
  { version, waits = createWaits() }: { version: string; waits?: Samples },
): HealthWatch {
  const measured = () => createSamples({ windowMs: LATENCY_WINDOW_MS, most: LATENCIES_MAX });
  const latencies = { pooled: measured(), direct: measured() };
  const lastCheck = shared(FINDINGS_MS, findLastCheck);
  return {
    program: { version, startedAt: new Date().toISOString() },
    latencies,
    waits,
    stats: () => database.stats(),
    describe: () => database.describe(),
    async health() {
      const found = await database.health();
      if (found.pooled.ok) latencies.pooled.add(found.pooled.latencyMs);
      if (found.direct.ok) latencies.direct.add(found.direct.latencyMs);
      return found;
    },
    findFindings: shared(FINDINGS_MS, async (executor: Executor) => {
      const findings: HealthFinding[] = [];
      for (const [name, check] of Object.entries(SERVER_CHECKS)) {
        findings.push(toFinding(name, await guarded(() => check(executor))));
      }
      return findings;
    }),
    findSizes: shared(SIZES_MS, findSizes),
    findSchema: (reader) => lastCheck(reader).catch(() => null),
  };
}

/** Many who look at once cost one look; what came of it stands for a while, and a failure does not. */
function shared<By, T>(maxAgeMs: number, look: (by: By) => Promise<T>): (by: By) => Promise<T> {
  let latest: { at: number; found: Promise<T> } | undefined;
  return (by) => {
    if (latest === undefined || performance.now() - latest.at > maxAgeMs) {
      const mine = { at: performance.now(), found: look(by) };
      latest = mine;
      mine.found.catch(() => {
        if (latest === mine) latest = undefined;
      });
    }
    return latest.found;
  };
}
