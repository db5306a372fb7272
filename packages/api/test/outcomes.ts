import type {
  EmailFacts,
  LeadFacts,
  Metrics,
  PageFacts,
  ScrapeCode,
  ScrapeOutcome,
  SiteFacts,
} from "@scrapersky/outcome";

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
  faviconUrl: "https://bakery.example/favicon.ico",
  logoUrl: "https://bakery.example/logo.svg",
  ipAddress: "203.0.113.7",
  server: "nginx",
  cdn: "Cloudflare",
  hostingProvider: "Hetzner",
  responseMs: 83.2,
  hasSsl: true,
  sslIssuer: "Let's Encrypt",
  sslVersion: "TLSv1.3",
  sslExpiresAt: "2027-01-01T00:00:00.000Z",
  securityHeaders: { "strict-transport-security": "max-age=1" },
  robotsTxt: "User-agent: *\nAllow: /",
  hasSitemap: true,
  sitemapUrl: "https://bakery.example/sitemap.xml",
  sitemapCount: 2,
  sitemapUrls: 14,
  feedUrls: ["https://bakery.example/feed"],
  copyrightYear: "2026",
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
  paymentMethods: ["Visa", "Cash"],
  businessHours: ["Mo-Fr 06:00-18:00"],
  imagesCount: 12,
  averagePageBytes: 30_123.4,
  averageResponseMs: 80.5,
};

const HOME = "https://bakery.example/";
const CONTACT = "https://bakery.example/contact";

const email = (address: string, pages: string[], more: Partial<EmailFacts> = {}): EmailFacts => ({
  email: address,
  kind: "other",
  free: false,
  ownDomain: true,
  person: null,
  hidden: "mailto",
  pages,
  context: "Write to us",
  takesMail: "yes",
  takesMailAt: "2026-11-01T00:00:00.000Z",
  ...more,
});

const socials = {
  facebook: "https://facebook.com/sonne",
  x: "https://twitter.com/sonne",
  linkedin: "https://linkedin.com/company/sonne",
  instagram: "https://instagram.com/sonne",
  youtube: "https://youtube.com/@sonne",
} as const;

/** A lead of which everything is known. */
export const lead: LeadFacts = {
  business: {
    name: "Bäckerei Sonne",
    nameFrom: "json_ld",
    kind: "Bakery",
    legalName: "Sonne GmbH",
  },
  emails: [
    email("info@bakery.example", [HOME, CONTACT]),
    email("hr@gmail.com", [CONTACT], { free: true, ownDomain: false }),
  ],
  bestEmail: { email: "info@bakery.example", rule: "On the site's own domain." },
  bestPersonEmail: { email: "hr@gmail.com", rule: "A person's address." },
  phones: [
    { e164: "+4312345678", national: "01 2345678", from: "tel", label: "Laden", pages: [HOME] },
  ],
  faxes: [],
  bestPhone: { e164: "+4312345678", rule: "The first number of the site." },
  people: [
    {
      name: "Anna Sonne",
      title: "Inhaberin",
      email: null,
      phone: null,
      profileUrl: null,
      page: CONTACT,
    },
  ],
  socials: (["facebook", "x", "linkedin", "instagram", "youtube"] as const).map((network) => ({
    network,
    account: "sonne",
    url: socials[network],
    page: HOME,
  })),
  addresses: [
    {
      street: "Hauptplatz 1",
      postcode: "1010",
      town: "Wien",
      region: null,
      country: "AT",
      geo: null,
      written: "Hauptplatz 1, Wien",
      from: "json_ld",
      page: HOME,
    },
  ],
  country: {
    code: "AT",
    confidence: "sure",
    signs: [{ sign: "lang", says: "AT", value: "de-AT" }],
  },
  languages: { site: "de-AT", pages: ["de", "en"] },
  technologies: [
    {
      name: "WordPress",
      category: "CMS",
      version: "6.8",
      evidence: { where: "meta", what: "WordPress 6.8", page: HOME },
    },
  ],
  signals: {
    contactForm: true,
    shop: true,
    booking: false,
    blog: false,
    newsletter: false,
    cookieNotice: true,
    privacyPolicy: true,
    lastModified: "2026-10-01T00:00:00.000Z",
    parked: false,
    needsJs: false,
    botWall: false,
  },
  reason: null,
  capped: [],
};

export const page = (path: string): PageFacts => ({
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
});

export const done = (
  overrides: Partial<Extract<ScrapeOutcome, { kind: "done" }>> = {},
): ScrapeOutcome => ({
  kind: "done",
  lead,
  site,
  pages: [page("/"), page("/contact")],
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
