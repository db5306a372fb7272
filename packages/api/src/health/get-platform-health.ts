import type { HealthResult, Reader } from "@scrapersky/db";
import {
  type Applied,
  checkQueueTables,
  findApplied,
  findOpenTransactions,
  findSlowStatements,
  guarded,
} from "@scrapersky/db/findings";
import type { Queue } from "@scrapersky/queue";
import { listQueues } from "../queue/list-queues.ts";
import { findRetention } from "../upkeep/find-retention.ts";
import { listWorkers } from "../worker/list-workers.ts";
import { toCheck, toPooler } from "./check-database.ts";
import { findOwnFindings, toFinding } from "./find-own-findings.ts";
import type { HealthFinding, Measured, PlatformHealth, WayHealth } from "./health.contract.ts";
import { tellPart } from "./tell-part.ts";
import type { HealthWatch } from "./watch-health.ts";

const SEVERITY = { fail: 0, warn: 1, ok: 2 } as const;

const toMeasured = (samples: HealthWatch["waits"]): Measured | null => samples.read() ?? null;

/**
 * Everything that is known of the platform's health. Each part is waited for by itself, and not for long: what cannot be had says why.
 * @param reader with deadlines below those of the parts
 */
export async function getPlatformHealth(
  reader: Reader,
  watch: HealthWatch,
  queue: Pick<Queue, "countMessages" | "findClaimed" | "findPauses">,
): Promise<PlatformHealth> {
  const [ways, asked, tables, workers, queues, transactions, slow, applied, sizes, retention] =
    await Promise.all([
      watch.health(),
      tellPart(watch.findFindings(reader)),
      tellPart(guarded(() => checkQueueTables(reader))),
      tellPart(listWorkers(reader, queue)),
      tellPart(listQueues(reader, queue)),
      tellPart(findOpenTransactions(reader)),
      tellPart(findSlowStatements(reader)),
      tellPart(findApplied(reader)),
      tellPart(watch.findSizes(reader)),
      tellPart(findRetention(reader)),
    ]);
  const { settings, notes } = watch.describe();
  const { max, lent, idle, opening, waiting } = watch.stats();
  const pool = { max, inUse: lent, idle, opening, waiting, waits: toMeasured(watch.waits) };
  const isApart = settings["separateMigrationUrl"] === true;
  const own = findOwnFindings({
    pooled: ways.pooled,
    direct: isApart ? ways.direct : null,
    pool,
    version: watch.program.version,
    workers: workers.value,
    queues: queues.value,
    retention: retention.value,
    migrations: applied.value?.finding ?? null,
  });
  return {
    asOf: new Date().toISOString(),
    program: watch.program,
    ways: {
      pooled: toWay(ways.pooled, watch.latencies.pooled),
      direct: toWay(ways.direct, watch.latencies.direct),
    },
    isApart,
    pooler: toPooler(ways.pooler),
    mode: String(settings["mode"]),
    notes,
    pool,
    findings: worstFirst([
      ...own,
      ...(asked.value === null
        ? [toFinding("server", { status: "fail", says: asked.reason })]
        : asked.value),
      ...(tables.value === null ? [] : [toFinding("queue tables", tables.value)]),
    ]),
    workers,
    queues,
    transactions,
    slow,
    migrations:
      applied.value === null ? applied : { value: toApplied(applied.value), reason: null },
    sizes,
    retention,
  };
}

const toApplied = ({ applied, expected, newest }: Applied) => ({ applied, expected, newest });

const toWay = (result: HealthResult, samples: HealthWatch["waits"]): WayHealth => ({
  ...toCheck(result),
  latency: toMeasured(samples),
});

const worstFirst = (findings: HealthFinding[]): HealthFinding[] =>
  findings.toSorted((one, other) => SEVERITY[one.status] - SEVERITY[other.status]);
