import { bigint, index, uuid } from "drizzle-orm/pg-core";
import { timestamptz } from "../time.ts";
import { app } from "./app.ts";
import { revision } from "./xid8.ts";

/** What was deleted, for programs that synchronise: ids, and nothing of what they stood for. Triggers write it. */
export const leadTombstones = app.table(
  "lead_tombstones",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    tenantId: uuid("tenant_id").notNull(),
    domainId: uuid("domain_id").notNull(),
    /** One e-mail of the lead, or a page that went alone; null both when all of it went. */
    emailId: uuid("email_id"),
    pageId: uuid("page_id"),
    deletedAt: timestamptz("deleted_at").notNull().defaultNow(),
    revision: revision(),
  },
  (table) => [
    index("lead_tombstones_tenant_id_revision_idx").on(table.tenantId, table.revision),
    index("lead_tombstones_tenant_id_deleted_at_idx").on(
      table.tenantId,
      table.deletedAt,
      table.revision,
    ),
  ],
);
