import type { Metrics, PageFacts, ScrapeCode, ScrapeOutcome, SiteFacts } from "@scrapersky/outcome";

export const metrics: Metrics = {
  requests: 4,
  pages: 2,
  bytes: 12_345,
  fetchMs: 210.4,
  parseMs: 12.6,
  httpStatus: 200,
  finalUrl: "https://bakery.example/",
};

/** A site of which everything is known. */
export const site: SiteFacts = {
  domain: "bakery.example",
  finalUrl: "https://bakery.example/",
  redirectedTo: null,
  title: "Bäckerei Sonne",
  description: "Bread since 1901",
  language: "de-AT",
  contentLanguages: ["de", "en"],
  faviconUrl: "https://bakery.example/favicon.ico",
  logoUrl: "https://bakery.example/logo.svg",
  ipAddress: "203.0.113.7",
  server: "nginx",
  cdn: "Cloudflare",
  hostingProvider: "Hetzner",
  countryCode: "AT",
  responseMs: 83.2,
  hasSsl: true,
  sslIssuer: "Let's Encrypt",
  sslVersion: "TLSv1.3",
  sslExpiresAt: "2027-01-01T00:00:00.000Z",
  securityHeaders: { "strict-transport-security": "max-age=1" },
  lastModified: "2026-10-01T00:00:00.000Z",
  robotsTxt: "User-agent: *\nAllow: /",
  hasSitemap: true,
  sitemapUrl: "https://bakery.example/sitemap.xml",
  sitemapCount: 2,
  sitemapUrls: 14,
  feedUrls: ["https://bakery.example/feed"],
  copyrightYear: "2026",
  hasCookieNotice: true,
  hasPrivacyPolicy: true,
  hasEcommerce: true,
  googleAnalyticsId: "G-ABC123",
  googleTagManagerId: "GTM-XYZ",
  wordpress: { version: "6.8", theme: "astra" },
  plugins: {
    elementor: { version: "3.20" },
    divi: true,
    woocommerce: true,
    contactForm7: true,
    yoast: true,
    wpforms: true,
  },
  technologies: [{ name: "WordPress", category: "cms", version: "6.8" }],
  emails: ["info@bakery.example"],
  phones: ["+4312345678"],
  addresses: ["Hauptplatz 1, Wien"],
  social: {
    facebook: "https://facebook.com/sonne",
    twitter: "https://twitter.com/sonne",
    linkedin: "https://linkedin.com/company/sonne",
    instagram: "https://instagram.com/sonne",
    youtube: "https://youtube.com/@sonne",
  },
  paymentMethods: ["Visa", "Cash"],
  businessHours: ["Mo-Fr 06:00-18:00"],
  businessType: "Bakery",
  imagesCount: 12,
  averagePageBytes: 30_123.4,
  averageResponseMs: 80.5,
};

export const page = (path: string, emails: string[] = []): PageFacts => ({
  url: `https://bakery.example${path}`,
  title: `Title of ${path}`,
  description: "A page",
  h1: "Welcome",
  canonicalUrl: `https://bakery.example${path}`,
  metaRobots: "index,follow",
  language: "de",
  schemaTypes: ["Bakery"],
  hasContactForm: true,
  hasComments: true,
  wordCount: 321,
  inboundLinks: ["https://bakery.example/"],
  outboundLinks: ["https://elsewhere.example/"],
  lastModified: "2026-10-01T00:00:00.000Z",
  pageType: path === "/" ? "home" : "contact",
  status: 200,
  bytes: 30_000,
  contacts: emails.map((email) => ({ email, emailType: "Corporate", context: "Write to us" })),
});

export const done = (
  overrides: Partial<Extract<ScrapeOutcome, { kind: "done" }>> = {},
): ScrapeOutcome => ({
  kind: "done",
  site,
  pages: [
    page("/", ["info@bakery.example"]),
    page("/contact", ["info@bakery.example", "hr@gmail.com"]),
  ],
  flags: ["truncated"],
  metrics,
  ...overrides,
});

export const failed = (code: ScrapeCode = "dns_not_found"): ScrapeOutcome => ({
  kind: "failed",
  code,
  message: "The domain name does not exist.",
  metrics: { ...metrics, pages: 0, httpStatus: null, finalUrl: null },
});

export const retry = (code: ScrapeCode = "timeout"): ScrapeOutcome => ({
  kind: "retry",
  code,
  message: "The site did not answer in time.",
  metrics: { ...metrics, pages: 0, httpStatus: null, finalUrl: null },
});
