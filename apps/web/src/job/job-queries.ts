import { queryOptions } from "@tanstack/react-query";
import type { Api } from "#trpc/api.ts";

/** What every kept answer about jobs is filed under. */
export const JOBS_KEY = ["jobs"];

export const jobQuery = (api: Api, jobId: string) =>
  queryOptions({
    queryKey: [...JOBS_KEY, "byId", jobId],
    queryFn: async () => (await api()).jobs.byId.query({ jobId }),
  });
