import { TRPCClientError, type TRPCLink } from "@trpc/client";
import { observable } from "@trpc/server/observable";
import type { AppRouter } from "#trpc/router.ts";
import { BATCHES, JOB_COMPLETE, JOB_FAILED, JOBS, PROGRESS } from "./batch-fixtures.ts";
import { BULK, BULK_ENDED, BULK_SKIPPED, BULKS, previewOf } from "./bulk-fixtures.ts";
import { PLATFORM } from "./health-fixtures.ts";
import { LEAD } from "./lead-fixture.ts";
import { scannedLately } from "./list-fixtures.ts";
import { HEALTH, NOTIFICATIONS, NUMBERS, REASONS } from "./overview-fixtures.ts";
import { DELIVERIES, DELIVERY, WEBHOOK, WEBHOOK_GONE, WEBHOOKS } from "./webhook-fixtures.ts";
import { PAUSED, PREVIEW, SCHEDULE, SCHEDULES } from "./schedule-fixtures.ts";
import { CONTACTS, EXPORTS, facetsOf, LEADS, searchOf, viewsOf } from "./result-fixtures.ts";
import { DOMAIN, DOMAIN_NEVER_READ, DOMAIN_PARKED, PROFILES } from "./site-fixtures.ts";
import { AUDIT, FLAGS, KEYS, ROLES } from "./team-fixtures.ts";
import type { Scene } from "./views.ts";

const ONE_PAGE = { nextCursor: null, previousCursor: null };

const DATA: Record<string, (input: Record<string, unknown>) => unknown> = {
  "leads.list": () => ({ items: LEADS, nextCursor: "older", previousCursor: null }),
  "contacts.list": () => ({ items: CONTACTS, ...ONE_PAGE }),
  "exports.list": () => ({ items: EXPORTS, ...ONE_PAGE }),
  "profiles.preferences.get": ({ key }) => ({ key, value: null }),
  "views.of": ({ list }) => viewsOf(list as string),
  "batches.list": ({ status, limit }) => ({
    items: BATCHES.filter(
      (batch) => status === undefined || (status as string[]).includes(batch.status),
    ).slice(0, limit as number),
    nextCursor: status === undefined ? "older" : null,
    previousCursor: null,
  }),
  "batches.byId": () => PROGRESS,
  "batches.validate": ({ rows }) => ({
    recent: (rows as string[]).flatMap((domain) => scannedLately(domain)),
    invalid: [],
    pace: { pagesPerDomain: 9, secondsPerPage: 1.4 },
  }),
  "jobs.list": ({ status, q }) => ({
    items: JOBS.filter(
      (job) =>
        (status === undefined || (status as string[]).includes(job.status)) &&
        (q === undefined || job.domain.startsWith(q as string)),
    ),
    ...ONE_PAGE,
  }),
  "jobs.byId": ({ jobId }) => (jobId === "complete" ? JOB_COMPLETE : JOB_FAILED),
  "domains.byId": ({ domainId }) =>
    ({ parked: DOMAIN_PARKED, "never-read": DOMAIN_NEVER_READ })[domainId as string] ?? DOMAIN,
  "leads.byId": () => LEAD,
  "search.global": ({ q }) => searchOf(q as string),
  "overview.numbers": () => NUMBERS,
  "overview.reasons": () => REASONS,
  "overview.health": () => HEALTH,
  "notifications.latest": () => NOTIFICATIONS,
  "schedules.list": () => ({ items: SCHEDULES, ...ONE_PAGE }),
  "schedules.byId": () => SCHEDULE,
  "schedules.preview": () => PREVIEW,
  "rbac.roles": () => ROLES,
  "features.flags": () => FLAGS,
  "health.overview": () => PLATFORM,
  "audit.list": () => ({ items: AUDIT, ...ONE_PAGE }),
  "webhooks.list": () => ({ items: WEBHOOKS, ...ONE_PAGE }),
  "webhooks.byId": () => WEBHOOK,
  "deliveries.list": () => ({ items: DELIVERIES, ...ONE_PAGE }),
  "deliveries.byId": () => DELIVERY,
  "keys.list": () => ({ items: KEYS, ...ONE_PAGE }),
  "bulk.list": () => ({ items: BULKS, ...ONE_PAGE }),
  "bulk.byId": () => BULK,
  "bulk.skipped": () => BULK_SKIPPED,
  "bulk.preview": ({ action }) => previewOf(action as string),
  "bulk.start": () => BULK_ENDED,
  "profiles.list": () => ({ items: PROFILES, ...ONE_PAGE }),
};

const ENDED: typeof DATA = {
  ...DATA,
  "batches.byId": () => ({
    ...PROGRESS,
    status: "partial",
    progress: 100,
    counts: { complete: 283, failed: 17, cancelled: 0, running: 0, pending: 0 },
    ratePerMinute: null,
    etaSeconds: null,
    endedAt: new Date(Date.parse(PROGRESS.startedAt ?? "") + 241_000).toISOString(),
    processingSeconds: 241,
  }),
  "bulk.byId": () => BULK_ENDED,
  "schedules.byId": () => PAUSED,
  "webhooks.byId": () => WEBHOOK_GONE,
  "jobs.byId": () => ({
    ...JOB_FAILED,
    status: "pending",
    error: null,
    errorCode: null,
    attemptList: [],
    durationSeconds: null,
  }),
};

const refusal = (httpStatus: number, message: string): TRPCClientError<AppRouter> =>
  TRPCClientError.from({
    error: {
      message,
      code: -32000,
      data: { code: "INTERNAL_SERVER_ERROR", httpStatus, requestId: "req-7f3a9c21e4" },
    },
  } as never);

/** What every list is asked beside its rows, else what the fixtures hold. */
const answerOf = (
  path: string,
  scene: Scene,
  source: typeof DATA,
  input: Record<string, unknown>,
): unknown => {
  const [list = "", question] = path.split(".");
  if (scene === "empty" && question === "list") return { items: [], ...ONE_PAGE };
  if (question === "count") return { value: 1_200_000, exact: input["exact"] === true };
  if (question === "facets") return facetsOf(list);
  return source[path]?.(input);
};

/** Answers every call from the fixtures, or with the fault a scene is about. */
export const fixtureLink =
  (scene: Scene): TRPCLink<AppRouter> =>
  () =>
  ({ op }) =>
    observable((observer) => {
      if (scene === "loading" || op.type === "subscription") return;
      if (scene === "error") return observer.error(refusal(500, "Internal server error"));
      if (scene === "forbidden") return observer.error(refusal(403, "Forbidden"));
      if (scene === "unreachable")
        return observer.error(TRPCClientError.from(new Error("fetch failed")));
      const source = scene === "ended" ? ENDED : DATA;
      const answer = answerOf(op.path, scene, source, (op.input ?? {}) as Record<string, unknown>);
      observer.next({ result: { type: "data", data: answer } });
      observer.complete();
    });
