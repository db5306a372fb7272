import { sql } from "drizzle-orm";
import { check, foreignKey, index, text, unique, uuid } from "drizzle-orm/pg-core";
import { tenants } from "../tenants.ts";
import { timestamptz } from "../time.ts";
import { app } from "./app.ts";
import { purges } from "./purges.ts";

/** What a tenant never visits, stores or exports. */
export const suppressions = app.table(
  "suppressions",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    tenantId: uuid("tenant_id").notNull(),
    kind: text("kind", { enum: ["domain", "email", "pattern"] }).notNull(),
    /** Lower case, hosts in punycode: what addresses and hosts are looked up by. */
    entry: text("entry").notNull(),
    /** The entry as people read it. */
    shown: text("shown").notNull(),
    reason: text("reason"),
    /** The removal of what was stored of it before. */
    purgeId: uuid("purge_id"),
    createdBy: uuid("created_by").notNull(),
    createdAt: timestamptz("created_at").notNull().defaultNow(),
  },
  (table) => [
    foreignKey({
      name: "suppressions_tenant_id_fkey",
      columns: [table.tenantId],
      foreignColumns: [tenants.id],
    }).onDelete("cascade"),
    foreignKey({
      name: "suppressions_purge_id_fkey",
      columns: [table.purgeId],
      foreignColumns: [purges.id],
    }).onDelete("set null"),
    check("suppressions_kind_check", sql`${table.kind} in ('domain', 'email', 'pattern')`),
    unique("suppressions_tenant_id_entry_key").on(table.tenantId, table.entry),
    index("suppressions_tenant_id_created_at_id_idx").on(table.tenantId, table.createdAt, table.id),
    index("suppressions_purge_id_idx").on(table.purgeId),
  ],
);
