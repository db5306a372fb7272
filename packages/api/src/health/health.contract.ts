import type { QueueShown } from "../queue/queue.contract.ts";
import type { WorkerShown } from "../worker/worker.contract.ts";

export interface HealthCheck {
  status: "ok" | "error";
  latencyMs: number | null;
  /** Short class of the fault, never a host, user or server text. */
  reason: string | null;
  /** True when the server follows another one; null while it is not known. */
  replica: boolean | null;
  /** True when the server refuses writes; null while it is not known. */
  readOnly: boolean | null;
  /** Such as `18.3`; null while it is not known. */
  serverVersion: string | null;
}

export interface DatabaseHealth {
  status: "ok" | "error";
  pooled: HealthCheck;
  direct: HealthCheck;
  /** What sits between this process and the server, as far as it tells. */
  pooler: { kind: "none" | "pgbouncer" | "supavisor" | "unknown"; version: string | null };
  pool: { max: number; open: number; idle: number; waiting: number };
}

/** What the last comparison of schema and database found: nightly, or when somebody asked for one. */
export interface SchemaCheck {
  /** The same as long as nothing differs in another way, on every database. */
  fingerprint: string;
  checkedAt: string;
}

/** For so long a measurement counts, and so many of them at most. */
export const LATENCY_WINDOW_MS = 300_000;
export const LATENCIES_MAX = 240;
export const WAIT_WINDOW_MS = 60_000;
export const WAITS_MAX = 1_000;

/** How measurements of the last minutes lie, milliseconds. */
export interface Measured {
  count: number;
  p50: number;
  p95: number;
  max: number;
}

/** One way to the database: as it is now, and how long it took lately. */
export interface WayHealth extends HealthCheck {
  latency: Measured | null;
}

/** What was found, worst first. */
export interface HealthFinding {
  name: string;
  status: "ok" | "warn" | "fail";
  /** A sentence. */
  says: string;
  /** What mends it: a sentence, a command or SQL. */
  todo: string | null;
}

/** A part of the answer: parts that cannot be had say why, and the others are there. */
export type Told<T> = { value: T; reason: null } | { value: null; reason: string };

export interface ShownTransaction {
  pid: number;
  program: string;
  isIdle: boolean;
  ageSeconds: number;
  stateSeconds: number;
  /** Process ids of those whose locks it waits for. */
  waitsFor: number[];
  statement: string;
}

export interface ShownStatement {
  /** Without any value. */
  text: string;
  /** Our procedure or step that sends it. */
  procedure: string | null;
  calls: number;
  meanMs: number;
  maxMs: number;
  totalMs: number;
}

export interface ShownTable {
  name: string;
  bytes: number;
  indexBytes: number;
  rows: number;
  deadRows: number;
}

/** How long something is kept. */
export interface Kept {
  what: string;
  /** In words. */
  kept: string;
  /** The oldest that is there; null where there is none, or nobody looks. */
  oldestAt: string | null;
  /** It should be gone by now. */
  isOverdue: boolean;
}

/** How the platform is, for those who look after it. */
export interface PlatformHealth {
  asOf: string;
  /** Of the api that answers. */
  program: { version: string; startedAt: string };
  ways: { pooled: WayHealth; direct: WayHealth };
  /** Whether the direct way has an address of its own. */
  isApart: boolean;
  pooler: DatabaseHealth["pooler"];
  /** What the pooled way is used as: `transaction`, `session` or `direct`. */
  mode: string;
  /** What was found in the settings of the database, and translated. */
  notes: string[];
  /** Connections of the api that answers. */
  pool: {
    max: number;
    inUse: number;
    idle: number;
    opening: number;
    /** Callers that wait for one now. */
    waiting: number;
    /** How long callers waited within the last minute. */
    waits: Measured | null;
  };
  findings: HealthFinding[];
  workers: Told<WorkerShown[]>;
  queues: Told<QueueShown[]>;
  transactions: Told<ShownTransaction[]>;
  /** `history`: what the server has counted; `now`: what runs for long at this moment. */
  slow: Told<{ of: "history" | "now"; statements: ShownStatement[] }>;
  migrations: Told<{ applied: number; expected: number; newest: string | null }>;
  sizes: Told<{ databaseBytes: number; tables: ShownTable[] }>;
  retention: Told<Kept[]>;
}
