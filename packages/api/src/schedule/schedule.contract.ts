import type { LEAD_LIST } from "../lead/lead-list.contract.ts";
import type { FilterValues } from "../list/list.contract.ts";

/** Schedules of one tenant. */
export const SCHEDULES_MAX = 100;
/** A schedule does not run more often than once in so many minutes. */
export const SCHEDULE_MINUTES_MIN = 15;
/** Runs that fail one after the other before a schedule is paused. */
export const SCHEDULE_FAILURES_MAX = 5;
/** A run that begins later than this was missed. */
export const SCHEDULE_LATE_MINUTES_MAX = 10;
/** Runs that are told in advance. */
export const NEXT_RUNS_TOLD = 5;
/** Runs of one schedule that are kept, and told with it. */
export const SCHEDULE_RUNS_KEPT = 100;
export const SCHEDULE_RUNS_TOLD = 20;
export const CRON_LENGTH_MAX = 100;
export const TIME_ZONE_LENGTH_MAX = 60;

/** What becomes of runs that no worker was there for: none of them, or one for all. */
export const MISSED_POLICIES = ["skip", "once"] as const;
export type MissedPolicy = (typeof MISSED_POLICIES)[number];
/** Of a run that is due while a batch of its schedule has not ended: it is left out, or runs beside it. */
export const OVERLAP_POLICIES = ["skip", "run"] as const;
export type OverlapPolicy = (typeof OVERLAP_POLICIES)[number];

export type ScheduleStatus = "active" | "paused";
export type LeadFilter = FilterValues<typeof LEAD_LIST>;

/** What a schedule runs: the list of a batch as it is then, or the leads that a filter finds then. */
export type ScheduleSource =
  | { kind: "batch"; batchId: string }
  | { kind: "leads"; filter: LeadFilter };

/** Why a run that was due made no batch, though nothing failed. */
export const SKIP_REASONS = ["missed", "overlap", "tenant_off", "nothing"] as const;
export type SkipReason = (typeof SKIP_REASONS)[number];

/** What became of a moment. Times are ISO 8601 in UTC. */
export interface ScheduleRun {
  runId: string;
  /** Null for one that somebody asked for. */
  dueAt: string | null;
  ranAt: string;
  outcome: "created" | "skipped" | "failed";
  reason: SkipReason | null;
  /** Of a failed one, what happened and what to do. */
  error: string | null;
  batchId: string | null;
}

type Somebody = { id: string; name: string | null };

/** One row of the list of schedules. Times are ISO 8601 in UTC. */
export interface Schedule {
  scheduleId: string;
  name: string;
  status: ScheduleStatus;
  cron: string;
  timeZone: string;
  /** The cron text in words. */
  sentence: string;
  missed: MissedPolicy;
  overlap: OverlapPolicy;
  /** A filter for contacts is left out where those may not be read. */
  source: ScheduleSource;
  maxPages: number;
  maxConcurrent: number;
  /** Null while it is paused. */
  nextRunAt: string | null;
  /** Runs that failed one after the other, up to now. */
  failures: number;
  lastError: string | null;
  lastRun: Pick<ScheduleRun, "ranAt" | "outcome" | "batchId"> | null;
  createdBy: Somebody;
  /** By whose rights it runs: who created it, changed what it runs or let it go on. */
  runBy: Somebody;
  createdAt: string;
  updatedAt: string;
}

export interface ScheduleDetail extends Schedule {
  /** None while it is paused. */
  nextRuns: string[];
  /** The latest ones, newest first. */
  runs: ScheduleRun[];
}

export interface SchedulePreview {
  sentence: string;
  nextRuns: string[];
}

export interface ScheduleRan {
  scheduleId: string;
  batchId: string;
  jobCount: number;
  /** True when an earlier call with the same idempotency key ran it. */
  replayed: boolean;
}
