import { z } from "zod";
import { idempotencyKeyInput, scanInput } from "../batch/batch.contract.ts";
import { idText } from "../id.contract.ts";
import { LEAD_LIST } from "../lead/lead-list.contract.ts";
import { filterInput } from "../list-input.contract.ts";
import { BATCH_NAME_LENGTH_MAX, SCHEDULE_NAME_LENGTH_MAX } from "../wire.contract.ts";
import {
  CRON_LENGTH_MAX,
  MISSED_POLICIES,
  OVERLAP_POLICIES,
  TIME_ZONE_LENGTH_MAX,
} from "./schedule.contract.ts";

const cron = z.string().trim().min(1).max(CRON_LENGTH_MAX);
const timeZone = z.string().trim().min(1).max(TIME_ZONE_LENGTH_MAX);

const source = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("batch"), batchId: z.string().max(BATCH_NAME_LENGTH_MAX) }),
  z.object({ kind: z.literal("leads"), filter: filterInput(LEAD_LIST) }),
]);

const settings = {
  name: z.string().trim().min(1).max(SCHEDULE_NAME_LENGTH_MAX),
  cron,
  timeZone,
  source,
  missed: z.enum(MISSED_POLICIES),
  overlap: z.enum(OVERLAP_POLICIES),
};

export const scheduleCreateInput = z.object({
  ...settings,
  missed: settings.missed.default("skip"),
  overlap: settings.overlap.default("skip"),
  ...scanInput,
  idempotencyKey: idempotencyKeyInput,
});
export type ScheduleCreate = z.output<typeof scheduleCreateInput>;

export const scheduleIdInput = z.object({ scheduleId: idText });

export const scheduleUpdateInput = scheduleIdInput.extend({
  /** What it was read with. */
  expectedUpdatedAt: z.iso.datetime({ offset: true }),
  patch: z
    .object({
      ...settings,
      maxPages: scanInput.maxPages.unwrap(),
      maxConcurrent: scanInput.maxConcurrent.unwrap(),
    })
    .partial(),
});
export type ScheduleUpdate = z.output<typeof scheduleUpdateInput>;

export const scheduleRunNowInput = scheduleIdInput.extend({ idempotencyKey: idempotencyKeyInput });
export type ScheduleRunNow = z.output<typeof scheduleRunNowInput>;

export const schedulePreviewInput = z.object({ cron, timeZone });
export type SchedulePreviewInput = z.output<typeof schedulePreviewInput>;
