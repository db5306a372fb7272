import { z } from "@hono/zod-openapi";
import {
  type Brought,
  OVERVIEW_DAYS,
  type OverviewHealth,
  type OverviewReason,
} from "@scrapersky/api/contract";
import { BATCH_ID } from "./batch-standing.ts";
import { legacyTime, legacyTimeOrNull, time } from "./legacy-time.ts";
import { declareRoute } from "./rest-route.ts";
import { shapeOf } from "./shape.ts";

const count = z.int();

const brought = shapeOf<Brought>()("Brought", {
  read: [count.openapi({ description: "Sites that were read" }), ({ read }) => read, 1],
  failed: [
    count.openapi({ description: "Visits that failed, also those of sites that were read later" }),
    ({ failed }) => failed,
    0,
  ],
  new_emails: [count, ({ newEmails }) => newEmails, 0],
  new_phones: [count, ({ newPhones }) => newPhones, 0],
});

const reason = shapeOf<OverviewReason>()("OverviewReason", {
  code: [z.string(), ({ code }) => code, "timeout"],
  message: [z.string(), ({ message }) => message, "The site did not answer in time."],
  count: [count, (of) => of.count, 1],
  can_run_again: [z.boolean(), ({ canRunAgain }) => canRunAgain, true],
  batches: [
    z.array(z.strictObject({ batch_id: z.uuid(), count })),
    ({ batches }) =>
      batches.map(({ batchId, count: jobs }) => ({ batch_id: batchId, count: jobs })),
    [{ batch_id: BATCH_ID, count: 1 }],
  ],
});

const work = shapeOf<OverviewHealth>()("OverviewWork", {
  state: [z.enum(["idle", "working", "stalled"]), ({ state }) => state, "idle"],
  running: [count, ({ running }) => running, 0],
  waiting: [count, ({ waiting }) => waiting, 0],
  last_ended_at: [time.nullable(), ({ lastEndedAt }) => legacyTimeOrNull(lastEndedAt), null],
  as_of: [time, ({ asOf }) => legacyTime(asOf), "2026-11-21T09:00:07.310022+00:00"],
});

export const OVERVIEW_ROUTES = [
  declareRoute({
    operationId: "getOverview",
    method: "get",
    path: "/overview",
    noun: "batches",
    summary: "What the last two weeks brought, why jobs failed, and whether work gets done",
    description:
      "Days are of UTC, the oldest first; reasons are those of batches of the last seven days, the most frequent first.",
    permission: "overview:read",
    answer: z.strictObject({
      this_week: brought.schema,
      last_week: brought.schema,
      days: z.array(
        z.strictObject({ ...brought.schema.shape, day: z.iso.date() }).openapi("BroughtOnDay"),
      ),
      reasons: z.array(reason.schema),
      work: work.schema,
    }),
    example: {
      this_week: brought.example,
      last_week: { ...brought.example, read: 0 },
      days: Array.from({ length: OVERVIEW_DAYS }, (_, at) => ({
        ...brought.example,
        day: `2026-11-${String(at + 8).padStart(2, "0")}`,
      })),
      reasons: [reason.example],
      work: work.example,
    },
    respond: async (c) => {
      const { overview } = c.get("rest").api;
      const numbers = await overview.numbers();
      const [reasons, health] = [await overview.reasons(), await overview.health()];
      return {
        this_week: brought.of(numbers.thisWeek),
        last_week: brought.of(numbers.lastWeek),
        days: numbers.days.map(({ day, ...of }) => ({ day, ...brought.of(of) })),
        reasons: reasons.map(reason.of),
        work: work.of(health),
      };
    },
  }),
];
