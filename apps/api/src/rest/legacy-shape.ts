import type { BatchProgress, DomainStatus, Profile, StoredJob } from "@scrapersky/api/contract";

/** Shapes of REST v3, key by key as the first system answered them. */

/** `2026-11-21T09:00:00.123456+00:00` */
export const legacyTime = (iso: string): string =>
  iso.replace(/\.(\d+)Z$/, (_, fraction: string) => `.${fraction.padEnd(6, "0")}+00:00`);

const legacyTimeOrNull = (iso: string | null): string | null =>
  iso === null ? null : legacyTime(iso);

export const toLegacyProfile = (profile: Profile) => ({
  id: profile.id,
  name: profile.name,
  email: profile.email,
  role: profile.role,
  bio: profile.bio,
  tenant_id: profile.tenantId,
  active: profile.active,
  created_at: legacyTimeOrNull(profile.createdAt),
  updated_at: legacyTimeOrNull(profile.updatedAt),
});

export const toLegacyJob = (job: StoredJob) => ({
  id: job.id,
  job_id: job.jobId,
  job_type: job.jobType,
  tenant_id: job.tenantId,
  created_by: job.createdBy,
  status: job.status,
  domain_id: job.domainId,
  domain: job.domain,
  progress: job.progress,
  result_data: job.resultData,
  error: job.error,
  job_metadata: job.jobMetadata,
  batch_id: job.batchId,
  created_at: legacyTime(job.createdAt),
  updated_at: legacyTime(job.updatedAt),
});

export const toLegacyBatch = (
  batch: BatchProgress,
  domains: Record<string, DomainStatus>,
  metadata: Record<string, unknown>,
) => ({
  batch_id: batch.batchId,
  status: batch.status,
  total_domains: batch.total,
  completed_domains: batch.counts.complete,
  failed_domains: batch.counts.failed,
  progress: batch.progress,
  created_at: legacyTime(batch.createdAt),
  updated_at: legacyTime(batch.updatedAt),
  start_time: legacyTimeOrNull(batch.startedAt),
  end_time: legacyTimeOrNull(batch.endedAt),
  processing_time: batch.processingSeconds,
  domain_statuses: Object.fromEntries(
    Object.entries(domains).map(([domain, status]) => [domain, toLegacyDomain(status)]),
  ),
  error: batch.error,
  metadata,
});

const toLegacyDomain = (domain: DomainStatus) => ({
  status: domain.status,
  job_id: domain.jobId,
  start_time: legacyTimeOrNull(domain.startedAt),
  end_time: legacyTimeOrNull(domain.endedAt),
  processing_time: domain.processingSeconds,
  error: domain.error,
});
