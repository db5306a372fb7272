import type { Schedule, ScheduleDetail, SchedulePreview } from "@scrapersky/api/contract";
import { ago, id, NOW_MS } from "./fixture-base.ts";

// Made-up schedules: one that runs, one that failed too often, one of a filter.

const DAY = 86_400;
const nextMonday = (weeks: number): string => {
  const at = new Date(NOW_MS);
  at.setUTCDate(at.getUTCDate() + ((8 - at.getUTCDay()) % 7 || 7) + 7 * weeks);
  return `${at.toISOString().slice(0, 10)}T05:00:00.000Z`;
};
const MARTA = { id: id(1), name: "Marta Keller" };

const WEEKLY: Schedule = {
  scheduleId: id(51),
  name: "Dental practices, canton of Bern",
  status: "active",
  cron: "0 6 * * 1",
  timeZone: "Europe/Zurich",
  sentence: "At 06:00, only on Monday",
  missed: "skip",
  overlap: "skip",
  source: { kind: "batch", batchId: id(12) },
  maxPages: 50,
  maxConcurrent: 5,
  nextRunAt: nextMonday(0),
  failures: 0,
  lastError: null,
  lastRun: { ranAt: ago(3 * DAY), outcome: "created", batchId: id(12) },
  createdBy: MARTA,
  runBy: MARTA,
  createdAt: ago(60 * DAY),
  updatedAt: ago(20 * DAY),
};

const FAILED: Schedule = {
  ...WEEKLY,
  scheduleId: id(52),
  name: "Garages without an answer, every day of the week and at night",
  status: "paused",
  cron: "0 6 * * *",
  sentence: "At 06:00",
  nextRunAt: null,
  failures: 5,
  lastError: "The batch whose list it runs is gone. Choose another one.",
  lastRun: { ranAt: ago(DAY), outcome: "failed", batchId: null },
};

const OF_FILTER: Schedule = {
  ...WEEKLY,
  scheduleId: id(53),
  name: "Shops in Germany with an e-mail",
  cron: "0 4 1 * *",
  timeZone: "Europe/Berlin",
  sentence: "At 04:00, on day 1 of the month",
  source: { kind: "leads", filter: { country: ["DE"], has: ["email", "shop"] } },
  lastRun: null,
};

export const SCHEDULES: Schedule[] = [WEEKLY, FAILED, OF_FILTER];

export const SCHEDULE: ScheduleDetail = {
  ...WEEKLY,
  nextRuns: [0, 1, 2, 3, 4].map(nextMonday),
  runs: [
    {
      runId: id(61),
      dueAt: ago(3 * DAY),
      ranAt: ago(3 * DAY),
      outcome: "created",
      reason: null,
      error: null,
      batchId: id(12),
    },
    {
      runId: id(62),
      dueAt: null,
      ranAt: ago(5 * DAY),
      outcome: "created",
      reason: null,
      error: null,
      batchId: id(13),
    },
    {
      runId: id(63),
      dueAt: ago(10 * DAY),
      ranAt: ago(10 * DAY),
      outcome: "skipped",
      reason: "overlap",
      error: null,
      batchId: null,
    },
  ],
};

export const PAUSED: ScheduleDetail = {
  ...FAILED,
  nextRuns: [],
  runs: [1, 2, 3, 4, 5].map((days) => ({
    runId: id(70 + days),
    dueAt: ago(days * DAY),
    ranAt: ago(days * DAY),
    outcome: "failed",
    reason: null,
    error: FAILED.lastError,
    batchId: null,
  })),
};

export const PREVIEW: SchedulePreview = {
  sentence: WEEKLY.sentence,
  nextRuns: SCHEDULE.nextRuns,
};
