import type { BatchCounts } from "../src/batch/batch.contract.ts";
import { withdrawPaused } from "../src/batch/withdraw-paused.ts";
import { cancelNextOfBatch, recordLost, spareLost } from "../src/services.ts";
import type { AttemptOutcome, BatchStatus, JobStatus } from "../src/status.ts";
import { done, failed, retry } from "./outcomes.ts";
import type { Stage } from "./stage.ts";

// What docs/lifecycle.md promises, said once more by what somebody does. The program's statements are made
// from its machines and would agree with any mistake in them: a machine that lets a move too many, or one
// too few, is found here.

/** What somebody's doing left behind, and what it should have. */
interface Tried {
  seen: unknown;
  promised: unknown;
}

/** Everything that moves a job and its attempt, and whether it says that it did. */
const JOB_VERBS = {
  "a claim": async (stage) => (await stage.start(2)).started.length,
  "a second offer of the same attempt": async (stage) => (await stage.start(1)).started.length,
  "an earlier claim": async (stage) => (await stage.start(0)).started.length,
  "a scrape that is done": (stage) => stage.record(done()),
  "a scrape that failed": (stage) => stage.record(failed()),
  "a scrape to be tried again": (stage) => stage.record(retry(), { final: false }),
  "a claim given back": (stage) => stage.release(),
  "a worker lost for good": async (stage) =>
    void (await stage.write((tx) => recordLost(tx, [stage.ids.jobId]))),
  "a worker lost before it began": async (stage) =>
    (await stage.write((tx) => spareLost(tx, [stage.ids.jobId]))).length,
  "a cancelled batch": async (stage) =>
    void (await stage.api.batches.cancel({ batchId: stage.ids.batchId })),
  "a large batch that is cancelled": async (stage) => {
    await stage.setWindow("cancelling");
    const place = { batchId: stage.ids.batchId, tenantId: stage.world.tenants.near.id };
    const step = () => stage.write((tx) => cancelNextOfBatch(tx, stage.world.queue, place));
    while (await step());
    await stage.setWindow("filling");
  },
  "a paused batch": async (stage) => {
    await stage.setWindow("paused");
    const place = { batchId: stage.ids.batchId, tenantId: stage.world.tenants.near.id };
    await stage.write((tx) => withdrawPaused(tx, stage.world.queue, place));
    await stage.setWindow("filling");
  },
  "a person who cancels it": async (stage) =>
    void (await stage.api.jobs.cancel({ jobId: stage.ids.jobId })),
  "a person who lets it run again": (stage) =>
    stage.api.jobs.retry({ jobId: stage.ids.jobId }).then(
      () => "again",
      () => "refused",
    ),
} satisfies Record<string, (stage: Stage) => Promise<unknown>>;
type JobVerb = keyof typeof JOB_VERBS;

/** From each state, where each verb leads; a verb that is not there is refused. */
const JOB_PROMISE: Record<JobStatus, Partial<Record<JobVerb, JobStatus>>> = {
  pending: {
    "a claim": "running",
    "a second offer of the same attempt": "running",
    "a worker lost for good": "failed",
    "a worker lost before it began": "pending",
    "a cancelled batch": "cancelled",
    "a large batch that is cancelled": "cancelled",
    "a person who cancels it": "cancelled",
  },
  running: {
    "a claim": "running",
    "a second offer of the same attempt": "running",
    "a scrape that is done": "complete",
    "a scrape that failed": "failed",
    "a scrape to be tried again": "pending",
    "a claim given back": "pending",
    "a worker lost for good": "failed",
    "a worker lost before it began": "pending",
    "a cancelled batch": "cancelled",
    "a large batch that is cancelled": "cancelled",
    "a paused batch": "pending",
    "a person who cancels it": "cancelled",
  },
  complete: {},
  failed: { "a person who lets it run again": "pending" },
  cancelled: { "a person who lets it run again": "pending" },
};
const ENDS: readonly JobStatus[] = ["complete", "failed", "cancelled"];
const jobStates = Object.keys(JOB_PROMISE) as JobStatus[];
const jobVerbs = Object.keys(JOB_VERBS) as JobVerb[];

/** Every verb from every state; `leads` where a move is promised. */
export const JOB_MOVES = jobStates.flatMap((from) =>
  jobVerbs.map((verb) => ({ verb, from, leads: JOB_PROMISE[from][verb] !== undefined })),
);

export async function tryMoveOfJob(
  stage: Stage,
  { verb, from }: { verb: JobVerb; from: JobStatus },
): Promise<Tried> {
  await stage.place(from);
  const before = { job: await stage.job(), attempts: await stage.attempts() };
  const all = await stage.everything();
  const answer = await JOB_VERBS[verb](stage);
  const says = answer === undefined ? "nothing" : answer !== "refused" && answer !== 0;
  const saying = (moved: boolean) => (answer === undefined ? "nothing" : moved);
  const after = { job: await stage.job(), attempts: await stage.attempts() };
  const to = JOB_PROMISE[from][verb];
  if (to !== undefined) {
    const { status, ended } = after.job;
    return {
      seen: { says, status, ended },
      promised: {
        says: saying(true),
        status: to,
        ended: ENDS.includes(to),
      },
    };
  }
  // Its batch is cancelled or paused all the same, and the other job of it.
  if (/batch/.test(verb)) return { seen: after, promised: before };
  return {
    seen: { says, after, all: await stage.everything() },
    promised: { says: saying(false), after: before, all },
  };
}

/** How the first attempt of a running job ends; null where it is taken away. */
const ATTEMPT_PROMISE: Record<JobVerb, AttemptOutcome | null> = {
  "a claim": "lost",
  "a second offer of the same attempt": "running",
  "an earlier claim": "running",
  "a scrape that is done": "done",
  "a scrape that failed": "failed",
  "a scrape to be tried again": "retry",
  "a claim given back": null,
  "a worker lost for good": "lost",
  "a worker lost before it began": "lost",
  "a cancelled batch": "cancelled",
  "a large batch that is cancelled": "cancelled",
  "a paused batch": "cancelled",
  "a person who cancels it": "cancelled",
  // It runs, so there is nothing to let run again.
  "a person who lets it run again": "running",
};
const OUTCOMES = ["running", "done", "failed", "retry", "cancelled", "lost"] as const;

export const ATTEMPT_MOVES = OUTCOMES.flatMap((from) =>
  jobVerbs.map((verb) => {
    const to = ATTEMPT_PROMISE[verb];
    return { verb, from, leads: from === "running" && to !== null && to !== from };
  }),
);

/** An attempt that has ended stays so, until its number is offered again. */
export async function tryMoveOfAttempt(
  stage: Stage,
  { verb, from }: { verb: JobVerb; from: AttemptOutcome },
): Promise<Tried> {
  await stage.place("running", from);
  const [before] = await stage.attempts();
  await JOB_VERBS[verb](stage);
  const [after] = (await stage.attempts()).filter(({ attempt }) => attempt === 1);
  if (from !== "running" && verb !== "a second offer of the same attempt") {
    return { seen: after, promised: before };
  }
  const to = ATTEMPT_PROMISE[verb];
  return {
    seen: after && { outcome: after["outcome"], ended: after["ended"] },
    promised: to === null ? undefined : { outcome: to, ended: to !== "running" },
  };
}

/** Everything that moves a batch, each from counters that let it end so. */
const BATCH_VERBS: Record<
  string,
  {
    /** Null where it stays what it was, and has a job more. */
    to: BatchStatus | null;
    counters: [complete: number, failed: number];
    /** The ends that it leads out of; none when left out. */
    reopens?: readonly BatchStatus[];
    run: (stage: Stage) => unknown;
  }
> = {
  "the first claim": { to: "running", counters: [0, 0], run: (stage) => stage.start(2) },
  "the last job, all complete": {
    to: "complete",
    counters: [1, 0],
    run: (stage) => stage.count({ complete: 1 }),
  },
  "the last job, complete after a failed one": {
    to: "partial",
    counters: [0, 1],
    run: (stage) => stage.count({ complete: 1 }),
  },
  "the last job, failed after a complete one": {
    to: "partial",
    counters: [1, 0],
    run: (stage) => stage.count({ failed: 1 }),
  },
  "the last two jobs, one failed": {
    to: "partial",
    counters: [0, 0],
    run: (stage) => stage.count({ complete: 1, failed: 1 }),
  },
  "the last job, none complete": {
    to: "failed",
    counters: [0, 1],
    run: (stage) => stage.count({ failed: 1 }),
  },
  "a person": {
    to: "cancelled",
    counters: [0, 0],
    run: (stage) => stage.api.batches.cancel({ batchId: stage.ids.batchId }),
  },
  "the last jobs, each cancelled by itself": {
    to: "cancelled",
    counters: [0, 0],
    run: (stage) => stage.count({ cancelled: 2 }),
  },
  "the last job, cancelled after a complete one": {
    to: "complete",
    counters: [1, 0],
    run: (stage) => stage.count({ cancelled: 1 }),
  },
  "a job that runs again": {
    to: "running",
    counters: [0, 2],
    reopens: ["complete", "partial", "failed"],
    run: async (stage) => {
      await stage.setJob("status = 'failed', completed_at = now()");
      await stage.api.jobs.retry({ jobId: stage.ids.jobId }).catch(() => "refused");
    },
  },
  "lines added to its list": {
    to: null,
    counters: [0, 0],
    run: async (stage) => {
      const { batchId } = stage.ids;
      // What was added before is gone: the batch has two jobs again.
      await stage.world.rows(
        `delete from jobs where job_id in (select job_id from app.scrape_jobs where batch_id = :batchId::uuid and position > 1)`,
        { batchId },
      );
      const domains = [`added-${added++}.example`];
      return stage.api.batches.append({ batchId, domains }).catch(() => "refused");
    },
  },
};
let added = 0;
const OVER: Record<BatchStatus, boolean> = {
  pending: false,
  running: false,
  complete: true,
  partial: true,
  failed: true,
  cancelled: true,
};
export const BATCH_STATES = Object.keys(OVER) as BatchStatus[];
export const isPromisedOver = (status: BatchStatus): boolean => OVER[status];

export const BATCH_MOVES = BATCH_STATES.flatMap((from) =>
  Object.entries(BATCH_VERBS).map(([verb, { to, reopens }]) => ({
    verb,
    from,
    leads: reopens ? reopens.includes(from) : to !== null && !isPromisedOver(from) && from !== to,
  })),
);

export async function tryMoveOfBatch(
  stage: Stage,
  { verb, from }: { verb: string; from: BatchStatus },
): Promise<Tried> {
  const { to, counters, reopens, run } = BATCH_VERBS[verb]!;
  const [complete, failures] = counters;
  await stage.setJob("status = 'running', completed_at = null");
  await stage.setBatch(
    `status = '${from}', total_domains = 2, completed_domains = ${complete}, failed_domains = ${failures},
     start_time = null, end_time = null, error = null, batch_metadata = batch_metadata - 'cancelled_alone'`,
  );
  const before = await stage.batch();
  await run(stage);
  const after = await stage.batch();
  if (reopens && from !== "cancelled") {
    const isBack = reopens.includes(from);
    return {
      seen: { status: after.status, ended: after["ended"], started: after["start_time"] !== null },
      // One that is open is what it was before.
      promised: { status: isBack ? to : from, ended: false, started: isBack },
    };
  }
  if (to === null && !isPromisedOver(from)) {
    return {
      seen: { status: after.status, total: after["total_domains"] },
      promised: { status: from, total: 3 },
    };
  }
  // A later claim finds a running batch as it is.
  if (to === null || isPromisedOver(from) || from === to) return { seen: after, promised: before };
  return {
    seen: { status: after.status, ended: after["ended"] },
    promised: { status: to, ended: isPromisedOver(to) },
  };
}

/** The state of a batch, given its jobs and whether it was cancelled as a whole. */
export function promisedStatus(
  counts: BatchCounts,
  started: boolean,
  isCancelled = false,
): BatchStatus {
  if (isCancelled) return "cancelled";
  if (counts.pending + counts.running > 0) return started ? "running" : "pending";
  if (counts.complete + counts.failed === 0) return "cancelled";
  if (counts.failed === 0) return "complete";
  return counts.complete > 0 ? "partial" : "failed";
}
