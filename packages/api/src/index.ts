// The door of apps/api: procedures, what they need, and how their errors read.
export { type AppRouter, appRouter, type Procedures, proceduresFor } from "./router.ts";
export type { Mail, SendMail } from "./mail/mail.ts";
export type { Context } from "./trpc/context.ts";
export {
  type BatchWatcher,
  createBatchWatcher,
  type WatcherOptions,
} from "./batch/batch-watcher.ts";
export { DomainError, type DomainCode } from "./errors/domain-error.ts";
export { describeError, type SafeError } from "./errors/error-mapping.ts";
export type { Actor, Caller } from "./rbac/actor.ts";
export { type Permission, PERMISSIONS, type RoleName, ROLES } from "./rbac/permissions.ts";
export { type ActorQuery, findActor } from "./rbac/find-actor.ts";
export { maySignIn } from "./rbac/may-sign-in.ts";
export { type ApiKeyGrant, findApiKeyGrant } from "./api-key/find-api-key-grant.ts";
export { noteApiKeyUse } from "./api-key/note-api-key-use.ts";
export { toTrpcError } from "./errors/error-mapping.ts";
export { checkAsked, type List, LIST_OFFSET_MAX } from "./list/define-list.ts";
export { checkRights } from "./list/list-rights.ts";
export { contactReaderOf } from "./rbac/contact-reader.ts";
export { requireBatch } from "./batch/find-batch-id.ts";
export { filterInput, timeText } from "./list-input.contract.ts";
export { getStoredJob } from "./job/get-stored-job.ts";
export { listStoredJobs } from "./job/list-stored-jobs.ts";
export type { StoredJob } from "./job/stored-job.ts";
export { listProfiles } from "./profile/list-profiles.ts";
export { DOMAIN_STATUSES_MAX, FAILED_STATUSES_MAX } from "./batch/domain-statuses.ts";
export { requirePermission } from "./rbac/require-permission.ts";
export { checkDatabase } from "./health/check-database.ts";
export { findPasswordAccess, findSupabasePassword } from "./profile/find-supabase-password.ts";
export { findPasswordHash } from "./profile/find-password-hash.ts";
export { changePassword } from "./profile/change-password.ts";
export { askForLink } from "./sign-in-link/ask-for-link.ts";
export { endSession } from "./session/end-session.ts";
export { listOwnSessions } from "./session/list-own-sessions.ts";
export { keepPassword } from "./profile/keep-password.ts";
export { findServiceActor } from "./service-account/find-service-actor.ts";
export { findSignInLink } from "./sign-in-link/find-sign-in-link.ts";
export { useSignInLink } from "./sign-in-link/use-sign-in-link.ts";
export { beginExport, type ExportAsk, type ExportBegun } from "./export/begin-export.ts";
export { chooseColumns } from "./export/choose-columns.ts";
export { endExport, type Sent } from "./export/end-export.ts";
export { CELL_LENGTH_MAX, COLUMNS_MAX } from "./intake/list-reading.ts";
export { getGivenList } from "./export/get-given-list.ts";
export { readLines, RESULT_COLUMNS } from "./export/read-lines.ts";
export type { CellRow } from "./list/read-chunk.ts";
export { EXPORTS_AT_ONCE, LEASE_RENEWED_MS, renewExport } from "./export/lease-export.ts";
export { readRows } from "./export/read-rows.ts";
export { writeExport } from "./export/write-export.ts";
export { listJobs } from "./job/list-jobs.ts";
export { listBulkActions } from "./bulk/list-bulk-actions.ts";
export { listSuppressions } from "./suppression/list-suppressions.ts";
export { listSchedules } from "./schedule/list-schedules.ts";
export { listLeads } from "./lead/list-leads.ts";
export { listContacts } from "./contact/list-contacts.ts";
export { listPages } from "./page/list-pages.ts";
export { listBatches } from "./batch/list-batches.ts";
