"use client";

import type { JobDetail } from "@scrapersky/api/contract";
import { formatWholeSeconds } from "#format/time.ts";
import { useNow } from "#ui/use-now.ts";

/** What a job that waits is waiting for. */
const reasonOf = ({ waits, attemptList }: JobDetail): string => {
  if (waits > 0) {
    return "Somebody else is at this site. To be polite it is visited by one at a time.";
  }
  return attemptList.length > 0
    ? "It is tried again after a pause, which gives the site time to recover."
    : "A worker takes it when a place of its batch is free.";
};

/** Why a job does not run yet, and when it is due again. */
export function JobWaiting({ job }: { job: JobDetail }) {
  const now = useNow();
  const { dueAt } = job;
  const left = dueAt === null ? 0 : (Date.parse(dueAt) - now) / 1000;
  return (
    <p className="px-4 py-3 text-sm text-muted" suppressHydrationWarning>
      <span className="font-medium text-text">Waiting for its turn.</span> {reasonOf(job)}
      {left > 0 ? ` Due in ${formatWholeSeconds(left)}.` : null}
    </p>
  );
}
