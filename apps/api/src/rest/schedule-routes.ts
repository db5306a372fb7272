import type { z } from "@hono/zod-openapi";
import { listSchedules } from "@scrapersky/api";
import {
  BATCH_NAME_LENGTH_MAX,
  CRON_LENGTH_MAX,
  HEADERS,
  LEAD_LIST,
  MAX_CONCURRENT_MAX,
  MAX_PAGES_MAX,
  MISSED_POLICIES,
  OVERLAP_POLICIES,
  SCHEDULE_MINUTES_MIN,
  SCHEDULE_NAME_LENGTH_MAX,
  SCHEDULES_MAX,
  type ScheduleSource,
  TIME_ZONE_LENGTH_MAX,
} from "@scrapersky/api/contract";
import { RequestProblem } from "./answer-error.ts";
import { idInPath, moment, oneOf, text, wholeNumberOrNone } from "./field.ts";
import { listFilter } from "./list-filter.ts";
import { declareListRoute } from "./list-route.ts";
import { keyed, otherRequest } from "./keyed.ts";
import { declareRoute, noSuch } from "./rest-route.ts";
import { schedule, scheduleDetail, schedulePreview } from "./schedule-shapes.ts";

const path = { schedule_id: idInPath({ format: "uuid" }) };
const times = {
  cron: text({
    min: 1,
    max: CRON_LENGTH_MAX,
    description: `Minute, hour, day of the month, month, day of the week; at most every ${SCHEDULE_MINUTES_MIN} minutes`,
    example: "30 6 * * MON-FRI",
  }),
  time_zone: text({
    min: 1,
    max: TIME_ZONE_LENGTH_MAX,
    description: "A name of the IANA's",
    example: "Europe/Berlin",
  }),
};
const settings = {
  name: text({ min: 1, max: SCHEDULE_NAME_LENGTH_MAX, example: "Bakeries" }),
  ...times,
  batch_id: text({
    min: 1,
    max: BATCH_NAME_LENGTH_MAX,
    description: "The batch whose list is run, as it is then; or filter",
    example: "0f8b1c9e-6d1e-4a52-9f0a-3f4f6f1f7c11",
  }),
  filter: listFilter(LEAD_LIST, {
    description:
      'What GET /leads takes, as an object such as {"country": ["DE"]}: the leads that it finds then are run; or batch_id',
  }),
  missed: oneOf({
    known: MISSED_POLICIES,
    description: "What becomes of runs that nobody was there for: none, or one for all; skip",
  }),
  overlap: oneOf({
    known: OVERLAP_POLICIES,
    description: "Of a run that is due while a batch of it has not ended: left out, or run; skip",
  }),
  max_pages: wholeNumberOrNone({
    min: 1,
    max: MAX_PAGES_MAX,
    description: "Pages fetched of each domain at most",
  }),
  max_concurrent: wholeNumberOrNone({
    min: 1,
    max: MAX_CONCURRENT_MAX,
    description: "Domains of a run scraped at the same time",
  }),
};

const missing = (field: string) => ({
  loc: ["body", field],
  msg: "Field required",
  type: "missing",
});

type Body = { [Name in keyof typeof settings]: z.output<(typeof settings)[Name]> };

const needed = (field: string, value: string | undefined): string => {
  if (value === undefined) throw new RequestProblem([missing(field)]);
  return value;
};

/** One of both; undefined when neither is there. */
function sourceOf({ batch_id: batchId, filter }: Body): ScheduleSource | undefined {
  if (batchId !== undefined && filter !== undefined) {
    const msg = "Give either batch_id or filter";
    throw new RequestProblem([{ loc: ["body", "filter"], msg, type: "value_error" }]);
  }
  if (batchId !== undefined) return { kind: "batch", batchId };
  return filter && { kind: "leads", filter };
}

const settingsOf = (body: Body) => ({
  missed: body.missed as (typeof MISSED_POLICIES)[number] | undefined,
  overlap: body.overlap as (typeof OVERLAP_POLICIES)[number] | undefined,
  maxPages: body.max_pages,
  maxConcurrent: body.max_concurrent,
});

const refusesStale = {
  description: "Somebody else changed it meanwhile",
  reason: {
    message: "Somebody else changed this schedule meanwhile. Read it again.",
    code: "STALE",
  },
};

export const SCHEDULE_ROUTES = [
  declareListRoute({
    operationId: "listSchedules",
    path: "/schedules",
    noun: "schedules",
    summary: "What runs again by itself, newest first",
    list: listSchedules,
    shape: schedule,
    words: { q: { description: "Any part of the name" } },
  }),

  declareRoute({
    operationId: "previewSchedule",
    method: "post",
    path: "/schedules/preview",
    noun: "schedules",
    summary: "Say when a schedule would run",
    permission: "schedules:read",
    takes: { body: times },
    answer: schedulePreview.schema,
    example: schedulePreview.example,
    complains: missing("cron"),
    respond: async (c, { body }) =>
      schedulePreview.of(
        await c.get("rest").api.schedules.preview({
          cron: needed("cron", body.cron),
          timeZone: needed("time_zone", body.time_zone),
        }),
      ),
  }),

  declareRoute({
    operationId: "getSchedule",
    method: "get",
    path: "/schedules/{schedule_id}",
    noun: "schedules",
    summary: "One schedule with its next runs and its latest ones",
    permission: "schedules:read",
    takes: { path },
    answer: scheduleDetail.schema,
    example: scheduleDetail.example,
    refuses: { 404: noSuch("Schedule") },
    respond: async (c, { path: { schedule_id: scheduleId } }) =>
      scheduleDetail.of(await c.get("rest").api.schedules.byId({ scheduleId })),
  }),

  declareRoute({
    operationId: "createSchedule",
    method: "post",
    path: "/schedules",
    noun: "schedules",
    summary: "Run a list or a filter again by cron",
    description: `A tenant has at most ${SCHEDULES_MAX}. It runs by the rights of whoever created it, or last changed or resumed it; a filter also needs domains:read then, and contacts:read where it asks for contacts.`,
    permission: "schedules:write",
    alsoNeeds: ["batches:create"],
    takes: {
      body: settings,
      header: keyed("gives the same schedule"),
    },
    tells: { [HEADERS.idempotentReplayed]: "true when an earlier call with this key made it" },
    answer: scheduleDetail.schema,
    example: scheduleDetail.example,
    refuses: {
      404: noSuch("Batch"),
      409: otherRequest,
    },
    complains: missing("name"),
    respond: async (c, { body, header }) => {
      const { api } = c.get("rest");
      const name = needed("name", body.name);
      const cron = needed("cron", body.cron);
      const timeZone = needed("time_zone", body.time_zone);
      const source = sourceOf(body);
      if (!source) throw new RequestProblem([missing("batch_id")]);
      const made = await api.schedules.create({
        ...settingsOf(body),
        name,
        cron,
        timeZone,
        source,
        idempotencyKey: header[HEADERS.idempotencyKey],
      });
      if (made.replayed) c.header(HEADERS.idempotentReplayed, "true");
      return scheduleDetail.of(made);
    },
  }),

  declareRoute({
    operationId: "updateSchedule",
    method: "post",
    path: "/schedules/{schedule_id}",
    noun: "schedules",
    summary: "Change a schedule",
    description:
      "What is left out stays. From then on it runs by the rights of whoever changed it.",
    permission: "schedules:write",
    alsoNeeds: ["batches:create"],
    takes: {
      path,
      body: { updated_at: moment({ description: "What it was read with" }), ...settings },
    },
    answer: scheduleDetail.schema,
    example: scheduleDetail.example,
    refuses: { 404: noSuch("Schedule"), 409: refusesStale },
    complains: missing("updated_at"),
    respond: async (c, { path: { schedule_id: scheduleId }, body }) => {
      const { name, cron, time_zone: timeZone } = body;
      return scheduleDetail.of(
        await c.get("rest").api.schedules.update({
          scheduleId,
          expectedUpdatedAt: needed("updated_at", body.updated_at),
          patch: { ...settingsOf(body), name, cron, timeZone, source: sourceOf(body) },
        }),
      );
    },
  }),
];
