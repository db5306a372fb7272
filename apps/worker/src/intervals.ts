/** Milliseconds. Tests make them shorter. */
export interface Intervals {
  /** Between two looks into an empty queue. */
  poll: number;
  /** Longest pause in which the ends of several jobs are gathered into one claim. */
  gather: number;
  /** How long an outcome waits for others that are recorded with it. */
  record: number;
  /** Between two checks for cancelled jobs: what is stopped must stop within 2 s. */
  cancelled: number;
  /** Between two signs of life; a third of the lease. */
  touch: number;
  lost: number;
  /** Between two looks at what somebody wants of this worker: it obeys within 2 s. */
  orders: number;
  /** Between two signs of life of the worker itself. */
  tell: number;
  /** Between two looks for what is due again: the longest that a retry is late. */
  refill: number;
  /** Between two looks for bulk actions, and batches being cancelled, that were begun and left. */
  bulk: number;
  /** Between two looks for schedules that are due. */
  schedules: number;
  /** Between two looks for what webhooks are to be told. */
  webhooks: number;
  /** Between two looks for what has run out, and for keys that soon will. */
  forget: number;
  /** Between two looks for what tenants do not keep for longer. */
  retire: number;
  /** Between two looks whether the schema was compared with the database within the night. */
  drift: number;
}

export const INTERVALS: Intervals = {
  poll: 500,
  gather: 15,
  record: 20,
  cancelled: 1_000,
  touch: 5_000,
  lost: 5_000,
  orders: 1_000,
  tell: 5_000,
  refill: 1_000,
  bulk: 1_000,
  schedules: 5_000,
  webhooks: 1_000,
  forget: 60_000,
  retire: 600_000,
  drift: 600_000,
};
/** Longest pause of what fails again and again. */
export const PAUSE_MAX_MS = 30_000;
