import { sql } from "drizzle-orm";
import {
  bigint,
  check,
  foreignKey,
  integer,
  jsonb,
  primaryKey,
  text,
  uuid,
} from "drizzle-orm/pg-core";
import { jobs } from "../jobs.ts";
import { timestamptz } from "../time.ts";
import { app } from "./app.ts";

/**
 * One try of a job, with what it cost and how it ended. Its outcomes are the states of `ATTEMPT` in
 * packages/api, where a test holds the checks to them.
 */
export const jobAttempts = app.table(
  "job_attempts",
  {
    jobId: uuid("job_id").notNull(),
    /** From 1. */
    attempt: integer("attempt").notNull(),
    workerId: text("worker_id").notNull(),
    outcome: text("outcome", {
      enum: ["running", "done", "failed", "retry", "cancelled", "lost"],
    })
      .notNull()
      .default("running"),
    startedAt: timestamptz("started_at").notNull().defaultNow(),
    endedAt: timestamptz("ended_at"),
    errorCode: text("error_code"),
    error: text("error"),
    httpStatus: integer("http_status"),
    finalUrl: text("final_url"),
    pages: integer("pages").notNull().default(0),
    bytes: bigint("bytes", { mode: "number" }).notNull().default(0),
    /** Milliseconds by phase. */
    timings: jsonb("timings").$type<Record<string, number>>().notNull().default({}),
  },
  (table) => [
    primaryKey({ name: "job_attempts_pkey", columns: [table.jobId, table.attempt] }),
    foreignKey({
      name: "job_attempts_job_id_fkey",
      columns: [table.jobId],
      foreignColumns: [jobs.jobId],
    }).onDelete("cascade"),
    check(
      "job_attempts_outcome_check",
      sql`${table.outcome} in ('running', 'done', 'failed', 'retry', 'cancelled', 'lost')`,
    ),
    check(
      "job_attempts_ended_check",
      sql`(${table.outcome} = 'running') = (${table.endedAt} is null)`,
    ),
  ],
);
