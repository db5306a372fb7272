import { contactReaderOf } from "../rbac/contact-reader.ts";
import { requirePermission } from "../rbac/require-permission.ts";
import { countProcedure, listProcedure } from "../trpc/list-procedure.ts";
import { ONE_SNAPSHOT, permitted, router } from "../trpc/trpc.ts";
import { createSchedule } from "./create-schedule.ts";
import { deleteSchedule } from "./delete-schedule.ts";
import { getSchedule } from "./get-schedule.ts";
import { listSchedules } from "./list-schedules.ts";
import { pauseSchedule } from "./pause-schedule.ts";
import { previewSchedule } from "./preview-schedule.ts";
import { resumeSchedule } from "./resume-schedule.ts";
import { runScheduleNow } from "./run-schedule-now.ts";
import {
  scheduleCreateInput,
  scheduleIdInput,
  schedulePreviewInput,
  scheduleRunNowInput,
  scheduleUpdateInput,
} from "./schedule-input.ts";
import { updateSchedule } from "./update-schedule.ts";

/** Whoever lets it run could submit the batch by hand. */
const running = permitted("schedules:write").use(({ ctx, next }) => {
  requirePermission(ctx.actor, "batches:create");
  return next();
});

export const scheduleRouter = router({
  list: listProcedure(listSchedules),
  count: countProcedure(listSchedules),

  byId: permitted("schedules:read")
    .input(scheduleIdInput)
    .query(({ ctx, input }) =>
      ctx.db.transaction(
        (tx) => getSchedule(tx, contactReaderOf(ctx.actor), input.scheduleId),
        ONE_SNAPSHOT,
      ),
    ),

  preview: permitted("schedules:read")
    .input(schedulePreviewInput)
    .query(({ input }) => previewSchedule(input, new Date())),

  create: running
    .input(scheduleCreateInput)
    .mutation(({ ctx, input }) =>
      ctx.db.transaction((tx) => createSchedule(tx, ctx, input, new Date())),
    ),

  update: running
    .input(scheduleUpdateInput)
    .mutation(({ ctx, input }) =>
      ctx.db.transaction((tx) => updateSchedule(tx, ctx, input, new Date())),
    ),

  pause: permitted("schedules:write")
    .input(scheduleIdInput)
    .mutation(({ ctx, input }) =>
      ctx.db.transaction((tx) => pauseSchedule(tx, ctx, input.scheduleId)),
    ),

  resume: running
    .input(scheduleIdInput)
    .mutation(({ ctx, input }) =>
      ctx.db.transaction((tx) => resumeSchedule(tx, ctx, input.scheduleId, new Date())),
    ),

  /** Makes a batch now; the next moment stays. */
  runNow: running
    .input(scheduleRunNowInput)
    .mutation(({ ctx, input }) => ctx.db.transaction((tx) => runScheduleNow(tx, ctx, input))),

  delete: permitted("schedules:write")
    .input(scheduleIdInput)
    .mutation(({ ctx, input }) =>
      ctx.db.transaction((tx) => deleteSchedule(tx, ctx, input.scheduleId)),
    ),
});
