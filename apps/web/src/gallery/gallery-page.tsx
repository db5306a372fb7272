"use client";

import type { ReactNode } from "react";
import { AuditView } from "#audit/audit-view.tsx";
import { BatchView } from "#batch/batch-view.tsx";
import { BatchesView } from "#batch/batches-view.tsx";
import { NewBatchView, type BatchLimits } from "#batch/new-batch-view.tsx";
import { BulkListView } from "#bulk/bulk-list-view.tsx";
import { BulkView } from "#bulk/bulk-view.tsx";
import { ContactsView } from "#contact/contacts-view.tsx";
import { DomainView } from "#domain/domain-view.tsx";
import { ExportsView } from "#export/exports-view.tsx";
import { FeaturesView } from "#feature/features-view.tsx";
import { HealthView } from "#health/health-view.tsx";
import { JobView } from "#job/job-view.tsx";
import { JobsView } from "#job/jobs-view.tsx";
import { KeysView } from "#key/keys-view.tsx";
import { LeadsView } from "#lead/leads-view.tsx";
import { OverviewView } from "#overview/overview-view.tsx";
import { ProfilesView } from "#profile/profiles-view.tsx";
import { RolesView } from "#role/roles-view.tsx";
import { ScheduleView } from "#schedule/schedule-view.tsx";
import { SchedulesView } from "#schedule/schedules-view.tsx";
import { Frame } from "#shell/frame.tsx";
import { MeProvider } from "#shell/me.tsx";
import type { Theme } from "#shell/theme.ts";
import { ApiProvider } from "#trpc/client.tsx";
import { ComponentsView } from "./components-view.tsx";
import { fixtureLink } from "./fixture-link.ts";
import { KeptDraftScene } from "./kept-draft-scene.tsx";
import { LAST_KEPT, LIST_KEPT } from "./list-fixtures.ts";
import { DeliveryView } from "#webhook/delivery-view.tsx";
import { WebhookView } from "#webhook/webhook-view.tsx";
import { WebhooksView } from "#webhook/webhooks-view.tsx";
import { OverlaysView } from "./overlays-view.tsx";
import { ME, PLACES } from "./fixture-base.ts";
import type { GalleryView, Scene } from "./views.ts";

const LIMITS: BatchLimits = {
  domainsMax: 100_000,
  maxPagesDefault: 50,
  maxPagesMax: 1000,
  maxConcurrentDefault: 5,
  maxConcurrentMax: 100,
  labelLengthMax: 200,
};

const VIEWS: Record<GalleryView, ReactNode> = {
  components: <ComponentsView />,
  overlays: <OverlaysView />,
  overview: <OverviewView />,
  leads: <LeadsView />,
  contacts: <ContactsView />,
  exports: <ExportsView />,
  batches: <BatchesView />,
  "new-batch": <NewBatchView limits={LIMITS} />,
  "new-batch-list": <KeptDraftScene kept={LIST_KEPT} limits={LIMITS} />,
  "new-batch-again": <KeptDraftScene kept={LAST_KEPT} limits={LIMITS} />,
  batch: <BatchView batchId="any" />,
  jobs: <JobsView />,
  job: <JobView jobId="failed" />,
  "job-complete": <JobView jobId="complete" />,
  domain: <DomainView domainId="any" />,
  "domain-parked": <DomainView domainId="parked" />,
  "domain-never-read": <DomainView domainId="never-read" />,
  schedules: <SchedulesView />,
  schedule: <ScheduleView scheduleId="any" />,
  bulk: <BulkListView />,
  "bulk-action": <BulkView bulkId="any" />,
  profiles: <ProfilesView />,
  keys: <KeysView />,
  audit: <AuditView />,
  roles: <RolesView />,
  features: <FeaturesView />,
  health: <HealthView />,
  webhooks: <WebhooksView />,
  webhook: <WebhookView webhookId="any" />,
  delivery: <DeliveryView deliveryId="any" />,
};

/** One page of the product on made-up data, in one of its states. */
export function GalleryPage({
  view,
  scene,
  theme,
}: {
  view: GalleryView;
  scene: Scene;
  theme: Theme;
}) {
  return (
    <ApiProvider key={scene} tenant={ME.tenant.slug} link={fixtureLink(scene)}>
      <MeProvider me={ME} places={PLACES}>
        <Frame theme={theme}>{VIEWS[view]}</Frame>
      </MeProvider>
    </ApiProvider>
  );
}
