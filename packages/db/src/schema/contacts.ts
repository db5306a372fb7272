import { sql } from "drizzle-orm";
import { boolean, foreignKey, index, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { domains } from "./domains.ts";
import { contactEmailType } from "./enums.ts";
import { jobs } from "./jobs.ts";
import { pages } from "./pages.ts";
import { timestamptz } from "./time.ts";

/** An e-mail address found on a page, once per domain. */
export const contacts = pgTable(
  "contacts",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    domainId: uuid("domain_id").notNull(),
    pageId: uuid("page_id").notNull(),
    email: text("email").notNull(),
    emailType: contactEmailType("email_type"),
    hasGmail: boolean("has_gmail").default(false),
    context: text("context"),
    sourceUrl: text("source_url"),
    sourceJobId: uuid("source_job_id"),
    createdAt: timestamptz("created_at").notNull().defaultNow(),
    updatedAt: timestamptz("updated_at").notNull().defaultNow(),
  },
  (table) => [
    foreignKey({
      name: "contacts_domain_id_fkey",
      columns: [table.domainId],
      foreignColumns: [domains.id],
    }).onDelete("cascade"),
    foreignKey({
      name: "contacts_page_id_fkey",
      columns: [table.pageId],
      foreignColumns: [pages.id],
    }).onDelete("cascade"),
    foreignKey({
      name: "contacts_source_job_id_fkey",
      columns: [table.sourceJobId],
      foreignColumns: [jobs.jobId],
    }).onDelete("set null"),
    unique("contacts_domain_id_email_key").on(table.domainId, table.email),
    index("idx_contacts_page_id").on(table.pageId),
    index("app_contacts_source_job_id")
      .on(table.sourceJobId)
      .where(sql`${table.sourceJobId} is not null`),
  ],
);
