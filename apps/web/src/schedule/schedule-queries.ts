import { queryOptions } from "@tanstack/react-query";
import type { Api } from "#trpc/api.ts";

/** What every kept answer about schedules is filed under. */
export const SCHEDULES_KEY = ["schedules"];

export const scheduleQuery = (api: Api, scheduleId: string) =>
  queryOptions({
    queryKey: [...SCHEDULES_KEY, "byId", scheduleId],
    queryFn: async () => (await api()).schedules.byId.query({ scheduleId }),
  });
