import { ApiError } from "#trpc/call.ts";
import type { Api } from "#trpc/client.tsx";
import { createApiOptions } from "#trpc/options.ts";
import { BATCHES, JOB_COMPLETE, JOB_FAILED, JOBS, PROGRESS } from "./batch-fixtures.ts";
import { DOMAIN, PROFILES } from "./site-fixtures.ts";
import type { Scene } from "./views.ts";

const DATA: Record<string, (input: Record<string, unknown>) => unknown> = {
  "batches.list": ({ status, limit }) => ({
    items: BATCHES.filter(
      (batch) => status === undefined || (status as string[]).includes(batch.status),
    ).slice(0, limit as number),
    nextCursor: status === undefined ? "older" : null,
  }),
  "batches.status": () => PROGRESS,
  "jobs.list": ({ status, q }) => ({
    items: JOBS.filter(
      (job) =>
        (status === undefined || (status as string[]).includes(job.status)) &&
        (q === undefined || job.domain.startsWith(q as string)),
    ),
    nextCursor: null,
  }),
  "jobs.byId": ({ jobId }) => (jobId === "complete" ? JOB_COMPLETE : JOB_FAILED),
  "domains.byId": () => DOMAIN,
  "profiles.list": () => ({ items: PROFILES, nextCursor: null }),
};

const ENDED: typeof DATA = {
  ...DATA,
  "batches.status": () => ({
    ...PROGRESS,
    status: "partial",
    progress: 100,
    counts: { complete: 283, failed: 17, cancelled: 0, running: 0, pending: 0 },
    ratePerMinute: null,
    etaSeconds: null,
    endedAt: new Date(Date.parse(PROGRESS.startedAt ?? "") + 241_000).toISOString(),
    processingSeconds: 241,
  }),
  "jobs.byId": () => ({
    ...JOB_FAILED,
    status: "pending",
    error: null,
    errorCode: null,
    attemptList: [],
    durationSeconds: null,
  }),
};

const refusal = (httpStatus: number, message: string): ApiError =>
  new ApiError(message, { httpStatus, requestId: "req-7f3a9c21e4" });

const never = new Promise<never>(() => undefined);

/** Answers every call from the fixtures, or with the fault a scene is about. */
export const fixtureApi = (scene: Scene): Api => ({
  options: createApiOptions(async (_type, path, input) => {
    if (scene === "loading") return never;
    if (scene === "error") throw refusal(500, "Internal server error");
    if (scene === "forbidden") throw refusal(403, "Forbidden");
    if (scene === "unreachable") throw new ApiError("fetch failed");
    if (scene === "empty" && path.endsWith(".list")) return { items: [], nextCursor: null };
    const source = scene === "ended" ? ENDED : DATA;
    return source[path]?.((input ?? {}) as Record<string, unknown>);
  }),
  streams: () => never,
});
