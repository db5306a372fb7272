import { BATCH } from "./batch/batch.state.ts";
import { ATTEMPT } from "./job/attempt.state.ts";
import { JOB } from "./job/job.state.ts";

// The words every interface uses, as the state machines have them: tRPC, REST v3 and the pages.

export const JOB_STATUSES = JOB.states;
export type JobStatus = (typeof JOB_STATUSES)[number];

export const BATCH_STATUSES = BATCH.states;
export type BatchStatus = (typeof BATCH_STATUSES)[number];
export const isTerminalBatchStatus = BATCH.hasEnded;

/** Of a job or a batch: whether something may still happen to it. */
export type OpenStatus = (typeof JOB | typeof BATCH)["open"][number];
export type EndedStatus = (typeof JOB | typeof BATCH)["ended"][number];

export type AttemptOutcome = (typeof ATTEMPT.states)[number];
