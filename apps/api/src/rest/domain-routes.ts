import { z } from "@hono/zod-openapi";
import { type DomainDetail, JOB_STATUSES } from "@scrapersky/api/contract";
import { idInPath } from "./field.ts";
import { legacyTime, legacyTimeOrNull, time } from "./legacy-time.ts";
import { declareRoute, noSuch } from "./rest-route.ts";
import { shapeOf } from "./shape.ts";

const DOMAIN_ID = "9b1d2f40-7a52-4d58-8c39-0a6f1f1f2e41";
const SCANNED = "2026-11-21T09:00:07.310022+00:00";
const text = z.string().nullable();
const number = z.number().nullable();
const flag = z.boolean().nullable();

const domain = shapeOf<DomainDetail>()("Domain", {
  id: [z.uuid(), ({ domainId }) => domainId, DOMAIN_ID],
  domain: [z.string(), (of) => of.domain, "example.com"],
  display_domain: [z.string(), ({ displayDomain }) => displayDomain, "example.com"],
  notes: [
    z.array(z.strictObject({ flag: z.string(), text: z.string() })),
    ({ notes }) => notes,
    [],
  ],
  redirected_to: [text, ({ redirectedTo }) => redirectedTo, null],
  title: [text, ({ title }) => title, "Example Domain"],
  description: [text, ({ description }) => description, null],
  final_url: [text, ({ finalUrl }) => finalUrl, "https://example.com/"],
  server: [text, ({ server }) => server, null],
  ip_address: [text, ({ ipAddress }) => ipAddress, "192.0.2.10"],
  cdn: [text, ({ cdn }) => cdn, null],
  has_ssl: [flag, ({ hasSsl }) => hasSsl, true],
  ssl_issuer: [text, ({ sslIssuer }) => sslIssuer, null],
  ssl_expires_at: [time.nullable(), ({ sslExpiresAt }) => legacyTimeOrNull(sslExpiresAt), null],
  response_ms: [number, ({ responseMs }) => responseMs, 40],
  has_sitemap: [flag, ({ hasSitemap }) => hasSitemap, false],
  sitemap_url: [text, ({ sitemapUrl }) => sitemapUrl, null],
  robots_txt: [text, ({ robotsTxt }) => robotsTxt, null],
  google_analytics_id: [text, ({ googleAnalyticsId }) => googleAnalyticsId, null],
  google_tag_manager_id: [text, ({ googleTagManagerId }) => googleTagManagerId, null],
  wordpress: [
    z.strictObject({ version: text, theme: text }).nullable(),
    ({ wordpress }) => wordpress,
    null,
  ],
  security_headers: [z.record(z.string(), z.string()), (of) => of.securityHeaders, {}],
  feed_urls: [z.array(z.string()), ({ feedUrls }) => feedUrls, []],
  copyright_year: [text, ({ copyrightYear }) => copyrightYear, null],
  last_scan: [time.nullable(), ({ lastScan }) => legacyTimeOrNull(lastScan), SCANNED],
  last_successful_scan: [
    time.nullable().openapi({ description: "Null when no scan has ever read the site" }),
    ({ lastSuccessfulScan }) => legacyTimeOrNull(lastSuccessfulScan),
    SCANNED,
  ],
  last_error: [text, ({ lastError }) => lastError, null],
  page_count: [number, ({ pageCount }) => pageCount, 1],
  recent_jobs: [
    z.array(
      z.strictObject({
        job_id: z.uuid(),
        batch_id: z.uuid().nullable(),
        status: z.enum(JOB_STATUSES),
        created_at: time,
      }),
    ),
    ({ recentJobs }) =>
      recentJobs.map((job) => ({
        job_id: job.jobId,
        batch_id: job.batchId,
        status: job.status as (typeof JOB_STATUSES)[number],
        created_at: legacyTime(job.createdAt),
      })),
    [
      {
        job_id: "3a9d8a52-5f0e-4f6c-9a64-2f1f9c0f7b10",
        batch_id: "0f8b1c9e-6d1e-4a52-9f0a-3f4f6f1f7c11",
        status: "complete",
        created_at: "2026-11-21T09:00:00.123456+00:00",
      },
    ],
  ],
});

export const DOMAIN_ROUTES = [
  declareRoute({
    operationId: "getDomain",
    method: "get",
    path: "/domains/{domain_id}",
    noun: "leads",
    summary: "What the last scan says of a site, and its latest jobs",
    description:
      "Null means not seen, never no. Its business is told at /leads/{domain}, its pages at /pages?domain_id=.",
    permission: "domains:read",
    takes: { path: { domain_id: idInPath({ format: "uuid" }) } },
    answer: z.strictObject({ data: domain.schema }),
    example: { data: domain.example },
    refuses: { 404: noSuch("Domain") },
    respond: async (c, { path }) => ({
      data: domain.of(await c.get("rest").api.domains.byId({ domainId: path.domain_id })),
    }),
  }),
];
