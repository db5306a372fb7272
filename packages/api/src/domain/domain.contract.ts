import { z } from "zod";

export const domainIdInput = z.object({ domainId: z.string().max(100) });

export interface PageRow {
  pageId: string;
  url: string;
  title: string | null;
  description: string | null;
  h1: string | null;
  pageType: string | null;
  wordCount: number | null;
  hasContactForm: boolean;
  schemaTypes: string[];
  outboundLinks: number;
  lastScan: string | null;
}

export interface ContactRow {
  contactId: string;
  email: string;
  emailType: "Service" | "Corporate" | "Free" | "Unknown" | null;
  context: string | null;
  sourceUrl: string | null;
}

export interface Technology {
  name: string;
  category: string;
  version: string | null;
}

/** A scanned site of the tenant, with what its last scan found. Null means not seen, never "no". */
export interface DomainDetail {
  domainId: string;
  domain: string;
  title: string | null;
  description: string | null;
  language: string | null;
  contentLanguages: string[];
  finalUrl: string | null;
  server: string | null;
  ipAddress: string | null;
  cdn: string | null;
  hasSsl: boolean | null;
  sslIssuer: string | null;
  sslExpiresAt: string | null;
  responseMs: number | null;
  hasSitemap: boolean | null;
  sitemapUrl: string | null;
  robotsTxt: string | null;
  hasCookieNotice: boolean | null;
  hasPrivacyPolicy: boolean | null;
  hasEcommerce: boolean | null;
  googleAnalyticsId: string | null;
  googleTagManagerId: string | null;
  wordpress: { version: string | null; theme: string | null } | null;
  technologies: Technology[];
  emails: string[];
  phones: string[];
  addresses: string[];
  social: { network: string; url: string }[];
  securityHeaders: Record<string, string>;
  feedUrls: string[];
  copyrightYear: string | null;
  lastScan: string | null;
  lastSuccessfulScan: string | null;
  lastError: string | null;
  pageCount: number | null;
  pages: PageRow[];
  contacts: ContactRow[];
  recentJobs: { jobId: string; batchId: string | null; status: string; createdAt: string }[];
}
