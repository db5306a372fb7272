// The worker's door: rules that write what happened to jobs. Loads no tRPC.
export { startJobs, type StartedJob, type StartInput } from "./job/start-jobs.ts";
export { recordOutcome, type RecordInput } from "./job/record-outcome.ts";
export { releaseJob } from "./job/release-job.ts";
export { findCancelled, recordLost } from "./job/record-lost.ts";
export type { Metrics, PageFacts, ScrapeOutcome, SiteFacts } from "./job/outcome.ts";
export { createBatch } from "./batch/create-batch.ts";
export { cancelBatch } from "./batch/cancel-batch.ts";
export { sentenceOf } from "./job/failure-sentences.ts";
export { noteSentenceOf } from "./domain/scan-notes.ts";
export type { Caller } from "./rbac/actor.ts";
