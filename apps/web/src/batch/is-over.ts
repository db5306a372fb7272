import type { EndedStatus, OpenStatus } from "@scrapersky/api/contract";

/** Of batches and jobs. Said once more, so that no page loads the machines: the compiler holds it to them. */
const OPEN = { pending: true, running: true } satisfies Record<OpenStatus, true>;

export const isOver = (status: OpenStatus | EndedStatus): status is EndedStatus =>
  !(status in OPEN);
