// The door of the worker and of the operator's commands. Loads no tRPC.
export { startJobs, type StartedJob, type StartInput } from "./job/start-jobs.ts";
export {
  type EndedAttempt,
  recordOutcomes,
  type RecordedJob,
  type RecordInput,
} from "./job/record-outcome.ts";
export { cancelJob } from "./job/cancel-job.ts";
export { retryJob } from "./job/retry-job.ts";
export { releaseJob } from "./job/release-job.ts";
export { findCancelled, recordLost } from "./job/record-lost.ts";
export { spareLost } from "./job/spare-lost.ts";
export { promoteJobs } from "./backlog/promote-jobs.ts";
export { endSuppressed } from "./suppression/end-suppressed.ts";
export { findUnwantedVisits } from "./suppression/find-unwanted-visits.ts";
export { findOpenPurge } from "./suppression/find-open-purge.ts";
export { continuePurge } from "./suppression/continue-purge.ts";
export { findOpenBulk } from "./bulk/find-open-bulk.ts";
export { continueBulk } from "./bulk/continue-bulk.ts";
export { noteBulkFault } from "./bulk/note-bulk-fault.ts";
export { forgetFormer } from "./bulk/forget-former.ts";
export { noteDrift, noteDriftNightly } from "./drift/note-drift.ts";
export { forgetOld } from "./upkeep/forget-old.ts";
export { retireBatches } from "./upkeep/retire-batches.ts";
export { retireLeads } from "./upkeep/retire-leads.ts";
export { type NetworkPlace, takeNetworkPlaces } from "./address/take-network-places.ts";
export { keepNetworkPlaces } from "./address/keep-network-places.ts";
export { leaveAllNetworkPlaces, leaveNetworkPlaces } from "./address/leave-network-places.ts";
export { findHostPauses, type HostPause, pauseHosts } from "./address/pause-hosts.ts";
export { startBulk } from "./bulk/start-bulk.ts";
export { findPermanentFault } from "./errors/permanent-fault.ts";
export { type RanSchedule, runDueSchedule } from "./schedule/run-due-schedule.ts";
export { type ClaimedDelivery, claimDeliveries } from "./webhook/claim-deliveries.ts";
export {
  recordDelivery,
  type RecordedDelivery,
  releaseDelivery,
} from "./webhook/record-delivery.ts";
export type { TryResult } from "./webhook/judge-try.ts";
export { createWebhook } from "./webhook/create-webhook.ts";
export { testWebhook } from "./webhook/test-webhook.ts";
export { tellExpiringKeys } from "./webhook/tell-expiring-keys.ts";
export { tellFailures } from "./webhook/tell-failures.ts";
export { postponeJobs } from "./backlog/postpone-jobs.ts";
export { FIRST_BATCH, refillQueue } from "./backlog/refill-queue.ts";
export { type StorageFailure, storageFailureOf } from "./job/storage-failure.ts";
export { createBatch } from "./batch/create-batch.ts";
export { readGiven } from "./batch/read-given.ts";
export { cancelBatch } from "./batch/cancel-batch.ts";
export { pauseBatch } from "./batch/pause-batch.ts";
export { withdrawPaused } from "./batch/withdraw-paused.ts";
export { withdrawBatch } from "./batch/withdraw-batch.ts";
export { cancelNextOfBatch, findCancelling } from "./batch/cancel-next-of-batch.ts";
export { resumeBatch } from "./batch/resume-batch.ts";
export { renameBatch } from "./batch/rename-batch.ts";
export { deleteBatch } from "./batch/delete-batch.ts";
export { restoreBatch } from "./batch/restore-batch.ts";
export { removeNextOfBatch } from "./batch/remove-batch.ts";
export type { Caller } from "./rbac/actor.ts";
export type { Author, Outsider } from "./rbac/actor.ts";
export { DomainError } from "./errors/domain-error.ts";
export { createTenant } from "./tenant/create-tenant.ts";
export { getTenant } from "./tenant/get-tenant.ts";
export { findFirstSteps, makeFirstOwner } from "./tenant/make-first-owner.ts";
export { switchTenant } from "./tenant/switch-tenant.ts";
export { deleteTenant } from "./tenant/delete-tenant.ts";
export { restoreTenant } from "./tenant/restore-tenant.ts";
export { listTenants } from "./tenant/list-tenants.ts";
export { removeNextOfTenant } from "./tenant/remove-tenant.ts";
export { addPerson } from "./profile/add-person.ts";
export { disablePerson, enablePerson } from "./profile/disable-person.ts";
export { grantPlatform, revokePlatform } from "./profile/grant-platform.ts";
export { getPerson } from "./profile/find-person.ts";
export { listStaff } from "./profile/list-staff.ts";
export { assignRole } from "./rbac/assign-role.ts";
export { createSignInLink } from "./sign-in-link/create-sign-in-link.ts";
export { createServiceKey } from "./api-key/create-service-key.ts";
export { listApiKeys } from "./api-key/list-api-keys.ts";
export { revokeApiKey } from "./api-key/revoke-api-key.ts";
export {
  bringUpNextLeads,
  chooseNextByRule,
  countWithoutLead,
  FROM_THE_BEGINNING,
} from "./lead/bring-up-next.ts";
export { PERMISSIONS } from "./rbac/permissions.ts";
export { listBatches } from "./batch/list-batches.ts";
export { listContacts } from "./contact/list-contacts.ts";
export { listJobs } from "./job/list-jobs.ts";
export { listLeads } from "./lead/list-leads.ts";
export { listPages } from "./page/list-pages.ts";
export { endWorker, findWorkerOrder, tellWorker, type WorkerSign } from "./worker/tell-worker.ts";
export { insertMissingAccounts } from "./profile/insert-missing-accounts.ts";
