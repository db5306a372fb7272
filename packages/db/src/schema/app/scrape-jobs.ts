import { sql } from "drizzle-orm";
import { foreignKey, index, integer, text, unique, uuid } from "drizzle-orm/pg-core";
import { batchJobs } from "../batch-jobs.ts";
import { jobs } from "../jobs.ts";
import { timestamptz } from "../time.ts";
import { app } from "./app.ts";

/** Our side of a row in `jobs`, one to one: what the real table has no column for. */
export const scrapeJobs = app.table(
  "scrape_jobs",
  {
    jobId: uuid("job_id").primaryKey(),
    tenantId: uuid("tenant_id").notNull(),
    batchId: uuid("batch_id").notNull(),
    /** Place in the submitted list, from 0. */
    position: integer("position").notNull(),
    /** The cleaned domain; the submitted line when it was none. */
    domain: text("domain").notNull(),
    /** The line as it was submitted. */
    input: text("input").notNull(),
    /** Attempts started so far. */
    attempt: integer("attempt").notNull().default(0),
    /** Of them, those before somebody let the job run again. */
    earlierAttempts: integer("earlier_attempts").notNull().default(0),
    errorCode: text("error_code"),
    /** Pages read by the attempt that ended the job. */
    pages: integer("pages"),
    /** The job's `id`: its place among the newest, and within its batch. */
    number: integer("number").notNull(),
    /** Behind its batch's next position: when it may be promoted again; null while it is in the queue or over. */
    dueAt: timestamptz("due_at"),
    /** How often it was put back because somebody was at its site. */
    waits: integer("waits").notNull().default(0),
    /** The span that asked for it, as W3C writes it; null where no spans are kept. */
    traceparent: text("traceparent"),
  },
  (table) => [
    foreignKey({
      name: "scrape_jobs_job_id_fkey",
      columns: [table.jobId],
      foreignColumns: [jobs.jobId],
    }).onDelete("cascade"),
    foreignKey({
      name: "scrape_jobs_batch_id_fkey",
      columns: [table.batchId],
      foreignColumns: [batchJobs.batchId],
    }).onDelete("cascade"),
    unique("scrape_jobs_batch_id_position_key").on(table.batchId, table.position),
    index("scrape_jobs_tenant_id_name_idx").on(
      table.tenantId,
      table.domain.op("text_pattern_ops"),
      table.number,
      table.batchId,
    ),
    index("scrape_jobs_tenant_id_error_code_number_idx")
      .on(table.tenantId, table.errorCode, table.number)
      .where(sql`${table.errorCode} is not null`),
    index("scrape_jobs_batch_id_error_code_number_idx")
      .on(table.batchId, table.errorCode, table.number)
      .where(sql`${table.errorCode} is not null`),
    index("scrape_jobs_tenant_id_number_idx").on(
      table.tenantId,
      table.number,
      table.domain,
      table.batchId,
    ),
    // Where the database has pg_trgm.
    index("scrape_jobs_domain_idx").using("gin", table.domain.op("gin_trgm_ops")),
    index("scrape_jobs_due_idx")
      .on(table.batchId, table.dueAt)
      .where(sql`${table.dueAt} is not null`),
  ],
);
