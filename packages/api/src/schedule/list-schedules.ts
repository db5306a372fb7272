import { schedules } from "@scrapersky/db/schema";
import { eq, inArray, sql } from "drizzle-orm";
import { containsFolded } from "../list/contains.ts";
import { defineList } from "../list/define-list.ts";
import { descending } from "../list/list-rows.ts";
import { SCHEDULE_LIST } from "./schedule-list.contract.ts";
import { LATEST_RUN, SCHEDULE_COLUMNS, toSchedule } from "./schedule-row.ts";

/** The index on (tenant_id, created_at, id) gives the page. */
export const listSchedules = defineList(SCHEDULE_LIST, {
  rows: {
    tenant: schedules.tenantId,
    id: schedules.id,
    from: (select) => select.from(schedules),
    where: {
      status: (statuses) => inArray(schedules.status, statuses),
      q: (part) => containsFolded(sql`lower(${schedules.name})`, part),
    },
    orders: { newest: descending(schedules.createdAt, schedules.id) },
  },
  read: ({ reader, page, place }) =>
    reader
      .select({ ...place, ...SCHEDULE_COLUMNS })
      .from(page)
      .innerJoin(schedules, eq(schedules.id, page.id))
      .leftJoinLateral(LATEST_RUN, sql`true`),
  toItem: toSchedule,
});
