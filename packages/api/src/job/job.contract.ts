import { z } from "zod";
import { MAX_CONCURRENT_MAX, MAX_PAGES_MAX } from "../wire.contract.ts";
import { idText } from "../id.contract.ts";
import type { Reason } from "../lead/lead.contract.ts";
import type { ScanNote } from "../domain/domain.contract.ts";
import type { AttemptOutcome, JobStatus } from "../status.ts";

export const jobIdInput = z.object({ jobId: idText });

/** What is done otherwise than the first time; what is left out stays. */
export const againOverrides = z.object({
  maxPages: z.number().int().min(1).max(MAX_PAGES_MAX).optional(),
  /** Domains of the batch scraped at the same time, those that run already among them. */
  maxConcurrent: z.number().int().min(1).max(MAX_CONCURRENT_MAX).optional(),
});
export type AgainOverrides = z.output<typeof againOverrides>;

export const jobRetryInput = jobIdInput.extend({ overrides: againOverrides.optional() });
export type JobRetryInput = z.output<typeof jobRetryInput>;

/** What is known of a job's business by now, also by later scans. */
export interface JobLead {
  name: string | null;
  /** Null for those who may not read contacts. */
  bestEmail: string | null;
  bestPhone: string | null;
  town: string | null;
  /** What the site is made with: its shop, site builder or CMS. */
  platform: string | null;
  /** Why it gave little or nothing. */
  reason: Reason | null;
}

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
  /** Null until a scan of its site has ended. */
  lead: JobLead | null;
  createdAt: string;
  startedAt: string | null;
  endedAt: string | null;
  /** Seconds from the first claim to the end, or to now while running; of its last run, when it ran again. */
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
  /** While it waits: how often it gave way to somebody else at its site, and when it is due again. */
  waits: number;
  dueAt: string | null;
  /** What the scrape found, in short; null until complete. */
  result: JobResult | null;
}

export interface JobResult {
  finalUrl: string | null;
  title: string | null;
  pages: number;
  contacts: number;
  phones: number;
  technologies: string[];
  flags: string[];
}
