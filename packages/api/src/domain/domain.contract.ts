import { z } from "zod";
import { idText } from "../id.contract.ts";

/** A product that a site uses, as `tech_stack` keeps it. */
export interface Technology {
  name: string;
  category: string;
  version: string | null;
}

/** Type of a mailbox in table `contacts`. */
export type EmailType = "Service" | "Corporate" | "Free" | "Unknown";

export const domainIdInput = z.object({ domainId: idText });

export interface ScannedPage {
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

export interface Contact {
  contactId: string;
  email: string;
  emailType: EmailType | null;
  context: string | null;
  sourceUrl: string | null;
}

/** A remark on a scan that ended well, which its facts alone would hide. */
export interface ScanNote {
  flag: string;
  /** The remark as a sentence. */
  text: string;
}

/** A scanned site of the tenant, with what its last scan found. Null means not seen, never "no". */
export interface DomainDetail {
  domainId: string;
  domain: string;
  /** The domain as people read it: in its own script instead of punycode. */
  displayDomain: string;
  /** The caller may not read contacts: what names or reaches a person is left out, and counted only. */
  contactsHidden: boolean;
  /** Remarks on the last scan that read the site. */
  notes: ScanNote[];
  /** Where the domain's visitors end up, when that is another site. */
  redirectedTo: string | null;
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
  /** In E.164, and as they are written down. */
  phones: { number: string; text: string }[];
  addresses: string[];
  social: { network: string; url: string }[];
  securityHeaders: Record<string, string>;
  feedUrls: string[];
  copyrightYear: string | null;
  lastScan: string | null;
  /** Null when no scan has ever read the site: then there are no facts of it. */
  lastSuccessfulScan: string | null;
  lastError: string | null;
  pageCount: number | null;
  /** The first of them; `storedPages` counts all. */
  pages: ScannedPage[];
  storedPages: number;
  /** The first of them; `storedContacts` counts all. */
  contacts: Contact[];
  storedContacts: number;
  recentJobs: { jobId: string; batchId: string | null; status: string; createdAt: string }[];
}
