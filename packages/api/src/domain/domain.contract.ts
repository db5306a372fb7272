import { z } from "zod";
import { idText } from "../id.contract.ts";
import type { LeadDetail } from "../lead/lead.contract.ts";

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

/** A remark on a scan that ended well, which its facts alone would hide. */
export interface ScanNote {
  flag: string;
  /** The remark as a sentence. */
  text: string;
}

/** A scanned site of the tenant: what its last scan says of the site, and its business. Null means not seen, never "no". */
export interface DomainDetail {
  domainId: string;
  domain: string;
  /** The domain as people read it: in its own script instead of punycode. */
  displayDomain: string;
  /** Remarks on the last scan that read the site. */
  notes: ScanNote[];
  /** Where the domain's visitors end up, when that is another site. */
  redirectedTo: string | null;
  title: string | null;
  description: string | null;
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
  googleAnalyticsId: string | null;
  googleTagManagerId: string | null;
  wordpress: { version: string | null; theme: string | null } | null;
  securityHeaders: Record<string, string>;
  feedUrls: string[];
  copyrightYear: string | null;
  lastScan: string | null;
  /** Null when no scan has ever read the site: then there are no facts of it. */
  lastSuccessfulScan: string | null;
  lastError: string | null;
  pageCount: number | null;
  /** What `leads.byId` tells. Null where nothing is kept yet: never scanned, or only by earlier versions and not brought up. */
  lead: LeadDetail | null;
  /** The first of them; `storedPages` counts all. */
  pages: ScannedPage[];
  storedPages: number;
  recentJobs: { jobId: string; batchId: string | null; status: string; createdAt: string }[];
}
