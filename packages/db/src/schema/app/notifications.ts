import { foreignKey, index, unique, uuid } from "drizzle-orm/pg-core";
import { batchJobs } from "../batch-jobs.ts";
import { tenants } from "../tenants.ts";
import { timestamptz } from "../time.ts";
import { app } from "./app.ts";

/** That a batch has ended, for whoever made it. A batch that ends again is told again in the same row. */
export const notifications = app.table(
  "notifications",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    tenantId: uuid("tenant_id").notNull(),
    /** Whom it tells. */
    profileId: uuid("profile_id").notNull(),
    batchId: uuid("batch_id").notNull(),
    createdAt: timestamptz("created_at").notNull().defaultNow(),
    readAt: timestamptz("read_at"),
  },
  (table) => [
    foreignKey({
      name: "notifications_tenant_id_fkey",
      columns: [table.tenantId],
      foreignColumns: [tenants.id],
    }).onDelete("cascade"),
    foreignKey({
      name: "notifications_batch_id_fkey",
      columns: [table.batchId],
      foreignColumns: [batchJobs.batchId],
    }).onDelete("cascade"),
    unique("notifications_batch_id_key").on(table.batchId),
    index("notifications_profile_id_idx").on(table.profileId, table.tenantId, table.createdAt),
  ],
);
