import type { AnyList, ListInput } from "../list/list.contract.ts";
import { SCHEDULE_NAME_LENGTH_MAX } from "../wire.contract.ts";

/** What runs again by itself. */
export const SCHEDULE_LIST = {
  name: "schedules",
  permission: "schedules:read",
  filters: {
    status: { kind: "choices", words: ["active", "paused"] },
    /** Any part of the name. */
    q: { kind: "text", max: SCHEDULE_NAME_LENGTH_MAX },
  },
  orders: { newest: [] },
} as const satisfies AnyList;
export type ScheduleListInput = ListInput<typeof SCHEDULE_LIST>;
