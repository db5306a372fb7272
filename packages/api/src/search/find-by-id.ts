import type { Reader } from "@scrapersky/db";
import { batchJobs, jobs, leads, profiles, schedules } from "@scrapersky/db/schema";
import { and, eq } from "drizzle-orm";
import { hasNoRemovedBatch, IS_NOT_REMOVED } from "../batch/is-removed.ts";
import { isOfTenant } from "../profile/profile-row.ts";
import { isShownSite } from "../suppression/is-shown.ts";
import type { Actor } from "../rbac/actor.ts";
import type { SearchAnswer } from "./search.contract.ts";

/** What an id is of, as far as the caller may read such rows. */
export async function findById(
  reader: Reader,
  { tenantId, permissions }: Actor,
  id: string,
): Promise<SearchAnswer["direct"]> {
  const kinds = [
    ["batch", "batches:read", batchOf],
    ["job", "jobs:read", jobOf],
    ["lead", "domains:read", leadOf],
    ["schedule", "schedules:read", scheduleOf],
    ["profile", "profiles:read", profileOf],
  ] as const;
  for (const [kind, permission, find] of kinds) {
    if (permissions.has(permission) && (await find(reader, tenantId, id)).length > 0) {
      return { kind, id };
    }
  }
  return null;
}

const batchOf = (reader: Reader, tenantId: string, id: string) =>
  reader
    .select({ id: batchJobs.batchId })
    .from(batchJobs)
    .where(and(eq(batchJobs.batchId, id), eq(batchJobs.tenantId, tenantId), IS_NOT_REMOVED));

const jobOf = (reader: Reader, tenantId: string, id: string) =>
  reader
    .select({ id: jobs.jobId })
    .from(jobs)
    .where(
      and(eq(jobs.jobId, id), eq(jobs.tenantIdUuid, tenantId), hasNoRemovedBatch(jobs.batchId)),
    );

const leadOf = (reader: Reader, tenantId: string, id: string) =>
  reader
    .select({ id: leads.domainId })
    .from(leads)
    .where(
      and(
        eq(leads.domainId, id),
        eq(leads.tenantId, tenantId),
        isShownSite(leads.tenantId, leads.domainId),
      ),
    );

const scheduleOf = (reader: Reader, tenantId: string, id: string) =>
  reader
    .select({ id: schedules.id })
    .from(schedules)
    .where(and(eq(schedules.id, id), eq(schedules.tenantId, tenantId)));

const profileOf = (reader: Reader, tenantId: string, id: string) =>
  reader
    .select({ id: profiles.id })
    .from(profiles)
    .where(and(eq(profiles.id, id), isOfTenant(tenantId)));
