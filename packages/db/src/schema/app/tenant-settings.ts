import { sql } from "drizzle-orm";
import { check, foreignKey, text, uuid } from "drizzle-orm/pg-core";
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
    updatedAt: timestamptz("updated_at").notNull().defaultNow(),
  },
  (table) => [
    foreignKey({
      name: "tenant_settings_tenant_id_fkey",
      columns: [table.tenantId],
      foreignColumns: [tenants.id],
    }).onDelete("cascade"),
    check("tenant_settings_best_email_check", sql`${table.bestEmail} in ('role', 'person')`),
  ],
);
