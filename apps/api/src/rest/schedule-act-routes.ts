import { z } from "@hono/zod-openapi";
import { HEADERS, IDEMPOTENCY_KEY_LENGTH_MAX } from "@scrapersky/api/contract";
import { idInPath } from "./field.ts";
import { keyed } from "./keyed.ts";
import { declareRoute, noSuch } from "./rest-route.ts";
import { schedule, scheduleDetail, scheduleRan } from "./schedule-shapes.ts";

const path = { schedule_id: idInPath({ format: "uuid" }) };

export const SCHEDULE_ACT_ROUTES = [
  declareRoute({
    operationId: "pauseSchedule",
    method: "post",
    path: "/schedules/{schedule_id}/pause",
    noun: "schedules",
    summary: "Pause a schedule",
    description: "It runs no more until it is resumed; its batches go on.",
    permission: "schedules:write",
    takes: { path },
    answer: scheduleDetail.schema,
    example: {
      ...scheduleDetail.example,
      schedule: { ...schedule.example, status: "paused" as const, next_run_at: null },
      next_runs: [],
    },
    refuses: { 404: noSuch("Schedule") },
    respond: async (c, { path: { schedule_id: scheduleId } }) =>
      scheduleDetail.of(await c.get("rest").api.schedules.pause({ scheduleId })),
  }),

  declareRoute({
    operationId: "resumeSchedule",
    method: "post",
    path: "/schedules/{schedule_id}/resume",
    noun: "schedules",
    summary: "Resume a paused schedule",
    description: "From its next moment on, by the rights of whoever resumed it.",
    permission: "schedules:write",
    alsoNeeds: ["batches:create"],
    takes: { path },
    answer: scheduleDetail.schema,
    example: scheduleDetail.example,
    refuses: { 404: noSuch("Schedule") },
    respond: async (c, { path: { schedule_id: scheduleId } }) =>
      scheduleDetail.of(await c.get("rest").api.schedules.resume({ scheduleId })),
  }),

  declareRoute({
    operationId: "runSchedule",
    method: "post",
    path: "/schedules/{schedule_id}/run",
    noun: "schedules",
    summary: "Run a schedule now",
    description: "By the rights of whoever asks. Its next moment stays.",
    permission: "schedules:write",
    alsoNeeds: ["batches:create"],
    takes: {
      path,
      header: keyed("runs it once"),
    },
    tells: { [HEADERS.idempotentReplayed]: "true when an earlier call with this key ran it" },
    answer: scheduleRan.schema,
    example: scheduleRan.example,
    refuses: {
      404: noSuch("Schedule"),
      409: {
        description: "Its last batch has not ended and its runs may not overlap",
        reason: {
          message: "Its last batch has not ended. Wait for it, cancel it, or let runs overlap.",
          code: "SCHEDULE_RUNNING",
        },
      },
    },
    complains: {
      loc: ["header", HEADERS.idempotencyKey],
      msg: `String should have 1 to ${IDEMPOTENCY_KEY_LENGTH_MAX} characters`,
      type: "string_length",
    },
    respond: async (c, { path: { schedule_id: scheduleId }, header }) => {
      const ran = await c.get("rest").api.schedules.runNow({
        scheduleId,
        idempotencyKey: header[HEADERS.idempotencyKey],
      });
      if (ran.replayed) c.header(HEADERS.idempotentReplayed, "true");
      return scheduleRan.of(ran);
    },
  }),

  declareRoute({
    operationId: "deleteSchedule",
    method: "post",
    path: "/schedules/{schedule_id}/delete",
    noun: "schedules",
    summary: "Delete a schedule",
    description: "With the notes of its runs; its batches stay.",
    permission: "schedules:write",
    takes: { path },
    answer: z.strictObject({ deleted: z.boolean() }),
    example: { deleted: true },
    refuses: { 404: noSuch("Schedule") },
    respond: async (c, { path: { schedule_id: scheduleId } }) => {
      const { deleted } = await c.get("rest").api.schedules.delete({ scheduleId });
      return { deleted };
    },
  }),
];
