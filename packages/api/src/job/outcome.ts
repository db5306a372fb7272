import { sentenceOf, STORAGE_FAILED } from "./failure-sentences.ts";

/**
 * What a visit to a domain came back with, as far as it is recorded. The scraper's own outcome is
 * assignable to it; the two packages do not import each other, and the worker's types hold them together.
 */
export type ScrapeOutcome =
  | { kind: "done"; site: SiteFacts; pages: PageFacts[]; flags: string[]; metrics: Metrics }
  | { kind: "retry"; code: string; message: string; retryAfterMs?: number; metrics: Metrics }
  | { kind: "failed"; code: string; message: string; metrics: Metrics };

/** What is recorded in the place of an outcome that the database refuses to store. */
export const storageFailureOf = ({ metrics }: ScrapeOutcome): ScrapeOutcome => ({
  kind: "failed",
  code: STORAGE_FAILED,
  message: sentenceOf(STORAGE_FAILED),
  metrics,
});

/** Times in milliseconds. */
export interface Metrics {
  requests: number;
  pages: number;
  bytes: number;
  fetchMs: number;
  parseMs: number;
  httpStatus: number | null;
  finalUrl: string | null;
}

/** Strings are free of NUL and well-formed; times are ISO 8601; null means not seen. */
export interface SiteFacts {
  domain: string;
  finalUrl: string;
  redirectedTo?: string | null;
  title: string | null;
  description: string | null;
  language: string | null;
  contentLanguages: string[];
  faviconUrl: string | null;
  logoUrl: string | null;
  ipAddress: string | null;
  server: string | null;
  cdn: string | null;
  hostingProvider: string | null;
  countryCode?: string | null;
  responseMs: number | null;
  hasSsl: boolean | null;
  sslIssuer: string | null;
  sslVersion: string | null;
  sslExpiresAt: string | null;
  securityHeaders: Record<string, string>;
  lastModified: string | null;
  robotsTxt: string | null;
  hasSitemap: boolean | null;
  sitemapUrl: string | null;
  sitemapCount: number;
  sitemapUrls: number;
  feedUrls: string[];
  copyrightYear: string | null;
  hasCookieNotice: boolean | null;
  hasPrivacyPolicy: boolean | null;
  hasEcommerce: boolean | null;
  googleAnalyticsId: string | null;
  googleTagManagerId: string | null;
  wordpress: { version: string | null; theme: string | null } | null;
  plugins: {
    elementor: { version: string | null } | null;
    divi: boolean;
    woocommerce: boolean;
    contactForm7: boolean;
    yoast: boolean;
    wpforms: boolean;
  };
  technologies: { name: string; category: string; version: string | null }[];
  emails: string[];
  phones: string[];
  addresses: string[];
  social: {
    facebook: string | null;
    twitter: string | null;
    linkedin: string | null;
    instagram: string | null;
    youtube: string | null;
  };
  paymentMethods: string[];
  businessHours: unknown;
  businessType: string | null;
  imagesCount: number;
  averagePageBytes: number;
  averageResponseMs: number;
}

export interface PageFacts {
  url: string;
  title: string | null;
  description: string | null;
  h1: string | null;
  canonicalUrl: string | null;
  metaRobots: string | null;
  language: string | null;
  schemaTypes: string[];
  hasContactForm: boolean;
  hasComments: boolean;
  wordCount: number;
  inboundLinks: string[];
  outboundLinks: string[];
  lastModified: string | null;
  pageType: string;
  status: number;
  bytes: number;
  contacts: {
    email: string;
    emailType: "Service" | "Corporate" | "Free" | "Unknown";
    context: string | null;
  }[];
}
