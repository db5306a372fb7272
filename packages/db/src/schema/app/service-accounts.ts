import { foreignKey, text, unique, uuid } from "drizzle-orm/pg-core";
import { tenants } from "../tenants.ts";
import { timestamptz } from "../time.ts";
import { app } from "./app.ts";

/** A program that works for a tenant and is nobody of it: it holds keys and no password. */
export const serviceAccounts = app.table(
  "service_accounts",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    tenantId: uuid("tenant_id").notNull(),
    name: text("name").notNull(),
    createdAt: timestamptz("created_at").notNull().defaultNow(),
  },
  (table) => [
    foreignKey({
      name: "service_accounts_tenant_id_fkey",
      columns: [table.tenantId],
      foreignColumns: [tenants.id],
    }).onDelete("cascade"),
    unique("service_accounts_tenant_id_name_key").on(table.tenantId, table.name),
  ],
);
