import type { Schedule, ScheduleRun } from "@scrapersky/api/contract";
import type { Look } from "#ui/status.tsx";

export const SCHEDULE_LOOKS: Record<Schedule["status"], Look> = {
  active: { tone: "complete", word: "Active" },
  paused: { tone: "cancelled", word: "Paused" },
};

export const RUN_LOOKS: Record<ScheduleRun["outcome"], Look> = {
  created: { tone: "complete", word: "Ran" },
  skipped: { tone: "cancelled", word: "Left out" },
  failed: { tone: "failed", word: "Failed" },
};

const REASONS: Record<NonNullable<ScheduleRun["reason"]>, string> = {
  missed: "Nobody was there to run it.",
  overlap: "Its last batch had not ended.",
  tenant_off: "The tenant was switched off.",
  nothing: "The filter found no leads.",
};

/** What became of a run, where that is not a batch. */
export const whatBecame = ({
  error,
  reason,
}: Pick<ScheduleRun, "error" | "reason">): string | null =>
  error ?? (reason === null ? null : REASONS[reason]);

/** A moment as the clocks of a time zone say it: "Mon, 23 Nov 2026, 06:30". */
export const formatLocal = (iso: string, timeZone: string): string =>
  new Intl.DateTimeFormat("en-GB", {
    timeZone,
    weekday: "short",
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
  }).format(new Date(iso));
