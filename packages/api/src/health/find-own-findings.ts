import { describeWay, type Finding } from "@scrapersky/db/findings";
import type { HealthResult } from "@scrapersky/db";
import type { QueueShown } from "../queue/queue.contract.ts";
import type { WorkerShown } from "../worker/worker.contract.ts";
import type { HealthFinding, Kept, PlatformHealth } from "./health.contract.ts";

/** Callers of whom one in twenty waited for longer have too few connections. */
export const WAIT_MS_MAX = 1_000;
/** A message that may be claimed is claimed by then, unless too few work. */
export const QUEUE_SECONDS_MAX = 300;

/** What was seen; null where it could not be looked at. */
export interface Seen {
  pooled: HealthResult;
  /** Null where it has no address of its own. */
  direct: HealthResult | null;
  pool: PlatformHealth["pool"];
  version: string;
  workers: WorkerShown[] | null;
  queues: QueueShown[] | null;
  retention: Kept[] | null;
  migrations: Finding | null;
}

/** What follows from what the page shows, beside what the server is asked about itself. */
export function findOwnFindings(seen: Seen): HealthFinding[] {
  const { pooled, direct, pool, workers, queues, retention, migrations } = seen;
  const found: [name: string, finding: Finding][] = [
    ["pooled", describeWay("DATABASE_URL", pooled)],
    ...(direct === null
      ? []
      : [["direct", describeWay("DATABASE_MIGRATION_URL", direct)] satisfies [string, Finding]]),
    ["pool", judgePool(pool)],
  ];
  if (migrations !== null) found.push(["migrations", migrations]);
  if (workers !== null) found.push(["workers", judgeWorkers(workers, seen.version)]);
  if (queues !== null) found.push(...queues.map((queue) => judgeQueue(queue)));
  if (retention !== null) found.push(["retention", judgeRetention(retention)]);
  return found.map(([name, finding]) => toFinding(name, finding));
}

export const toFinding = (
  name: string,
  { todo = null, ...finding }: Omit<Finding, "todo"> & { todo?: string | null },
): HealthFinding => ({ name, ...finding, todo });

function judgePool({ max, inUse, waiting, waits }: PlatformHealth["pool"]): Finding {
  const says = `${inUse} of ${max} connections of this api are in use`;
  if (waits === null || waits.p95 <= WAIT_MS_MAX) return { status: "ok", says };
  return {
    status: "warn",
    says: `${says}, ${waiting} callers wait, and one in twenty of the last minute waited for more than ${WAIT_MS_MAX / 1_000} s`,
    todo: "raise DATABASE_POOL_MAX, or start another api; look for transactions that stay open first",
  };
}

function judgeWorkers(all: WorkerShown[], version: string): Finding {
  const living = all.filter(({ isSilent }) => !isSilent);
  const claiming = living.filter(({ state }) => state === "claiming");
  const silent = all.length - living.length;
  if (claiming.length === 0) {
    return {
      status: "fail",
      says:
        living.length === 0
          ? "no worker gives a sign of life: no site is visited"
          : "every worker is draining: no site is visited any more",
      todo: living.length === 0 ? "start a worker" : "resume one, or start another",
    };
  }
  const others = living.filter((worker) => worker.version !== version);
  if (others.length > 0) {
    return {
      status: "warn",
      says: `${others.length} of ${living.length} workers are of another version than this api (${version})`,
      todo: "deploy one version to all of them",
    };
  }
  const says = `${claiming.length} ${claiming.length === 1 ? "worker claims" : "workers claim"} jobs`;
  return silent === 0
    ? { status: "ok", says }
    : {
        status: "warn",
        says: `${says}, ${silent} fell silent: what they had passes to others`,
        todo: "look into their logs; they are forgotten after an hour",
      };
}

function judgeQueue(shown: QueueShown): [string, Finding] {
  const { queue, paused, waiting, oldestSeconds } = shown;
  const name = `queue ${queue}`;
  if (paused !== null) {
    const by = paused.by === null ? "" : ` by ${paused.by}`;
    return [
      name,
      {
        status: "warn",
        says: `it was paused${by}: nothing more of it is claimed`,
        todo: "resume it, here below",
      },
    ];
  }
  const minutes = Math.floor((oldestSeconds ?? 0) / 60);
  return (oldestSeconds ?? 0) <= QUEUE_SECONDS_MAX
    ? [name, { status: "ok", says: `${waiting} wait to be claimed` }]
    : [
        name,
        {
          status: "warn",
          says: `${waiting} wait to be claimed, the oldest for ${minutes} min`,
          todo: "start more workers, or raise WORKER_CONCURRENCY",
        },
      ];
}

function judgeRetention(retention: Kept[]): Finding {
  const overdue = retention.filter(({ isOverdue }) => isOverdue).map(({ what }) => what);
  return overdue.length === 0
    ? { status: "ok", says: "what runs out is removed" }
    : {
        status: "warn",
        says: `not removed, although it has run out: ${overdue.join(", ")}`,
        todo: "workers remove it each minute: look whether one lives, and into its log",
      };
}
