import { readCron } from "./read-cron.ts";
import { NEXT_RUNS_TOLD, type SchedulePreview } from "./schedule.contract.ts";
import type { SchedulePreviewInput } from "./schedule-input.ts";
import { tellCron } from "./tell-cron.ts";

/**
 * What a cron text means, before anything is made of it.
 * @throws DomainError INVALID_INPUT, which says what is wrong with it
 */
export function previewSchedule(input: SchedulePreviewInput, now: Date): SchedulePreview {
  const moments = readCron(input, now);
  return {
    sentence: tellCron(input.cron),
    nextRuns: moments.nextOnes(NEXT_RUNS_TOLD, now).map((at) => at.toISOString()),
  };
}
