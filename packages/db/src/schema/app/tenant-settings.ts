import { sql } from "drizzle-orm";
import { check, foreignKey, integer, text, uuid } from "drizzle-orm/pg-core";
import { tenants } from "../tenants.ts";
import { timestamptz } from "../time.ts";
import { app } from "./app.ts";

/** How a tenant wants things; one without a row wants them as the defaults say. */
export const tenantSettings = app.table(
  "tenant_settings",
  {
    tenantId: uuid("tenant_id").primaryKey(),
    /** Whose mailbox is the best of a lead: that of the business, or a person's. */
    bestEmail: text("best_email", { enum: ["role", "person"] })
      .notNull()
      .default("role"),
    /** Days for which batches that are over are kept, with their jobs; null is for ever. */
    keepBatchesDays: integer("keep_batches_days"),
    /** Days after the last scan for which a lead is kept, with its domain, pages and contacts; null is for ever. */
    keepLeadsDays: integer("keep_leads_days"),
    updatedAt: timestamptz("updated_at").notNull().defaultNow(),
  },
  (table) => [
    foreignKey({
      name: "tenant_settings_tenant_id_fkey",
      columns: [table.tenantId],
      foreignColumns: [tenants.id],
    }).onDelete("cascade"),
    check("tenant_settings_best_email_check", sql`${table.bestEmail} in ('role', 'person')`),
    check(
      "tenant_settings_keep_batches_days_check",
      sql`${table.keepBatchesDays} >= 1 and ${table.keepBatchesDays} <= 3650`,
    ),
    check(
      "tenant_settings_keep_leads_days_check",
      sql`${table.keepLeadsDays} >= 1 and ${table.keepLeadsDays} <= 3650`,
    ),
  ],
);
