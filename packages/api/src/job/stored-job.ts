import { expression, nullable, typed } from "@scrapersky/db";
import { jobs, scrapeJobs } from "@scrapersky/db/schema";
import { FOUND } from "./job-row.ts";
import type { RowOf } from "../list/row-of.ts";
import type { JobStatus } from "../status.ts";
import { isoTime } from "../time.ts";
import type { Rights } from "../list/list-rights.ts";
import { toldName } from "./told-line.ts";
import { withoutReach, withoutReachIn } from "../rbac/without-reach.ts";

/** A job as its table holds it, which is how REST tells of it. Times are ISO 8601 in UTC. */
export interface StoredJob {
  id: number;
  jobId: string;
  jobType: string;
  tenantId: string;
  createdBy: string | null;
  status: JobStatus;
  domainId: string | null;
  domain: string | null;
  /** 0–100. */
  progress: number;
  resultData: Record<string, unknown> | null;
  error: string | null;
  jobMetadata: Record<string, unknown> | null;
  batchId: string | null;
  createdAt: string;
  updatedAt: string;
}

/** Jobs of other kinds, and of the first system, have no row of `scrape_jobs`. */
export const STORED_COLUMNS = {
  id: jobs.id,
  jobId: jobs.jobId,
  jobType: jobs.jobType,
  tenantId: jobs.tenantId,
  createdBy: jobs.createdBy,
  status: expression(typed<JobStatus>(jobs.status))`${jobs.status}`,
  domainId: jobs.domainId,
  domain: expression(nullable(scrapeJobs.domain))`${scrapeJobs.domain}`,
  errorCode: expression(nullable(scrapeJobs.errorCode))`${scrapeJobs.errorCode}`,
  progress: jobs.progress,
  resultData: expression(nullable(typed<Record<string, unknown>>(jobs.resultData)))`${FOUND}`,
  error: jobs.error,
  jobMetadata: expression(
    nullable(typed<Record<string, unknown>>(jobs.jobMetadata)),
  )`${jobs.jobMetadata}`,
  batchId: jobs.batchId,
  createdAt: jobs.createdAt,
  updatedAt: jobs.updatedAt,
};

export function toStoredJob(row: RowOf<typeof STORED_COLUMNS>, rights: Rights): StoredJob {
  const { domain, errorCode } = row;
  const name = domain === null ? null : toldName({ domain, errorCode }, rights);
  // What other programs wrote of a job may hold contacts in any place.
  const isHidden = domain === null && !rights.mayReadContacts;
  return {
    id: row.id,
    jobId: row.jobId,
    jobType: row.jobType,
    tenantId: row.tenantId,
    createdBy: row.createdBy,
    status: row.status,
    domainId: row.domainId,
    domain: name,
    progress: Math.floor((row.progress ?? 0) * 100),
    resultData: isHidden ? null : withoutReachIn(row.resultData, rights),
    error: withoutReach(row.error, rights),
    jobMetadata: isHidden ? null : withoutReachIn(withName(row.jobMetadata, name), rights),
    batchId: row.batchId,
    createdAt: isoTime(row.createdAt),
    updatedAt: isoTime(row.updatedAt),
  };
}

const withName = (metadata: StoredJob["jobMetadata"], name: string | null) =>
  metadata !== null && name !== null && "domain" in metadata
    ? { ...metadata, domain: name }
    : metadata;
