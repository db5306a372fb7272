import { sql } from "drizzle-orm";
import { bigint, check, index, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { timestamptz } from "../time.ts";
import { app } from "./app.ts";
import { revision, xid8 } from "./xid8.ts";

const ids = (name: string) =>
  uuid(name)
    .array()
    .notNull()
    .default(sql`'{}'`);

/** What became of jobs and batches, for programs that synchronise: ids alone, those of what is gone too. Triggers write it. */
export const changedWork = app.table(
  "changed_work",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    tenantId: uuid("tenant_id").notNull(),
    revision: revision(),
    at: timestamptz("at").notNull().defaultNow(),
    jobIds: ids("job_ids"),
    batchIds: ids("batch_ids"),
  },
  (table) => [
    index("changed_work_tenant_id_revision_id_idx").on(table.tenantId, table.revision, table.id),
    index("changed_work_tenant_id_at_idx").on(table.tenantId, table.at),
  ],
);

/** The newest row of each tenant with jobs, and with batches, that is not kept any more: a place before it has missed some. */
export const forgottenWork = app.table(
  "forgotten_work",
  {
    tenantId: uuid("tenant_id").notNull(),
    of: text("of", { enum: ["job_ids", "batch_ids"] }).notNull(),
    revision: xid8("revision").notNull(),
    id: bigint("id", { mode: "number" }).notNull(),
  },
  (table) => [
    primaryKey({ name: "forgotten_work_pkey", columns: [table.tenantId, table.of] }),
    check("forgotten_work_of_check", sql`${table.of} in ('job_ids', 'batch_ids')`),
  ],
);
