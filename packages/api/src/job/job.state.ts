import type { JobStatus } from "../status.ts";

/**
 * Where a job may go from each state. `running → pending` is a retry or a claim given back, `running →
 * running` a second claim after a worker was lost; nothing leaves a terminal state.
 */
export const JOB_TRANSITIONS = {
  pending: ["running", "failed", "cancelled"],
  running: ["running", "pending", "complete", "failed", "cancelled"],
  complete: [],
  failed: [],
  cancelled: [],
} as const satisfies Record<JobStatus, readonly JobStatus[]>;

export const canJobMove = (from: JobStatus, to: JobStatus): boolean =>
  (JOB_TRANSITIONS[from] as readonly JobStatus[]).includes(to);

export const isTerminalJobStatus = (status: JobStatus): boolean =>
  JOB_TRANSITIONS[status].length === 0;
