import { foreignKey, integer, jsonb, primaryKey, uuid } from "drizzle-orm/pg-core";
import { timestamptz } from "../time.ts";
import { app } from "./app.ts";
import { leads } from "./leads.ts";

/** What a later scan found other than the scan before it, of the latest scans of a domain. */
export const leadChanges = app.table(
  "lead_changes",
  {
    domainId: uuid("domain_id").notNull(),
    scannedAt: timestamptz("scanned_at").notNull(),
    tenantId: uuid("tenant_id").notNull(),
    jobId: uuid("job_id"),
    changes: jsonb("changes").notNull(),
    /** How many changes of this scan were too many to keep. */
    leftOut: integer("left_out").notNull().default(0),
  },
  (table) => [
    primaryKey({ name: "lead_changes_pkey", columns: [table.domainId, table.scannedAt] }),
    foreignKey({
      name: "lead_changes_domain_id_fkey",
      columns: [table.domainId],
      foreignColumns: [leads.domainId],
    }).onDelete("cascade"),
  ],
);
