import { z } from "@hono/zod-openapi";
import {
  LEAD_LIST,
  MAX_CONCURRENT_DEFAULT,
  MAX_PAGES_DEFAULT,
  MISSED_POLICIES,
  OVERLAP_POLICIES,
  type Schedule,
  type ScheduleDetail,
  type SchedulePreview,
  type ScheduleRan,
  type ScheduleRun,
  SKIP_REASONS,
} from "@scrapersky/api/contract";
import { legacyTime, legacyTimeOrNull, time } from "./legacy-time.ts";
import { toldFilter } from "./list-filter.ts";
import { shapeOf } from "./shape.ts";

const SCHEDULE_ID = "6a3c1d52-9b0f-4f3e-8a1d-7c2e5b9f4d10";
const RUN_ID = "c2f1d0a4-3b6e-4c8e-9d7a-1f5e2b8c6a93";
const BATCH_ID = "0f8b1c9e-6d1e-4a52-9f0a-3f4f6f1f7c11";
const CREATED = "2026-11-21T09:00:00.123456+00:00";
const SENTENCE = "At 06:30, Monday through Friday";
const DAYS = ["23", "24", "25", "26", "27"];
const NEXT_RUNS = DAYS.map((day) => `2026-11-${day}T05:30:00.000000+00:00`);
const NEXT = "2026-11-23T05:30:00.000000+00:00";

const name = z.string().nullable();
const source = {
  batch: z.uuid().nullable().openapi({ description: "The batch whose list it runs" }),
  filter: z
    .record(z.string(), z.unknown())
    .nullable()
    .openapi({ description: "Of the leads that it runs" }),
};

export const schedule = shapeOf<Schedule>()("Schedule", {
  id: [z.uuid(), (of) => of.scheduleId, SCHEDULE_ID],
  name: [z.string(), (of) => of.name, "Bakeries"],
  status: [z.enum(["active", "paused"]), (of) => of.status, "active"],
  cron: [z.string(), (of) => of.cron, "30 6 * * MON-FRI"],
  time_zone: [z.string(), (of) => of.timeZone, "Europe/Berlin"],
  sentence: [z.string(), (of) => of.sentence, SENTENCE],
  batch_id: [source.batch, ({ source: of }) => (of.kind === "batch" ? of.batchId : null), BATCH_ID],
  filter: [
    source.filter,
    ({ source: of }) => (of.kind === "leads" ? toldFilter(LEAD_LIST, of.filter) : null),
    null,
  ],
  missed: [z.enum(MISSED_POLICIES), (of) => of.missed, "skip"],
  overlap: [z.enum(OVERLAP_POLICIES), (of) => of.overlap, "skip"],
  max_pages: [z.int(), (of) => of.maxPages, MAX_PAGES_DEFAULT],
  max_concurrent: [z.int(), (of) => of.maxConcurrent, MAX_CONCURRENT_DEFAULT],
  next_run_at: [time.nullable(), (of) => legacyTimeOrNull(of.nextRunAt), NEXT],
  failures: [z.int(), (of) => of.failures, 0],
  last_error: [z.string().nullable(), (of) => of.lastError, null],
  created_by: [name, (of) => of.createdBy.name, "Ann Example"],
  run_by: [
    name.openapi({ description: "By whose rights it runs" }),
    (of) => of.runBy.name,
    "Ann Example",
  ],
  created_at: [time, (of) => legacyTime(of.createdAt), CREATED],
  updated_at: [time, (of) => legacyTime(of.updatedAt), CREATED],
});

const run = shapeOf<ScheduleRun>()("ScheduleRun", {
  id: [z.uuid(), (of) => of.runId, RUN_ID],
  due_at: [
    time.nullable().openapi({ description: "null for one that somebody asked for" }),
    (of) => legacyTimeOrNull(of.dueAt),
    null,
  ],
  ran_at: [time, (of) => legacyTime(of.ranAt), CREATED],
  outcome: [z.enum(["created", "skipped", "failed"]), (of) => of.outcome, "created"],
  reason: [z.enum(SKIP_REASONS).nullable(), (of) => of.reason, null],
  error: [z.string().nullable(), (of) => of.error, null],
  batch_id: [z.uuid().nullable(), (of) => of.batchId, BATCH_ID],
});

/** A schedule with its next runs and its latest ones. */
export const scheduleDetail = shapeOf<ScheduleDetail>()("ScheduleDetail", {
  schedule: [schedule.schema, schedule.of, schedule.example],
  next_runs: [z.array(time), ({ nextRuns }) => nextRuns.map(legacyTime), NEXT_RUNS],
  runs: [z.array(run.schema), ({ runs }) => runs.map(run.of), []],
});

export const schedulePreview = shapeOf<SchedulePreview>()("SchedulePreview", {
  sentence: [z.string(), (of) => of.sentence, SENTENCE],
  next_runs: [z.array(time), ({ nextRuns }) => nextRuns.map(legacyTime), NEXT_RUNS],
});

export const scheduleRan = shapeOf<ScheduleRan>()("ScheduleRan", {
  schedule_id: [z.uuid(), (of) => of.scheduleId, SCHEDULE_ID],
  batch_id: [z.uuid(), (of) => of.batchId, BATCH_ID],
  job_count: [z.int(), (of) => of.jobCount, 1],
});
