import {
  adoptedRows,
  auditLog,
  batchJobs,
  batchLines,
  batchLists,
  batchNames,
  bulkActions,
  bulkChunks,
  contacts,
  domains,
  exports,
  idempotencyKeys,
  jobAttempts,
  jobs,
  leadAddresses,
  leadChanges,
  leadEmails,
  leadPeople,
  leadPhones,
  leads,
  leadSocials,
  leadTechnologies,
  localBusinesses,
  pages,
  scheduleRuns,
  schedules,
  savedSql,
  savedViews,
  scrapeJobs,
  sitemapFiles,
  sqlRuns,
} from "@scrapersky/db/schema";
import { eq, type SQL, sql } from "drizzle-orm";
import { getTableConfig, type PgColumn, type PgTable } from "drizzle-orm/pg-core";

/** A table that may hold an address in any of its texts. */
export interface TextPlace {
  table: PgTable;
  /** Its rows of a tenant. */
  ofTenant: (tenantId: string) => SQL;
  /** In which order its rows are locked, as by everybody who locks several. */
  order: PgColumn;
}

const own = (table: PgTable, tenant: PgColumn, order: PgColumn): TextPlace => ({
  table,
  ofTenant: (tenantId) => eq(tenant, tenantId),
  order,
});

const ofDomain = (domainId: PgColumn) => (tenantId: string) =>
  sql`${domainId} in (select d.id from domains d where d.tenant_id = ${tenantId}::uuid)`;

/**
 * Wherever a tenant's texts are kept, in the order in which writers lock. People who sign in are not among them: their
 * accounts are no results.
 */
export const TEXT_PLACES: readonly TextPlace[] = [
  own(jobs, jobs.tenantIdUuid, jobs.id),
  own(scrapeJobs, scrapeJobs.tenantId, scrapeJobs.number),
  {
    table: jobAttempts,
    ofTenant: (tenantId) =>
      sql`${jobAttempts.jobId} in (select s.job_id from app.scrape_jobs s where s.tenant_id = ${tenantId}::uuid)`,
    order: jobAttempts.jobId,
  },
  own(domains, domains.tenantId, domains.domain),
  { table: contacts, ofTenant: ofDomain(contacts.domainId), order: contacts.id },
  own(pages, pages.tenantId, pages.id),
  own(sitemapFiles, sitemapFiles.tenantId, sitemapFiles.id),
  own(localBusinesses, localBusinesses.tenantId, localBusinesses.id),
  own(leads, leads.tenantId, leads.domainId),
  own(leadEmails, leadEmails.tenantId, leadEmails.domainId),
  own(leadPhones, leadPhones.tenantId, leadPhones.domainId),
  own(leadPeople, leadPeople.tenantId, leadPeople.domainId),
  own(leadSocials, leadSocials.tenantId, leadSocials.domainId),
  own(leadAddresses, leadAddresses.tenantId, leadAddresses.domainId),
  own(leadTechnologies, leadTechnologies.tenantId, leadTechnologies.domainId),
  own(leadChanges, leadChanges.tenantId, leadChanges.domainId),
  own(batchJobs, batchJobs.tenantId, batchJobs.batchId),
  own(batchNames, batchNames.tenantId, batchNames.batchId),
  own(batchLists, batchLists.tenantId, batchLists.batchId),
  {
    table: batchLines,
    ofTenant: (tenantId) =>
      sql`${batchLines.batchId} in (select l.batch_id from app.batch_lists l where l.tenant_id = ${tenantId}::uuid)`,
    order: batchLines.batchId,
  },
  own(exports, exports.tenantId, exports.id),
  own(bulkActions, bulkActions.tenantId, bulkActions.id),
  {
    table: bulkChunks,
    ofTenant: (tenantId) =>
      sql`${bulkChunks.bulkId} in (select b.id from app.bulk_actions b where b.tenant_id = ${tenantId}::uuid)`,
    order: bulkChunks.bulkId,
  },
  own(schedules, schedules.tenantId, schedules.id),
  own(scheduleRuns, scheduleRuns.tenantId, scheduleRuns.id),
  own(savedViews, savedViews.tenantId, savedViews.id),
  own(idempotencyKeys, idempotencyKeys.tenantId, idempotencyKeys.createdAt),
  // Of the platform's staff, who may have asked for anybody: whose tenant it was the text does not say.
  { table: sqlRuns, ofTenant: () => sql`true`, order: sqlRuns.id },
  { table: savedSql, ofTenant: () => sql`true`, order: savedSql.id },
  own(auditLog, auditLog.tenantId, auditLog.id),
  {
    table: adoptedRows,
    // Rows of the first system name their tenant, or the domain that they belong to.
    ofTenant: (tenantId) => sql`(
      ${adoptedRows.was} ->> 'tenant_id' = ${tenantId}
      or ${adoptedRows.was} ->> 'domain_id' in (select d.id::text from domains d where d.tenant_id = ${tenantId}::uuid)
    )`,
    order: adoptedRows.id,
  },
];

export const placeName = ({ table }: TextPlace): string => getTableConfig(table).name;

export interface TextColumn {
  column: PgColumn;
  /** Two rows may not say the same in it. */
  isKey: boolean;
}

const TEXTS = /^(?:text|varchar(?:\(\d+\))?|jsonb|text\[\])$/;

/** Columns that hold texts of others; words of closed lists are ours. */
export function textColumns({ table }: TextPlace): TextColumn[] {
  const { columns, primaryKeys, uniqueConstraints } = getTableConfig(table);
  const keys = new Set(
    [...primaryKeys, ...uniqueConstraints].flatMap((key) => key.columns.map(({ name }) => name)),
  );
  return columns
    .filter((column) => TEXTS.test(column.getSQLType()) && column.enumValues === undefined)
    .map((column) => ({ column, isKey: keys.has(column.name) }));
}
