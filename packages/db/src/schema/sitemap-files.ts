import { sql } from "drizzle-orm";
import { boolean, foreignKey, index, integer, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { authUsers } from "./auth-users.ts";
import { domains } from "./domains.ts";
import { sitemapCurationStatus, sitemapImportStatus } from "./enums.ts";
import { timestamptz } from "./time.ts";

/** A sitemap file found for a domain. */
export const sitemapFiles = pgTable(
  "sitemap_files",
  {
    id: uuid("id")
      .primaryKey()
      .default(sql`extensions.uuid_generate_v4()`),
    tenantId: uuid("tenant_id").default("550e8400-e29b-41d4-a716-446655440000"),
    domainId: uuid("domain_id").notNull(),
    url: text("url").notNull(),
    sitemapType: text("sitemap_type").notNull(),
    discoveryMethod: text("discovery_method"),
    pageCount: integer("page_count"),
    sizeBytes: integer("size_bytes"),
    responseTimeMs: integer("response_time_ms"),
    status: text("status").notNull().default("new"),
    priority: integer("priority").default(5),
    statusCode: integer("status_code"),
    errorMessage: text("error_message"),
    lastModified: timestamptz("last_modified"),
    isGzipped: boolean("is_gzipped"),
    hasLastmod: boolean("has_lastmod"),
    hasPriority: boolean("has_priority"),
    hasChangefreq: boolean("has_changefreq"),
    generator: text("generator"),
    leadSource: text("lead_source"),
    userId: uuid("user_id"),
    userName: text("user_name"),
    notes: text("notes"),
    tags: text("tags").array(),
    isActive: boolean("is_active").default(true),
    processAfter: timestamptz("process_after"),
    lastProcessedAt: timestamptz("last_processed_at"),
    createdAt: timestamptz("created_at").defaultNow(),
    createdBy: uuid("created_by"),
    updatedAt: timestamptz("updated_at").defaultNow(),
    updatedBy: uuid("updated_by"),
    jobId: uuid("job_id"),
    urlCount: integer("url_count").default(0),
    deepScrapeCurationStatus: sitemapCurationStatus("deep_scrape_curation_status").default("New"),
    sitemapImportError: text("sitemap_import_error"),
    sitemapImportStatus: sitemapImportStatus("sitemap_import_status"),
  },
  (table) => [
    foreignKey({
      name: "sitemap_files_created_by_fkey",
      columns: [table.createdBy],
      foreignColumns: [authUsers.id],
    }),
    foreignKey({
      name: "sitemap_files_domain_id_fkey",
      columns: [table.domainId],
      foreignColumns: [domains.id],
    }),
    foreignKey({
      name: "sitemap_files_updated_by_fkey",
      columns: [table.updatedBy],
      foreignColumns: [authUsers.id],
    }),
    foreignKey({
      name: "sitemap_files_user_id_fkey",
      columns: [table.userId],
      foreignColumns: [authUsers.id],
    }),
    index("idx_sitemap_files_deep_scrape_process_status").on(table.sitemapImportStatus),
    index("idx_sitemap_files_status").on(table.status),
    index("idx_sitemap_files_tenant_domain").on(table.tenantId, table.domainId),
  ],
);
