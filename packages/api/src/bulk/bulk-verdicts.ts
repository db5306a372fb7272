import { batchJobs, jobs, leadEmails, scrapeJobs, suppressions } from "@scrapersky/db/schema";
import { and, eq, inArray, isNotNull, ne, not, or, type SQL, sql } from "drizzle-orm";
import { QueryBuilder } from "drizzle-orm/pg-core";
import { BATCH_COLUMNS } from "../batch/batch-row.ts";
import { BATCH } from "../batch/batch.state.ts";
import { INVALID_DOMAIN } from "../wire.contract.ts";
import { JOB } from "../job/job.state.ts";
import { lead } from "../lead/lead-facets.ts";
import type { BatchStatus } from "../status.ts";
import { ERASED } from "../suppression/erase-pattern.ts";
import type { BulkActionName } from "./bulk-list.contract.ts";
import type { BulkCall, BulkList } from "./bulk.contract.ts";
import type { BulkReasonWord } from "./bulk-reasons.ts";

export type SettingsOf<Name extends BulkActionName> = Extract<
  BulkCall,
  { action: Name }
>["settings"];

/** Gives the SQL of why a subject is left out; null for one that is eligible. */
type Verdict<Name extends BulkActionName> = (settings: SettingsOf<Name>, list: BulkList) => SQL;

const query = new QueryBuilder();
const word = (reason: BulkReasonWord): SQL => sql`${reason}::text`;
const unless = (condition: SQL | undefined, reason: BulkReasonWord): SQL =>
  sql`case when not (${condition}) then ${word(reason)} end`;

// One that is cancelling is cancelled for whoever would act on it.
const isCancelling = isNotNull(BATCH_COLUMNS.cancelledSoFar);
const isStopped = or(eq(batchJobs.status, "cancelled" satisfies BatchStatus), isCancelling);

const isOpen = and(inArray(batchJobs.status, BATCH.open), not(isCancelling));
const IS_PAUSED = BATCH_COLUMNS.paused;

/** Of a batch, whether a job failed for one of these reasons and may run again. */
const hasFailed = (errorCodes: string[] | undefined): SQL =>
  sql`exists ${query
    .select({ one: sql`1` })
    .from(scrapeJobs)
    .where(
      and(
        eq(scrapeJobs.batchId, batchJobs.batchId),
        errorCodes === undefined
          ? sql`${scrapeJobs.errorCode} is not null`
          : inArray(scrapeJobs.errorCode, errorCodes),
        ne(scrapeJobs.errorCode, INVALID_DOMAIN),
        ne(scrapeJobs.domain, ERASED),
      ),
    )}`;

const isSuppressed = (tenantId: SQL, entry: SQL): SQL =>
  sql`exists ${query
    .select({ one: sql`1` })
    .from(suppressions)
    .where(
      and(sql`${suppressions.tenantId} = ${tenantId}`, sql`${suppressions.entry} = ${entry}`),
    )}`;

export const VERDICTS: { [Name in BulkActionName]: Verdict<Name> } = {
  "jobs.retry": () => sql`case
    when ${inArray(jobs.status, JOB.open)} then ${word("still_open")}
    when not (${inArray(jobs.status, JOB.reopens.again.from)}) then ${word("complete")}
    when ${eq(scrapeJobs.errorCode, INVALID_DOMAIN)} then ${word("no_site")}
    when ${eq(scrapeJobs.domain, ERASED)} then ${word("erased")}
    when ${isStopped} then ${word("batch_cancelled")} end`,
  "jobs.cancel": () => unless(inArray(jobs.status, JOB.moves.cancel.from), "over"),
  "batches.pause": () => sql`case
    when not (${isOpen}) then ${word("over")}
    when ${IS_PAUSED} then ${word("unchanged")} end`,
  "batches.resume": () => sql`case
    when not (${isOpen}) then ${word("over")}
    when not (${IS_PAUSED}) then ${word("not_paused")} end`,
  "batches.delete": () => sql`case when ${isOpen} then ${word("not_over")} end`,
  "batches.cancel": () =>
    unless(and(inArray(batchJobs.status, BATCH.moves.cancel.from), not(isCancelling)), "over"),
  "batches.retryFailed": ({ errorCodes }) => sql`case
    when ${isStopped} then ${word("batch_cancelled")}
    when not (${hasFailed(errorCodes)}) then ${word("nothing_failed")} end`,
  "leads.rescan": () => sql`null::text`,
  "leads.update": ({ label, contacted, doNotContact }) => {
    const is = [
      label === undefined ? undefined : sql`${lead.label} is not distinct from ${label}::text`,
      contacted === undefined ? undefined : sql`(${lead.contactedAt} is not null) = ${contacted}`,
      doNotContact === undefined ? undefined : sql`${lead.doNotContact} = ${doNotContact}`,
    ];
    return sql`case when ${and(...is)} then ${word("unchanged")} end`;
  },
  "leads.suppress": (_settings, list) => {
    const entry = list === "contacts" ? sql`lower(${leadEmails.email})` : sql`${lead.domain}`;
    return sql`case when ${isSuppressed(sql`${lead.tenantId}`, entry)} then ${word("suppressed")} end`;
  },
};

export const verdictOf = ({ action, settings, target }: BulkCall): SQL =>
  (VERDICTS[action] as Verdict<BulkActionName>)(settings, target.list);
