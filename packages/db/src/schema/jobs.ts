import { sql } from "drizzle-orm";
import {
  doublePrecision,
  foreignKey,
  index,
  jsonb,
  pgTable,
  serial,
  unique,
  uuid,
  varchar,
} from "drizzle-orm/pg-core";
import { batchJobs } from "./batch-jobs.ts";
import { domains } from "./domains.ts";
import { timestamp, timestamptz } from "./time.ts";

/** One domain of a batch. `resultData`, `jobMetadata` and `tenantIdUuid` are the live ones of their pairs. */
export const jobs = pgTable(
  "jobs",
  {
    id: serial("id").primaryKey(),
    jobId: uuid("job_id").notNull(),
    tenantId: varchar("tenant_id", { length: 255 }).notNull(),
    status: varchar("status", { length: 50 }).notNull(),
    jobType: varchar("job_type", { length: 50 }).notNull(),
    createdAt: timestamp("created_at").notNull().defaultNow(),
    startedAt: timestamptz("started_at"),
    completedAt: timestamptz("completed_at"),
    progress: doublePrecision("progress").default(0),
    error: varchar("error"),
    result: jsonb("result"),
    metadata: jsonb("metadata"),
    createdBy: uuid("created_by"),
    domainId: uuid("domain_id"),
    resultData: jsonb("result_data"),
    jobMetadata: jsonb("job_metadata"),
    updatedAt: timestamp("updated_at").notNull().defaultNow(),
    tenantIdUuid: uuid("tenant_id_uuid"),
    idUuid: uuid("id_uuid"),
    batchId: uuid("batch_id"),
  },
  (table) => [
    foreignKey({
      name: "fk_jobs_batch_id",
      columns: [table.batchId],
      foreignColumns: [batchJobs.batchId],
    }).onDelete("set null"),
    foreignKey({
      name: "fk_jobs_domain_id",
      columns: [table.domainId],
      foreignColumns: [domains.id],
    }).onDelete("set null"),
    unique("jobs_job_id_key").on(table.jobId),
    index("idx_jobs_tenant_id").on(table.tenantId),
    index("ix_jobs_batch_id").on(table.batchId),
    index("ix_jobs_tenant_id_uuid").on(table.tenantIdUuid),
    index("app_jobs_batch_id_status").on(table.batchId, table.status),
    index("app_jobs_batch_id_completed").on(table.batchId, table.completedAt),
    index("app_jobs_tenant_created").on(table.tenantIdUuid, table.createdAt, table.id),
    index("app_jobs_tenant_id").on(table.tenantIdUuid, table.id),
    index("app_jobs_tenant_status_id").on(table.tenantIdUuid, table.status, table.id),
    index("app_jobs_batch_id_id").on(table.batchId, table.id),
    index("app_jobs_batch_status_id").on(table.batchId, table.status, table.id),
    index("app_jobs_domain_id")
      .on(table.domainId)
      .where(sql`${table.domainId} is not null`),
  ],
);
