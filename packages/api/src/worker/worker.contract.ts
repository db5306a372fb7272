import { z } from "zod";
import type { WORKER } from "./worker.state.ts";

/** A worker that gave no sign of life for longer is silent: its leases pass on. */
export const WORKER_SILENT_SECONDS = 15;
/** Of all workers together, sites that are told one by one. */
export const VISITS_SHOWN_MAX = 200;
/** A name that a worker gives itself is shorter. */
const WORKER_ID_LENGTH_MAX = 400;

/** A site that a worker is at. */
export interface Visit {
  jobId: string;
  domain: string;
  /** Null for a tenant that is gone. */
  tenant: string | null;
  since: string;
  /** It waits for others at its network address. */
  waits: boolean;
}

/** A process that claims jobs. */
export interface WorkerShown {
  workerId: string;
  state: (typeof WORKER.states)[number];
  /** It gave no sign of life for a while. */
  isSilent: boolean;
  version: string;
  startedAt: string;
  seenAt: string;
  /** Sites that it visits at once at most. */
  concurrency: number;
  /** Sites that it is at, as it said last. */
  running: number;
  /** Those that are known one by one. */
  visits: Visit[];
}

export const workerInput = z.object({ workerId: z.string().min(1).max(WORKER_ID_LENGTH_MAX) });
