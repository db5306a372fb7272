import { sql } from "drizzle-orm";
import {
  type AnyPgColumn,
  boolean,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  unique,
  uuid,
} from "drizzle-orm/pg-core";
import { domains } from "./domains.ts";
import { pageCurationStatus, pageProcessingStatus } from "./enums.ts";
import { sitemapFiles } from "./sitemap-files.ts";
import { timestamptz } from "./time.ts";

/** When a page was first found, as lists are sorted by it: rows of other writers may not say. */
export const pageFound = (createdAt: AnyPgColumn) =>
  sql`coalesce(${createdAt}, '-infinity'::timestamptz)`;

/** A page of a domain, once per URL; a new scrape updates it. */
export const pages = pgTable(
  "pages",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    tenantId: uuid("tenant_id").notNull(),
    domainId: uuid("domain_id").notNull(),
    url: text("url").notNull(),
    title: text("title"),
    description: text("description"),
    h1: text("h1"),
    canonicalUrl: text("canonical_url"),
    metaRobots: text("meta_robots"),
    hasSchemaMarkup: boolean("has_schema_markup").default(false),
    schemaTypes: text("schema_types").array(),
    hasContactForm: boolean("has_contact_form").default(false),
    hasComments: boolean("has_comments").default(false),
    wordCount: integer("word_count"),
    inboundLinks: text("inbound_links").array(),
    outboundLinks: text("outbound_links").array(),
    lastModified: timestamptz("last_modified"),
    lastScan: timestamptz("last_scan"),
    pageType: text("page_type"),
    leadSource: text("lead_source"),
    additionalJson: jsonb("additional_json").default({}),
    createdAt: timestamptz("created_at").defaultNow(),
    updatedAt: timestamptz("updated_at").defaultNow(),
    sitemapFileId: uuid("sitemap_file_id"),
    pageCurationStatus: pageCurationStatus("page_curation_status").notNull().default("New"),
    pageProcessingStatus: pageProcessingStatus("page_processing_status"),
    pageProcessingError: text("page_processing_error"),
  },
  (table) => [
    foreignKey({
      name: "fk_pages_sitemap_file_id",
      columns: [table.sitemapFileId],
      foreignColumns: [sitemapFiles.id],
    }).onDelete("set null"),
    foreignKey({
      name: "pages_domain_id_fkey",
      columns: [table.domainId],
      foreignColumns: [domains.id],
    }),
    unique("uq_pages_domain_url").on(table.domainId, table.url),
    index("idx_pages_domain_id").on(table.domainId),
    index("idx_pages_page_curation_status").on(table.pageCurationStatus),
    index("idx_pages_page_processing_status").on(table.pageProcessingStatus),
    index("idx_pages_sitemap_file_id").on(table.sitemapFileId),
    index("app_pages_tenant_created").on(table.tenantId, pageFound(table.createdAt), table.id),
    index("app_pages_tenant_type_created").on(
      table.tenantId,
      table.pageType,
      pageFound(table.createdAt),
      table.id,
    ),
  ],
);
