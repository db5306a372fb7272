import { DomainError, noteRefusal, requirePermission } from "@scrapersky/api";
import { withStatementTags } from "@scrapersky/db";
import { type Context, Hono } from "hono";
import type { AppEnv, Services } from "../http/app-env.ts";
import { logFault } from "../http/log-fault.ts";
import { limitAddress } from "../limit/limit-calls.ts";
import { answerError, refuse } from "./answer-error.ts";
import { ACCOUNT_ROUTES } from "./account-routes.ts";
import { AUDIT_ROUTES } from "./audit-routes.ts";
import { APPEND_BATCH_ROUTE } from "./batch-append-route.ts";
import { BATCH_ACT_ROUTES } from "./batch-act-routes.ts";
import { BATCH_CHANGE_ROUTES } from "./batch-change-routes.ts";
import { BATCH_DRAFT_ROUTE } from "./batch-draft-route.ts";
import { BATCH_ROUTES } from "./batch-routes.ts";
import { BULK_ROUTES } from "./bulk-routes.ts";
import { COUNT_ROUTES } from "./count-routes.ts";
import { DB_PORTAL_ROUTES } from "./db-portal-routes.ts";
import { DOMAIN_ROUTES } from "./domain-routes.ts";
import { DRIFT_ROUTES } from "./drift-routes.ts";
import { EXPORT_LOG_ROUTES } from "./export-log-routes.ts";
import { EXPORT_ROUTES } from "./export-routes.ts";
import { FEATURE_ROUTES } from "./feature-routes.ts";
import { JOB_ROUTES } from "./job-routes.ts";
import { KEY_ROUTES } from "./key-routes.ts";
import { LEAD_CHANGE_ROUTES } from "./lead-change-routes.ts";
import { LEAD_DETAIL_ROUTES } from "./lead-detail-routes.ts";
import { LEAD_ROUTES } from "./lead-routes.ts";
import { OVERVIEW_ROUTES } from "./overview-routes.ts";
import { PAGE_ROUTES } from "./page-routes.ts";
import { PLATFORM_ROUTES } from "./platform-routes.ts";
import { PROFILE_ACT_ROUTES } from "./profile-act-routes.ts";
import { PROFILE_ROUTES } from "./profile-routes.ts";
import { DATABASE_PARAMETERS, readRequest } from "./read-request.ts";
import { type RestRoute, SIGNED_IN } from "./rest-route.ts";
import { ROLE_ACT_ROUTES } from "./role-act-routes.ts";
import { ROLE_ROUTES } from "./role-routes.ts";
import { SCAN_ROUTES } from "./scan-routes.ts";
import { SCHEDULE_ACT_ROUTES } from "./schedule-act-routes.ts";
import { SCHEDULE_ROUTES } from "./schedule-routes.ts";
import { SEARCH_ROUTES } from "./search-routes.ts";
import { SETTINGS_ROUTES } from "./settings-routes.ts";
import { SIDEBAR_ROUTES } from "./sidebar-routes.ts";
import { SQL_ROUTES } from "./sql-routes.ts";
import { SUPPRESSION_ROUTES } from "./suppression-routes.ts";
import { DELIVERY_ROUTES } from "./delivery-routes.ts";
import { TENANT_ROUTES } from "./tenant-routes.ts";
import { VIEW_ROUTES } from "./view-routes.ts";
import { WEBHOOK_ROUTES } from "./webhook-routes.ts";
import { createSignedIn } from "./signed-in.ts";

/** Every route of REST v3, in the order of its document. */
export const V3_ROUTES: readonly RestRoute[] = [
  ...BATCH_ROUTES,
  ...BATCH_ACT_ROUTES,
  ...BATCH_CHANGE_ROUTES,
  APPEND_BATCH_ROUTE,
  BATCH_DRAFT_ROUTE,
  ...OVERVIEW_ROUTES,
  ...JOB_ROUTES,
  ...LEAD_ROUTES,
  ...LEAD_DETAIL_ROUTES,
  ...LEAD_CHANGE_ROUTES,
  ...DOMAIN_ROUTES,
  ...PAGE_ROUTES,
  ...EXPORT_ROUTES,
  ...EXPORT_LOG_ROUTES,
  ...PROFILE_ROUTES,
  ...PROFILE_ACT_ROUTES,
  ...ROLE_ROUTES,
  ...ROLE_ACT_ROUTES,
  ...ACCOUNT_ROUTES,
  ...SEARCH_ROUTES,
  ...KEY_ROUTES,
  ...AUDIT_ROUTES,
  ...SUPPRESSION_ROUTES,
  ...BULK_ROUTES,
  ...SCHEDULE_ROUTES,
  ...SCHEDULE_ACT_ROUTES,
  ...TENANT_ROUTES,
  ...FEATURE_ROUTES,
  ...SIDEBAR_ROUTES,
  ...PLATFORM_ROUTES,
  ...DRIFT_ROUTES,
  ...DB_PORTAL_ROUTES,
  ...SQL_ROUTES,
  ...SETTINGS_ROUTES,
  ...VIEW_ROUTES,
  ...DELIVERY_ROUTES,
  ...WEBHOOK_ROUTES,
  ...SCAN_ROUTES,
  ...COUNT_ROUTES,
];
export const V3_PREFIX = "/api/v3";

/** 1 November 2026. */
const DEPRECATED_SINCE = "@1793491200";

const isOfFirstSystem = ({ req }: Context<AppEnv>): boolean =>
  req.path.startsWith(V3_PREFIX + V3_PREFIX) ||
  DATABASE_PARAMETERS.some((name) => req.query(name) !== undefined);

/**
 * The routes as they were declared. Each translates names and calls a procedure, or the rule behind a
 * list that only REST gives in this shape; it writes nothing but by procedures, which begin the transaction.
 */
export function createV3Routes(services: Services): Hono<AppEnv> {
  const routes = new Hono<AppEnv>();
  routes.use("*", async (c, next) => {
    await next();
    if (!isOfFirstSystem(c)) return;
    c.res.headers.set("Deprecation", DEPRECATED_SINCE);
    c.res.headers.append("Link", '</api/docs>; rel="successor-version"');
  });
  const answerFault = (error: unknown, c: Context<AppEnv>, route?: RestRoute): Response => {
    const answer = answerError(c, error, route?.takes);
    if (answer.status >= 500) logFault(c, services.log, error, { requestId: c.get("requestId") });
    return answer;
  };
  routes.onError((error, c) => answerFault(error, c));
  routes.notFound((c) => refuse(c, 404, { message: "Not Found" }));

  /** What a procedure refuses it has noted itself. */
  const noteRefused = async (c: Context<AppEnv>, route: RestRoute, error: unknown) => {
    if (!(error instanceof DomainError) || error.code !== "FORBIDDEN") return;
    const caller = { ...c.get("rest"), requestId: c.get("requestId"), source: "rest" as const };
    const { errorCode } = error.details;
    await noteRefusal(services.database.db, caller, { action: route.procedure, errorCode });
  };

  const signedIn = createSignedIn(services);
  const byAddress = limitAddress(services);
  const allowed = new Map<string, string[]>();
  for (const route of V3_ROUTES) {
    const path = route.config.getRoutingPath();
    const method = route.config.method.toUpperCase();
    allowed.set(path, [...(allowed.get(path) ?? []), method]);
    const answer = async (c: Context<AppEnv>): Promise<Response> => {
      try {
        return await respond(c, route);
      } catch (error) {
        await noteRefused(c, route, error);
        return answerFault(error, c, route);
      }
    };
    if (route.permission === null) routes.on(method, path, byAddress, answer);
    else routes.on(method, path, signedIn, answer);
  }
  for (const [path, methods] of allowed) {
    routes.all(path, (c) => {
      c.header("Allow", methods.join(", "));
      return refuse(c, 405, { message: "Method Not Allowed" });
    });
  }
  return routes;
}

/** What is wrong with a request is said before what its caller may not do, as the first system did. */
async function respond(c: Context<AppEnv>, route: RestRoute): Promise<Response> {
  const taken = await readRequest(c, route.takes, route.permission !== null);
  if (route.permission !== null) {
    const { actor } = c.get("rest");
    const { tenant_id: tenantId = "" } = taken.body;
    if (tenantId !== "" && tenantId !== actor.tenantId) {
      return refuse(c, 403, { message: "Forbidden" });
    }
    for (const each of [route.permission, ...route.alsoNeeds]) {
      if (each !== SIGNED_IN) requirePermission(actor, each);
    }
  }
  const tags = { requestId: c.get("requestId"), procedure: route.procedure };
  const answer = await withStatementTags(tags, () => route.respond(c, taken as never));
  return answer instanceof Response ? answer : c.json(answer);
}
