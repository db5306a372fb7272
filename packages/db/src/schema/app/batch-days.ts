import { date, foreignKey, index, integer, primaryKey, uuid } from "drizzle-orm/pg-core";
import { tenants } from "../tenants.ts";
import { app } from "./app.ts";

const counter = (name: string) => integer(name).notNull().default(0);

/** What the jobs of a batch that ended on one day brought. It stays when the batch goes. */
export const batchDays = app.table(
  "batch_days",
  {
    batchId: uuid("batch_id").notNull(),
    /** In UTC. */
    day: date("day").notNull(),
    tenantId: uuid("tenant_id").notNull(),
    complete: counter("complete"),
    failed: counter("failed"),
    emails: counter("emails"),
    phones: counter("phones"),
    /** Of these, the ones that no earlier scan of the same site had found. */
    newEmails: counter("new_emails"),
    newPhones: counter("new_phones"),
  },
  (table) => [
    primaryKey({ name: "batch_days_pkey", columns: [table.batchId, table.day] }),
    foreignKey({
      name: "batch_days_tenant_id_fkey",
      columns: [table.tenantId],
      foreignColumns: [tenants.id],
    }).onDelete("cascade"),
    index("batch_days_tenant_id_day_idx").on(table.tenantId, table.day),
  ],
);
