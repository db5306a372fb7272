import { defineStatement, executeRawSql, expression, json, type Tx } from "@scrapersky/db";
import { domains } from "@scrapersky/db/schema";
import type { LeadFacts, Metrics, PageFacts, SiteFacts } from "@scrapersky/outcome";
import { getTableColumns, type SQL, sql } from "drizzle-orm";
import type { PgInsertValue } from "drizzle-orm/pg-core";
import { toLeadColumns } from "./lead-columns.ts";

/** Whose scan it is. */
export interface ScanOf {
  tenantId: string;
  domain: string;
  jobId: string;
  batchId: string;
  createdBy: string | null;
}

export interface DoneScan {
  lead: LeadFacts;
  site: SiteFacts;
  pages: readonly PageFacts[];
  flags: readonly string[];
  metrics: Metrics;
}

type DomainInsert = PgInsertValue<typeof domains>;

/** What a later scan leaves as the first one, or a person, wrote it. */
const KEPT = new Set([
  "id",
  "tenantId",
  "domain",
  "leadSource",
  "firstScan",
  "createdAt",
  "createdBy",
]);

const ERRORS_KEPT = 20;

/** By the database's clock, which all workers share. */
const now = sql`now()`;

/** A row that was there before has been locked by its update. */
const IS_FIRST = "(xmax = 0)";

/** A domain's row as a scan left it. */
export interface StoredDomain {
  domainId: string;
  /** This scan made the row. */
  isFirst: boolean;
}

/** Which row of `domains` it is about: each is written once by a statement. */
export const domainKey = ({ tenantId, domain }: Pick<ScanOf, "tenantId" | "domain">): string =>
  `${tenantId} ${domain}`;

/**
 * Writes the facts of scans into the tenants' rows of their domains, each named once; the newest scan is the truth.
 * Rows are locked by tenant and name.
 * @returns by `domainKey`
 */
export async function storeDomainFacts(
  tx: Tx,
  scans: readonly { of: ScanOf; scan: DoneScan }[],
): Promise<Map<string, StoredDomain>> {
  const rows = scans
    .toSorted((one, other) => (domainKey(one.of) < domainKey(other.of) ? -1 : 1))
    .map(({ of, scan }) => toDomainInsert(of, scan));
  const [first] = rows;
  if (first === undefined) return new Map();
  const stored = await tx
    .insert(domains)
    .values(rows)
    .onConflictDoUpdate({ target: [domains.tenantId, domains.domain], set: overwrites(first) })
    .returning({
      tenantId: domains.tenantId,
      domain: domains.domain,
      domainId: domains.id,
      isFirst: expression("bool")`${sql.raw(IS_FIRST)}`,
    });
  return new Map(stored.map((row) => [domainKey(row), row]));
}

/** Takes each column from the row that could not be inserted; facts written by others stay in `meta_json`. */
function overwrites(row: DomainInsert): Record<string, SQL> {
  const columns = getTableColumns(domains);
  const set: Record<string, SQL> = {};
  for (const [key, column] of Object.entries(columns)) {
    if (key in row && !KEPT.has(key)) set[key] = sql.raw(`excluded.${column.name}`);
  }
  return { ...set, metaJson: sql`coalesce(${domains.metaJson}, '{}') || excluded.meta_json` };
}

function toDomainInsert(of: ScanOf, { lead, site, pages, flags, metrics }: DoneScan): DomainInsert {
  const home = pages.find((page) => page.pageType === "home") ?? pages[0];
  return {
    tenantId: of.tenantId,
    domain: of.domain,
    leadSource: "batch",
    status: "active",
    isActive: true,
    createdBy: of.createdBy,
    createdAt: sql`timezone('utc', now())`,
    updatedAt: sql`timezone('utc', now())`,
    batchId: of.batchId,
    firstScan: now,
    lastScan: now,
    lastSuccessfulScan: now,
    lastError: null,
    errorCount: 0,
    contentScrapeStatus: "Completed",
    contentScrapeAt: now,
    contentScrapeError: null,
    pageScrapeStatus: "Completed",
    pageScrapeAt: now,
    pageScrapeError: null,
    sitemapMonitorStatus: "Completed",
    sitemapMonitorAt: now,
    sitemapMonitorError: null,
    sitemapAnalysisStatus: "Completed",
    sitemapAnalysisError: null,
    ...toTransport(site),
    ...toContent(site),
    ...toWordPress(site),
    ...toLeadColumns(lead),
    pageCount: pages.length,
    crawlerHints: {
      has_robots_txt: site.robotsTxt !== null,
      meta_robots: home?.metaRobots ?? null,
      canonical_url: home?.canonicalUrl ?? null,
    },
    performanceMetrics: {
      requests: metrics.requests,
      pages: metrics.pages,
      bytes: metrics.bytes,
      fetch_ms: metrics.fetchMs,
      parse_ms: metrics.parseMs,
    },
    metaJson: {
      final_url: site.finalUrl,
      redirected_to: site.redirectedTo,
      http_status: metrics.httpStatus,
      flags: [...flags],
      last_job_id: of.jobId,
    },
  };
}

const toTransport = (site: SiteFacts) => ({
  hasSsl: site.hasSsl,
  sslExpiryDate: toTime(site.sslExpiresAt),
  sslIssuer: site.sslIssuer,
  sslVersion: site.sslVersion,
  securityHeaders: site.securityHeaders,
  serverType: site.server,
  ipAddress: site.ipAddress,
  dnsRecords:
    site.ipAddress === null
      ? null
      : { [site.ipAddress.includes(":") ? "aaaa" : "a"]: [site.ipAddress] },
  hostingProvider: site.hostingProvider,
  cdnProvider: site.cdn,
  serverResponseTime: toWhole(site.responseMs),
  averageResponseTime: toWhole(site.averageResponseMs),
  averagePageSize: toWhole(site.averagePageBytes),
  robotsTxt: site.robotsTxt,
  hasSitemap: site.hasSitemap,
  sitemapUrl: site.sitemapUrl,
  sitemapUrls: site.sitemapUrls,
  totalSitemaps: site.sitemapCount,
});

const toContent = (site: SiteFacts) => ({
  title: site.title,
  description: site.description,
  faviconUrl: site.faviconUrl,
  logoUrl: site.logoUrl,
  feedUrls: site.feedUrls,
  totalImagesCount: toWhole(site.imagesCount),
  copyrightYear: site.copyrightYear,
  paymentMethods: site.paymentMethods,
  businessHours: site.businessHours,
  googleAnalyticsId: site.googleAnalyticsId,
  googleTagManagerId: site.googleTagManagerId,
});

const toWordPress = ({ wordpress, plugins }: SiteFacts) => ({
  isWordpress: wordpress !== null,
  wordpressVersion: wordpress?.version ?? null,
  wordpressTheme: wordpress?.theme ?? null,
  hasElementor: plugins.elementor !== null,
  elementorVersion: plugins.elementor?.version ?? null,
  hasDivi: plugins.divi,
  hasWoocommerce: plugins.woocommerce,
  hasContactForm7: plugins.contactForm7,
  hasYoastSeo: plugins.yoast,
  hasWpforms: plugins.wpforms,
});

/** What a site says of a time may be none. */
const toTime = (text: string | null): string | null => {
  const date = text === null ? null : new Date(text);
  return date === null || Number.isNaN(date.getTime()) ? null : date.toISOString();
};

const toWhole = (value: number | null): number | null =>
  value === null ? null : Math.round(value);

const failureNoted = defineStatement(
  `insert into domains as d (tenant_id, domain, lead_source, created_by, batch_id, content_scrape_status,
     content_scrape_at, content_scrape_error, page_scrape_status, page_scrape_at, page_scrape_error,
     last_error, error_count, error_history, first_scan, last_scan, created_at, updated_at)
   select failure.tenant_id, failure.domain, 'batch', failure.created_by, failure.batch_id, 'Error', now(),
     failure.message, 'Error', now(), failure.message, failure.message, 1,
     jsonb_build_array(jsonb_build_object('at', :at::text, 'code', failure.code, 'message', failure.message,
       'job_id', failure.job_id)),
     now(), now(), timezone('utc', now()), timezone('utc', now())
   from jsonb_to_recordset(:failures::jsonb) as failure (tenant_id uuid, domain text, created_by uuid,
     batch_id uuid, job_id uuid, code text, message text)
   order by failure.tenant_id, failure.domain
   on conflict (tenant_id, domain) do update set
     batch_id = excluded.batch_id, content_scrape_status = 'Error', content_scrape_at = now(),
     content_scrape_error = excluded.content_scrape_error, page_scrape_status = 'Error', page_scrape_at = now(),
     page_scrape_error = excluded.page_scrape_error, last_error = excluded.last_error,
     error_count = coalesce(d.error_count, 0) + 1,
     error_history = (
       select jsonb_agg(entry.value order by entry.place) from (
         select value, place from jsonb_array_elements(excluded.error_history || coalesce(d.error_history, '[]'))
           with ordinality as history (value, place)
         order by place limit ${ERRORS_KEPT}
       ) entry
     ),
     last_scan = now(), updated_at = timezone('utc', now())
   returning d.tenant_id as "tenantId", d.domain, d.id as "domainId", ${IS_FIRST} as "isFirst"`,
  { tenantId: domains.tenantId, domain: domains.domain, domainId: domains.id, isFirst: "bool" },
);

/**
 * Notes on domains, each named once, that a scan failed; what earlier scans found stays.
 * @returns by `domainKey`
 */
export async function storeDomainFailures(
  tx: Tx,
  failures: readonly { of: ScanOf; code: string; message: string }[],
): Promise<Map<string, StoredDomain>> {
  if (failures.length === 0) return new Map();
  const rows = await executeRawSql(tx, failureNoted, {
    at: new Date().toISOString(),
    failures: json(
      failures.map(({ of, code, message }) => ({
        tenant_id: of.tenantId,
        domain: of.domain,
        created_by: of.createdBy,
        batch_id: of.batchId,
        job_id: of.jobId,
        code,
        message,
      })),
    ),
  });
  return new Map(rows.map((row) => [domainKey(row), row]));
}
