// The enum types of the real tables, under their real names and with their labels in order.
import { pgEnum } from "drizzle-orm/pg-core";

export const domainExtractionStatus = pgEnum("DomainExtractionStatusEnum", [
  "Queued",
  "Processing",
  "Completed",
  "Error",
]);

export const sitemapAnalysisStatus = pgEnum("SitemapAnalysisStatusEnum", [
  "Queued",
  "Processing",
  "Completed",
  "Error",
]);

export const sitemapCurationStatus = pgEnum("SitemapCurationStatusEnum", [
  "New",
  "Selected",
  "Maybe",
  "Not a Fit",
  "Archived",
]);

export const contactEmailType = pgEnum("contact_email_type_enum", [
  "Service",
  "Corporate",
  "Free",
  "Unknown",
]);

export const pageCurationStatus = pgEnum("pagecurationstatus", [
  "New",
  "Queued",
  "Processing",
  "Complete",
  "Error",
  "Skipped",
]);

export const pageProcessingStatus = pgEnum("pageprocessingstatus", [
  "Queued",
  "Processing",
  "Complete",
  "Error",
]);

export const placeStatus = pgEnum("place_status_enum", [
  "New",
  "Selected",
  "Maybe",
  "Not a Fit",
  "Archived",
]);

export const sitemapImportStatus = pgEnum("sitemap_import_status_enum", [
  "Queued",
  "Processing",
  "Completed",
  "Error",
]);

export const taskStatus = pgEnum("task_status", [
  "Queued",
  "InProgress",
  "Completed",
  "Error",
  "ManualReview",
  "Cancelled",
  "Paused",
]);
