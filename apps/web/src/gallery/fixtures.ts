import type {
  BatchProgress,
  BatchSummary,
  DomainDetail,
  JobDetail,
  JobRow,
  Me,
  Profile,
} from "@scrapersky/api/contract";

// Made-up data for looking at the pages without a server. Only the gallery reads it.

// Rounded, so that the server and the browser make the same data.
const ROUND_MS = 300_000;
const NOW_MS = Math.floor(Date.now() / ROUND_MS) * ROUND_MS;
const ago = (seconds: number): string => new Date(NOW_MS - seconds * 1000).toISOString();
const id = (n: number): string => `0198f3a2-7c1e-7b4a-9d52-${String(n).padStart(12, "0")}`;

export const ME: Me = {
  id: id(1),
  name: "Marta Keller",
  email: "owner@skyline.example",
  tenant: { id: id(2), slug: "skyline", name: "Skyline Marketing" },
  tenants: [
    { id: id(2), slug: "skyline", name: "Skyline Marketing" },
    { id: id(3), slug: "harbor", name: "Harbor Partners" },
  ],
  role: "owner",
  permissions: [
    "overview:read",
    "batches:read",
    "batches:create",
    "batches:cancel",
    "jobs:read",
    "domains:read",
    "pages:read",
    "profiles:read",
  ],
};

const batch = (
  n: number,
  patch: Partial<BatchSummary> & Pick<BatchSummary, "counts" | "status">,
): BatchSummary => {
  const { counts } = patch;
  const total = Object.values(counts).reduce((sum, value) => sum + value, 0);
  return {
    batchId: id(100 + n),
    label: null,
    total,
    progress: ((counts.complete + counts.failed) / total) * 100,
    maxPages: 50,
    maxConcurrent: 5,
    createdBy: { id: id(1), name: "Marta Keller" },
    createdAt: ago(200 + n * 5400),
    updatedAt: ago(2),
    startedAt: ago(195 + n * 5400),
    endedAt: patch.status === "running" || patch.status === "pending" ? null : ago(n * 5400),
    processingSeconds: 195,
    ...patch,
  };
};

export const BATCHES: BatchSummary[] = [
  batch(0, {
    label: "Dentists, Rhode Island",
    status: "running",
    counts: { complete: 208, failed: 17, cancelled: 0, running: 5, pending: 70 },
  }),
  batch(1, {
    label: "Bakeries with their own shop, first quarter list from the trade fair in Düsseldorf",
    status: "pending",
    counts: { complete: 0, failed: 0, cancelled: 0, running: 0, pending: 1240 },
    startedAt: null,
    processingSeconds: null,
  }),
  batch(2, {
    label: "Landscapers",
    status: "partial",
    counts: { complete: 431, failed: 38, cancelled: 0, running: 0, pending: 0 },
    processingSeconds: 1862,
  }),
  batch(3, {
    status: "complete",
    counts: { complete: 48, failed: 0, cancelled: 0, running: 0, pending: 0 },
    processingSeconds: 102,
  }),
  batch(4, {
    label: "Typo test",
    status: "failed",
    counts: { complete: 0, failed: 3, cancelled: 0, running: 0, pending: 0 },
    processingSeconds: 0.4,
    createdBy: { id: id(5), name: "Jonas Okafor" },
  }),
  batch(5, {
    label: "Yoga studios, Lisbon",
    status: "cancelled",
    counts: { complete: 61, failed: 4, cancelled: 135, running: 0, pending: 0 },
    processingSeconds: 344,
  }),
  batch(6, {
    label: "Veterinary practices",
    status: "complete",
    counts: { complete: 9821, failed: 0, cancelled: 0, running: 0, pending: 0 },
    processingSeconds: 14_210,
  }),
];

const [runningSummary] = BATCHES as [BatchSummary];

export const PROGRESS: BatchProgress = {
  ...runningSummary,
  pages: 3114,
  ratePerMinute: 71.4,
  etaSeconds: { low: 55, high: 96 },
  stalled: false,
  error: null,
  failures: [
    {
      code: "dns_not_found",
      message: "The domain name does not exist.",
      count: 9,
      sample: ["smile-prov.example", "bright-dental-ri.example", "eastside-ortho.example"],
    },
    {
      code: "timeout",
      message: "The site did not answer in time.",
      count: 6,
      sample: ["newportdentistry.example", "warwick-kids-dental.example"],
    },
    {
      code: "robots_disallowed",
      message: "The site's robots.txt asks not to be visited.",
      count: 2,
      sample: ["implants-of-cranston.example"],
    },
  ],
  asOf: ago(1),
};

const DOMAINS = [
  "providence-dental.example",
  "smile-prov.example",
  "newportdentistry.example",
  "bristol-family-dentists-and-orthodontics.example",
  "cranston-smiles.example",
  "pawtucket-dental-group.example",
  "warwick-kids-dental.example",
  "xn--zahnrzte-ri-q8a.example",
  "barrington-implants.example",
  "westerly-oral-surgery.example",
  "tiverton-tooth.example",
  "not a domain at all",
];

const STATUSES = [
  "complete",
  "failed",
  "failed",
  "complete",
  "complete",
  "running",
  "failed",
  "complete",
  "running",
  "pending",
  "cancelled",
  "failed",
] as const;

const ERRORS = [
  "The domain name does not exist.",
  "The site did not answer in time.",
  "The site's robots.txt asks not to be visited and says so for every visitor, ours included.",
];
const CODES = ["dns_not_found", "timeout", "robots_disallowed"];

export const JOBS: JobRow[] = DOMAINS.map((domain, index) => {
  const status = STATUSES[index] ?? "pending";
  const failed = status === "failed";
  const started = status !== "pending" && status !== "cancelled";
  return {
    jobId: id(200 + index),
    batchId: runningSummary.batchId,
    batchLabel: runningSummary.label,
    domain,
    domainId: status === "complete" ? id(300 + index) : null,
    status,
    progress: status === "complete" ? 100 : 0,
    attempts: failed ? 3 : started ? 1 : 0,
    errorCode: failed ? (CODES[index % 3] ?? null) : null,
    error: failed ? (ERRORS[index % 3] ?? null) : null,
    pages: status === "complete" ? 3 + index * 4 : null,
    createdAt: ago(200),
    startedAt: started ? ago(190 - index * 4) : null,
    endedAt: status === "complete" || failed ? ago(150 - index * 4) : null,
    durationSeconds: started ? 2.3 + index * 7.7 : null,
  };
});

export const JOB_FAILED: JobDetail = {
  ...(JOBS[1] as JobRow),
  error: "The site did not answer in time.",
  errorCode: "timeout",
  input: "https://www.Smile-Prov.example/contact",
  maxPages: 50,
  result: null,
  attemptList: [
    {
      attempt: 1,
      outcome: "retry",
      workerId: "worker-4f1c",
      startedAt: ago(190),
      endedAt: ago(165),
      errorCode: "timeout",
      error: "The site did not answer in time.",
      httpStatus: null,
      finalUrl: null,
      pages: 0,
      bytes: 0,
      timings: { fetchMs: 25_000 },
    },
    {
      attempt: 2,
      outcome: "lost",
      workerId: "worker-4f1c",
      startedAt: ago(140),
      endedAt: ago(110),
      errorCode: "worker_lost",
      error: "The worker went away while it scraped.",
      httpStatus: null,
      finalUrl: null,
      pages: 0,
      bytes: 0,
      timings: {},
    },
    {
      attempt: 3,
      outcome: "failed",
      workerId: "worker-9a02",
      startedAt: ago(100),
      endedAt: ago(58),
      errorCode: "timeout",
      error: "The site did not answer in time.",
      httpStatus: 503,
      finalUrl: "https://smile-prov.example/",
      pages: 2,
      bytes: 48_211,
      timings: { fetchMs: 38_200, parseMs: 1900, storeMs: 400 },
    },
  ],
};

export const JOB_COMPLETE: JobDetail = {
  ...(JOBS[0] as JobRow),
  domainId: id(300),
  input: "providence-dental.example",
  maxPages: 50,
  result: {
    finalUrl: "https://www.providence-dental.example/",
    title: "Providence Dental · Gentle dentistry on Hope Street",
    pages: 14,
    contacts: 3,
    phones: 2,
    technologies: ["WordPress", "Elementor", "Yoast SEO", "Google Analytics"],
    flags: ["redirected_to_www", "page_limit_reached"],
  },
  attemptList: [
    {
      attempt: 1,
      outcome: "done",
      workerId: "worker-4f1c",
      startedAt: ago(190),
      endedAt: ago(150),
      errorCode: null,
      error: null,
      httpStatus: 200,
      finalUrl: "https://www.providence-dental.example/",
      pages: 14,
      bytes: 1_204_112,
      timings: { fetchMs: 34_000, parseMs: 5200, storeMs: 600 },
    },
  ],
};

export const DOMAIN: DomainDetail = {
  domainId: id(300),
  domain: "providence-dental.example",
  title: "Providence Dental · Gentle dentistry on Hope Street",
  description:
    "Family dentists in Providence, Rhode Island. Check-ups, implants and orthodontics, with evening hours and a practice dog.",
  language: "en-US",
  contentLanguages: ["en", "es"],
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
  hasCookieNotice: true,
  hasPrivacyPolicy: true,
  hasEcommerce: null,
  googleAnalyticsId: "G-4TQ2M7X1RZ",
  googleTagManagerId: null,
  wordpress: { version: "6.8.3", theme: "hello-elementor" },
  technologies: [
    { name: "WordPress", category: "Content management", version: "6.8.3" },
    { name: "Elementor", category: "Page builder", version: "3.31.2" },
    { name: "Yoast SEO", category: "Search", version: "25.9" },
    { name: "Google Analytics", category: "Analytics", version: null },
    { name: "Contact Form 7", category: "Forms", version: "6.1" },
    { name: "jQuery", category: "JavaScript library", version: "3.7.1" },
  ],
  emails: ["hello@providence-dental.example"],
  phones: ["+14015550142", "+14015550143"],
  addresses: ["214 Hope Street, Providence, RI 02906"],
  social: [
    { network: "facebook", url: "https://www.facebook.com/providencedental" },
    { network: "instagram", url: "https://www.instagram.com/providencedental" },
  ],
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
  contacts: [
    {
      contactId: id(500),
      email: "hello@providence-dental.example",
      emailType: "Service",
      context: "Write to us at hello@providence-dental.example or call the front desk",
      sourceUrl: "https://www.providence-dental.example/contact",
    },
    {
      contactId: id(501),
      email: "dr.alvarez@providence-dental.example",
      emailType: "Corporate",
      context: "Dr. Lucia Alvarez, orthodontics",
      sourceUrl: "https://www.providence-dental.example/our-team",
    },
    {
      contactId: id(502),
      email: "providencedental.frontdesk.appointments@gmail.example",
      emailType: "Free",
      context: null,
      sourceUrl: "javascript:alert(1)",
    },
  ],
  recentJobs: [
    { jobId: id(200), batchId: id(100), status: "complete", createdAt: ago(200) },
    { jobId: id(209), batchId: id(101), status: "failed", createdAt: ago(90_000) },
  ],
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
  createdAt: ago(8_000_000 + index * 900_000),
  updatedAt: ago(90_000),
}));
