/** Days of which the overview tells, today among them. */
export const OVERVIEW_DAYS = 14;
export const WEEK_DAYS = 7;
/** Batches of one reason that are named, the newest. */
export const REASON_BATCHES_MAX = 20;

/** What visits brought in a time. */
export interface Brought {
  /** Sites that were read. */
  read: number;
  /** Visits that failed, also those of sites that were read later. */
  failed: number;
  /** That no earlier scan of the same site had found. */
  newEmails: number;
  newPhones: number;
}

export interface OverviewNumbers {
  /** The last seven days, today among them, and the seven before. */
  thisWeek: Brought;
  lastWeek: Brought;
  /** The oldest first, each once; days are of UTC, as `2026-11-21`. */
  days: (Brought & { day: string })[];
}

/** Jobs that have failed and did not run again, of batches that were made in the last seven days. */
export interface OverviewReason {
  code: string;
  /** The reason as a sentence. */
  message: string;
  count: number;
  /** False for what running again cannot change. */
  canRunAgain: boolean;
  /** The newest of the batches that have them. */
  batches: { batchId: string; count: number }[];
}

/** Whether work gets done; a tenant sees its own. */
export interface OverviewHealth {
  /** `stalled`: sites wait, and none has been finished for two minutes. */
  state: "idle" | "working" | "stalled";
  /** Sites that are read right now. */
  running: number;
  waiting: number;
  /** When the last visit of an open batch ended; null while none has. */
  lastEndedAt: string | null;
  /** Server time of this reading. */
  asOf: string;
}
