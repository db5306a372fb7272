import { z } from "zod";

/** The queues that can be paused, by the names that they have in the database. */
export const PAUSABLE_QUEUES = ["scrape-domain"] as const;

/** A queue, with what stands in it. */
export interface QueueShown {
  queue: string;
  /** Whether it can be paused: what was given up is only ended, and that goes on. */
  isPausable: boolean;
  /** Null while it is not paused. */
  paused: { at: string; by: string | null } | null;
  /** May be claimed now. */
  waiting: number;
  /** May be claimed later. */
  later: number;
  claimed: number;
  /** For how long the oldest one that may be claimed has been; null where none may. */
  oldestSeconds: number | null;
}

export const queueInput = z.object({ queue: z.enum(PAUSABLE_QUEUES) });
