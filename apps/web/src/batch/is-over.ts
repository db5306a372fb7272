import type { EndedStatus, OpenStatus } from "@scrapersky/api/contract";

/** Of batches and jobs. Said once more, so that no page loads the machines: the compiler holds it to them. */
export const OVER = {
  pending: false,
  running: false,
  complete: true,
  partial: true,
  failed: true,
  cancelled: true,
} satisfies Record<OpenStatus, false> & Record<EndedStatus, true>;

export const isOver = (status: OpenStatus | EndedStatus): boolean => OVER[status];
