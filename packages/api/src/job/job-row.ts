import { expression, nullable, typed } from "@scrapersky/db";
import { batchJobs, jobs, leads, leadTechnologies, scrapeJobs } from "@scrapersky/db/schema";
import type { TechnologyCategory } from "@scrapersky/outcome";
import { and, eq, inArray, isNull, ne, sql } from "drizzle-orm";
import { FIRST_DOMAIN } from "../batch/batch-row.ts";
import { readableName } from "../domain/readable-name.ts";
import { scanNotes } from "../domain/scan-notes.ts";
import type { RowOf } from "../list/row-of.ts";
import type { JobStatus } from "../status.ts";
import { isShownSite, whereShown } from "../suppression/is-shown.ts";
import { isoTime, isoTimeOrNull } from "../time.ts";
import { readablePhone } from "../domain/readable-phone.ts";
import { toThinReason } from "../lead/lead-detail.ts";
import type { Job, JobLead } from "./job.contract.ts";
import type { Rights } from "../list/list-rights.ts";
import { withoutReach, withoutReachIn } from "../rbac/without-reach.ts";
import { toldName } from "./told-line.ts";

/** Categories that say what a site is made with, the most telling first. */
const PLATFORMS = [
  "E-commerce",
  "Site builder",
  "CMS",
  "Landing pages and courses",
  "Static site generator",
] as const satisfies TechnologyCategory[];

const PLATFORM = expression(nullable(leadTechnologies.name))`(
    select ${leadTechnologies.name} from ${leadTechnologies}
    where ${and(
      eq(leadTechnologies.domainId, leads.domainId),
      isNull(leadTechnologies.goneAt),
      inArray(leadTechnologies.category, PLATFORMS),
    )}
    order by array_position(array[${sql.join(
      PLATFORMS.map((category) => sql.raw(`'${category}'`)),
      sql`, `,
    )}], ${leadTechnologies.category}), ${leadTechnologies.name} limit 1
  )`;

/** What of its business a job is told with, where `LEAD_OF` is joined. */
const LEAD_COLUMNS = {
  leadOf: expression(nullable(leads.domainId))`${leads.domainId}`,
  businessName: leads.businessName,
  bestEmail: whereShown(leads.tenantId, leads.bestEmail),
  bestPhone: leads.bestPhone,
  town: leads.town,
  platform: PLATFORM,
  thinReason: leads.reason,
};
export const LEAD_OF = sql`${eq(leads.domainId, jobs.domainId)} and ${isShownSite(leads.tenantId, leads.domainId)}`;

/** What a visit found, where its site may be shown. */
export const FOUND = sql`case when ${isShownSite(jobs.tenantIdUuid, jobs.domainId)} then ${jobs.resultData} end`;

/** What a job is told from, where its row of `scrape_jobs` is joined, and that of its batch if it has one. */
export const JOB_COLUMNS = {
  ...LEAD_COLUMNS,
  jobId: jobs.jobId,
  batchId: jobs.batchId,
  batchLabel: expression(nullable("text"))`${batchJobs.batchMetadata}->>'label'`,
  batchTotal: expression(batchJobs.totalDomains)`${batchJobs.totalDomains}`,
  firstDomain: FIRST_DOMAIN,
  domain: scrapeJobs.domain,
  domainId: jobs.domainId,
  status: expression(typed<JobStatus>(jobs.status))`${jobs.status}`,
  progress: jobs.progress,
  attempts: scrapeJobs.attempt,
  errorCode: scrapeJobs.errorCode,
  error: jobs.error,
  flags: expression(nullable("jsonb"))`(${FOUND})->'flags'`,
  finalUrl: expression(nullable("text"))`(${FOUND})->>'final_url'`,
  pages: scrapeJobs.pages,
  createdAt: jobs.createdAt,
  startedAt: jobs.startedAt,
  completedAt: jobs.completedAt,
  durationSeconds: expression(
    nullable("float8"),
  )`case when ${jobs.startedAt} is not null and ${ne(jobs.status, "pending" satisfies JobStatus)}
    then extract(epoch from coalesce(${jobs.completedAt}, now()) - ${jobs.startedAt})::float8 end`,
};
export type JobRow = RowOf<typeof JOB_COLUMNS>;

/** What an export tells of it. */
export const JOB_CELLS = {
  domain: scrapeJobs.domain,
  status: jobs.status,
  errorCode: scrapeJobs.errorCode,
  error: jobs.error,
  pages: scrapeJobs.pages,
  attempts: scrapeJobs.attempt,
  finalUrl: JOB_COLUMNS.finalUrl,
  batchLabel: JOB_COLUMNS.batchLabel,
  createdAt: jobs.createdAt,
  startedAt: jobs.startedAt,
  endedAt: jobs.completedAt,
  durationSeconds: JOB_COLUMNS.durationSeconds,
  batchId: jobs.batchId,
  domainId: jobs.domainId,
  jobId: jobs.jobId,
};

export const toJob = (row: JobRow, rights: Rights): Job => ({
  jobId: row.jobId,
  batchId: row.batchId,
  batchLabel: withoutReach(row.batchLabel, rights),
  batchFirstDomain: row.firstDomain === null ? null : readableName(row.firstDomain),
  batchTotal: row.batchTotal,
  domain: toldName(row, rights),
  displayDomain: readableName(toldName(row, rights)),
  domainId: row.domainId,
  status: row.status,
  progress: Math.floor((row.progress ?? 0) * 100),
  attempts: row.attempts,
  errorCode: row.errorCode,
  error: withoutReach(row.error, rights),
  notes: withoutReachIn(scanNotes(row.flags, row.finalUrl), rights),
  pages: row.pages,
  lead: toLead(row, rights),
  createdAt: isoTime(row.createdAt),
  startedAt: isoTimeOrNull(row.startedAt),
  endedAt: isoTimeOrNull(row.completedAt),
  durationSeconds: row.durationSeconds === null ? null : Math.max(0, row.durationSeconds),
});

function toLead(row: JobRow, rights: Rights): JobLead | null {
  if (row.leadOf === null) return null;
  const { mayReadContacts } = rights;
  return {
    name: withoutReach(row.businessName, rights),
    bestEmail: mayReadContacts ? row.bestEmail : null,
    bestPhone: mayReadContacts && row.bestPhone !== null ? readablePhone(row.bestPhone) : null,
    town: withoutReach(row.town, rights),
    platform: withoutReach(row.platform, rights),
    reason: row.thinReason === null ? null : toThinReason(row.thinReason),
  };
}
