import { batchRouter } from "./batch/batch.router.ts";
import { keyRouter } from "./api-key/key.router.ts";
import { auditRouter } from "./audit/audit.router.ts";
import { bulkRouter } from "./bulk/bulk.router.ts";
import { dbPortalRouter } from "./db-portal/db-portal.router.ts";
import { contactRouter } from "./contact/contact.router.ts";
import { domainRouter } from "./domain/domain.router.ts";
import { driftRouter } from "./drift/drift.router.ts";
import { exportRouter } from "./export/export.router.ts";
import { featureRouter } from "./feature/feature.router.ts";
import { healthRouter } from "./health/health.router.ts";
import { jobRouter } from "./job/job.router.ts";
import { leadRouter } from "./lead/lead.router.ts";
import { notificationRouter } from "./notification/notification.router.ts";
import { overviewRouter } from "./overview/overview.router.ts";
import { pageRouter } from "./page/page.router.ts";
import { profileRouter } from "./profile/profile.router.ts";
import { queueRouter } from "./queue/queue.router.ts";
import { rbacRouter } from "./rbac/rbac.router.ts";
import { scheduleRouter } from "./schedule/schedule.router.ts";
import { settingsRouter } from "./settings/settings.router.ts";
import { searchRouter } from "./search/search.router.ts";
import { suppressionRouter } from "./suppression/suppression.router.ts";
import { tenantRouter } from "./tenant/tenant.router.ts";
import { viewRouter } from "./view/view.router.ts";
import { workerRouter } from "./worker/worker.router.ts";
import { deliveryRouter, webhookRouter } from "./webhook/webhook.router.ts";
import { createCallerFactory, router } from "./trpc/trpc.ts";

export const appRouter = router({
  overview: overviewRouter,
  batches: batchRouter,
  jobs: jobRouter,
  domains: domainRouter,
  leads: leadRouter,
  contacts: contactRouter,
  pages: pageRouter,
  tenants: tenantRouter,
  profiles: profileRouter,
  rbac: rbacRouter,
  keys: keyRouter,
  audit: auditRouter,
  exports: exportRouter,
  search: searchRouter,
  features: featureRouter,
  settings: settingsRouter,
  suppressions: suppressionRouter,
  views: viewRouter,
  notifications: notificationRouter,
  bulk: bulkRouter,
  schedules: scheduleRouter,
  workers: workerRouter,
  queues: queueRouter,
  deliveries: deliveryRouter,
  webhooks: webhookRouter,
  health: healthRouter,
  db: dbPortalRouter,
  drift: driftRouter,
});

export type AppRouter = typeof appRouter;

/** Calls procedures without HTTP, for REST and tests: permissions and transactions are the same. */
export const proceduresFor = createCallerFactory(appRouter);
export type Procedures = ReturnType<typeof proceduresFor>;
