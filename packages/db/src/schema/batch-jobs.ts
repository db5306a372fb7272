import {
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  serial,
  unique,
  uuid,
  varchar,
} from "drizzle-orm/pg-core";
import { timestamp } from "./time.ts";

/** One submitted batch. Its public id is `batchId`; counters follow its rows in `jobs`. */
export const batchJobs = pgTable(
  "batch_jobs",
  {
    idUuid: uuid("id_uuid").notNull(),
    createdAt: timestamp("created_at").notNull().defaultNow(),
    updatedAt: timestamp("updated_at").notNull().defaultNow(),
    tenantId: uuid("tenant_id").notNull(),
    processorType: varchar("processor_type").notNull(),
    status: varchar("status").notNull().default("pending"),
    createdBy: uuid("created_by"),
    totalDomains: integer("total_domains").default(0),
    completedDomains: integer("completed_domains").default(0),
    failedDomains: integer("failed_domains").default(0),
    progress: doublePrecision("progress").default(0),
    batchMetadata: jsonb("batch_metadata"),
    options: jsonb("options"),
    startTime: timestamp("start_time"),
    endTime: timestamp("end_time"),
    processingTime: doublePrecision("processing_time"),
    error: varchar("error"),
    id: serial("id").primaryKey(),
    batchId: uuid("batch_id").notNull(),
  },
  (table) => [
    unique("batch_jobs_batch_id_key").on(table.batchId),
    index("ix_batch_jobs_tenant_id").on(table.tenantId),
    index("app_batch_jobs_tenant_created").on(table.tenantId, table.createdAt, table.id),
  ],
);
