import { FailureReasons } from "@scrapersky/outcome";

/** Code of an attempt that was cancelled, by itself or with its batch. */
export const CANCELLED = "cancelled";

/** Code of an attempt that ended because its batch was paused. */
export const PAUSED = "paused";

/** Code of a scan whose facts the database refuses, and would refuse every time. */
export const STORAGE_FAILED = "storage_failed";

/** Code of an attempt whose worker vanished, and of a job whose last one did. */
export const WORKER_LOST = "worker_lost";

/** Code of a job whose site its tenant never visits. */
export const SUPPRESSED = "suppressed";

/** One sentence per reason a job can fail with, for groups of failures. */
const FAILURE_SENTENCES: Record<string, string> = {
  ...FailureReasons,
  robots_disallowed: "Skipped: robots.txt does not allow it.",
  worker_lost: "The worker stopped in the middle of this site, on every try.",
  storage_failed:
    "The database refused what was found on this site. The worker's log has the reason; `npm run db -- drift` tells what stands in the way.",
  suppressed: "Never visited: it is on the suppression list.",
  internal_error: "Something in our own program went wrong on this site.",
};

export const sentenceOf = (code: string): string =>
  FAILURE_SENTENCES[code] ?? "The site could not be scraped.";
