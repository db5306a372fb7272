import { z } from "zod";
import { batchNameInput } from "../batch/batch.contract.ts";
import { idText } from "../id.contract.ts";
import { listInput } from "../list.contract.ts";
import type { ScanNote } from "../domain/domain.contract.ts";
import { type AttemptOutcome, JOB_STATUSES, type JobStatus } from "../status.ts";
import { DOMAIN_LENGTH_MAX, ERROR_CODE_LENGTH_MAX } from "../wire.contract.ts";

export const jobListInput = listInput.extend({
  status: z.array(z.enum(JOB_STATUSES)).optional(),
  batchId: batchNameInput.optional(),
  errorCode: z.array(z.string().max(ERROR_CODE_LENGTH_MAX)).optional(),
  /** Prefix of the domain name. */
  q: z.string().trim().max(DOMAIN_LENGTH_MAX).optional(),
  /** Rows in the order of the batch's lines instead of newest first; needs `batchId`. */
  order: z.enum(["newest", "batch"]).default("newest"),
});
export type JobListInput = z.infer<typeof jobListInput>;

export const jobIdInput = z.object({ jobId: idText });

/** One job: one domain of one batch. */
export interface Job {
  jobId: string;
  batchId: string | null;
  batchLabel: string | null;
  /** What else tells its batch from others: the first domain of its list, as people read it, and how long it is. */
  batchFirstDomain: string | null;
  batchTotal: number | null;
  domain: string;
  /** The domain as people read it: in its own script instead of punycode. */
  displayDomain: string;
  domainId: string | null;
  status: JobStatus;
  /** 0–100. */
  progress: number;
  attempts: number;
  errorCode: string | null;
  /** Plain sentence for people; null unless failed. */
  error: string | null;
  /** Remarks on what was found; empty unless complete. */
  notes: ScanNote[];
  pages: number | null;
  createdAt: string;
  startedAt: string | null;
  endedAt: string | null;
  /** Seconds from the first claim to the end, or to now while running. */
  durationSeconds: number | null;
}

/** One try of a job. Attempts are never overwritten. */
export interface JobAttempt {
  attempt: number;
  outcome: AttemptOutcome;
  workerId: string;
  startedAt: string;
  endedAt: string | null;
  errorCode: string | null;
  error: string | null;
  httpStatus: number | null;
  finalUrl: string | null;
  pages: number;
  bytes: number;
  /** Milliseconds spent per phase: waiting for the network, parsing, storing. */
  timings: { fetchMs?: number; parseMs?: number; storeMs?: number };
}

export interface JobDetail extends Job {
  attemptList: JobAttempt[];
  /** The line as submitted. */
  input: string;
  maxPages: number;
  /** What the scrape found, in short; null until complete. */
  result: JobResult | null;
}

export interface JobResult {
  finalUrl: string;
  title: string | null;
  pages: number;
  contacts: number;
  phones: number;
  technologies: string[];
  flags: string[];
}
