import type { DomainDetail, Profile } from "@scrapersky/api/contract";
import { ago, id, ME, NOW_MS } from "./fixture-base.ts";
import { LEAD } from "./lead-fixture.ts";

export const DOMAIN: DomainDetail = {
  domainId: id(300),
  domain: "providence-dental.example",
  displayDomain: "providence-dental.example",
  notes: [],
  redirectedTo: null,
  title: "Providence Dental · Gentle dentistry on Hope Street",
  description:
    "Family dentists in Providence, Rhode Island. Check-ups, implants and orthodontics, with evening hours and a practice dog.",
  finalUrl: "https://www.providence-dental.example/",
  server: "nginx/1.27.1",
  ipAddress: "203.0.113.27",
  cdn: "Cloudflare",
  hasSsl: true,
  sslIssuer: "Let's Encrypt",
  sslExpiresAt: new Date(NOW_MS + 5_184_000_000).toISOString(),
  responseMs: 412,
  hasSitemap: true,
  sitemapUrl: "https://www.providence-dental.example/sitemap_index.xml",
  robotsTxt:
    "User-agent: *\nDisallow: /wp-admin/\nAllow: /wp-admin/admin-ajax.php\n\nSitemap: https://www.providence-dental.example/sitemap_index.xml",
  googleAnalyticsId: "G-4TQ2M7X1RZ",
  googleTagManagerId: "GTM-K7Q2XN9",
  wordpress: { version: "6.8.3", theme: "hello-elementor" },
  securityHeaders: {
    "strict-transport-security": "max-age=31536000",
    "x-frame-options": "SAMEORIGIN",
  },
  feedUrls: ["https://www.providence-dental.example/feed/"],
  copyrightYear: "2026",
  lastScan: ago(150),
  lastSuccessfulScan: ago(150),
  lastError: null,
  pageCount: 14,
  pages: ["/", "/contact", "/our-team", "/services/implants?ref=menu", "/blog/how-to-brush"].map(
    (path, index) => ({
      pageId: id(400 + index),
      url: `https://www.providence-dental.example${path}`,
      title: index === 3 ? null : `Providence Dental ${path.slice(1)}`,
      description: null,
      h1: "Implants that last",
      pageType: ["home", "contact", "about", "product", "blog"][index] ?? null,
      wordCount: 180 + index * 412,
      hasContactForm: index === 1,
      schemaTypes: ["Dentist"],
      outboundLinks: 4 + index,
      lastScan: ago(150),
    }),
  ),
  storedPages: 5,
  lead: LEAD,
  recentJobs: [
    { jobId: id(200), batchId: id(100), status: "complete", createdAt: ago(200) },
    { jobId: id(209), batchId: id(101), status: "failed", createdAt: ago(90_000) },
  ],
};

/** A site whose name is written in its own script, and which is not what it seems. */
export const DOMAIN_PARKED: DomainDetail = {
  ...DOMAIN,
  domain: "xn--zahnrzte-ri-o8a.example",
  displayDomain: "zahnärzte-ri.example",
  notes: [
    {
      flag: "parked",
      text: "The domain is parked, for sale, suspended or shows a server's default page.",
    },
  ],
};

export const DOMAIN_NEVER_READ: DomainDetail = {
  ...DOMAIN,
  domain: "smile-prov.example",
  displayDomain: "smile-prov.example",
  lastSuccessfulScan: null,
  lead: null,
  lastError: "The domain name does not exist.",
  recentJobs: DOMAIN.recentJobs.slice(1),
};

export const PROFILES: Profile[] = [
  ["Marta Keller", "owner@skyline.example", "owner", true],
  ["Jonas Okafor", "operator@skyline.example", "operator", true],
  ["Priya Raman", "viewer@skyline.example", "viewer", true],
  ["Théo Lambert", "theo.lambert@skyline.example", "viewer", false],
].map(([name, email, tenantRole, active], index) => ({
  id: id(index + 1),
  name: name as string,
  email: email as string,
  role: "USER",
  tenantRole: tenantRole as string,
  bio: null,
  avatarUrl: null,
  tenantId: ME.tenant.id,
  active: active as boolean,
  invited: false,
  createdAt: ago(8_000_000 + index * 900_000),
  updatedAt: ago(90_000),
}));
