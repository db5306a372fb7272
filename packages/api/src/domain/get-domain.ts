import { defineStatement, executeRawSql, type Reader, type RowFrom } from "@scrapersky/db";
import { domains, jobs, pages, scrapeJobs } from "@scrapersky/db/schema";
import { and, desc, eq } from "drizzle-orm";
import { notFound } from "../errors/domain-error.ts";
import { requireUuid } from "../identifier.ts";
import { findLead } from "../lead/get-lead.ts";
import type { ContactReader } from "../rbac/contact-reader.ts";
import { isShownSite, pageIsShown } from "../suppression/is-shown.ts";
import { isoTime, isoTimeOrNull } from "../time.ts";
import type { DomainDetail, ScannedPage } from "./domain.contract.ts";
import { readableName } from "./readable-name.ts";
import { scanNotes } from "./scan-notes.ts";
import { withoutReachIn } from "../rbac/without-reach.ts";

const PAGES_SHOWN = 1000;
const JOBS_SHOWN = 10;

const pagesOf = defineStatement(
  `select id, url, title, description, h1, page_type, word_count, has_contact_form, schema_types,
     coalesce(cardinality(outbound_links), 0) as outbound_links, last_scan,
     count(*) over ()::int as stored
   from pages where domain_id = :domainId::uuid and tenant_id = :tenantId::uuid and ${pageIsShown("tenant_id", "url")}
   order by (page_type = 'home') desc nulls last, url limit ${PAGES_SHOWN}`,
  {
    id: pages.id,
    url: pages.url,
    title: pages.title,
    description: pages.description,
    h1: pages.h1,
    page_type: pages.pageType,
    word_count: pages.wordCount,
    has_contact_form: pages.hasContactForm,
    schema_types: pages.schemaTypes,
    outbound_links: "int4",
    last_scan: pages.lastScan,
    stored: "int4",
  },
);

/**
 * A scanned site with its business, pages and latest jobs.
 * @throws DomainError NOT_FOUND when the domain is unknown or of another tenant
 */
export async function getDomain(
  reader: Reader,
  who: ContactReader,
  domainIdText: string,
): Promise<DomainDetail> {
  const { tenantId } = who;
  const place = { domainId: requireUuid(domainIdText, "Domain"), tenantId };
  const [row] = await reader
    .select()
    .from(domains)
    .where(
      and(
        eq(domains.id, place.domainId),
        eq(domains.tenantId, tenantId),
        isShownSite(domains.tenantId, domains.id),
      ),
    );
  if (!row) throw notFound("Domain");
  const pageRows = await executeRawSql(reader, pagesOf, place);
  const recentJobs = await reader
    .select({
      jobId: jobs.jobId,
      batchId: jobs.batchId,
      status: jobs.status,
      createdAt: jobs.createdAt,
    })
    .from(scrapeJobs)
    .innerJoin(jobs, eq(jobs.jobId, scrapeJobs.jobId))
    .where(and(eq(scrapeJobs.tenantId, tenantId), eq(scrapeJobs.domain, row.domain.toLowerCase())))
    .orderBy(desc(scrapeJobs.number))
    .limit(JOBS_SHOWN);
  return {
    ...withoutReachIn(toDetail(row), who),
    lead: (await findLead(reader, who, place.domainId)) ?? null,
    pages: withoutReachIn(pageRows.map(toPage), who),
    storedPages: pageRows[0]?.stored ?? 0,
    recentJobs: recentJobs.map((job) => ({ ...job, createdAt: isoTime(job.createdAt) })),
  };
}

type DomainRow = typeof domains.$inferSelect;
type OwnFacts = Omit<DomainDetail, "lead" | "pages" | "storedPages" | "recentJobs">;

const toDetail = (row: DomainRow): OwnFacts => ({
  domainId: row.id,
  domain: row.domain,
  displayDomain: readableName(row.domain),
  ...toNotes(row.metaJson),
  title: row.title,
  description: row.description,
  server: row.serverType,
  ipAddress: row.ipAddress,
  cdn: row.cdnProvider,
  hasSsl: row.hasSsl,
  sslIssuer: row.sslIssuer,
  sslExpiresAt: isoTimeOrNull(row.sslExpiryDate),
  responseMs: row.serverResponseTime,
  hasSitemap: row.hasSitemap,
  sitemapUrl: row.sitemapUrl,
  robotsTxt: row.robotsTxt,
  googleAnalyticsId: row.googleAnalyticsId,
  googleTagManagerId: row.googleTagManagerId,
  wordpress: row.isWordpress ? { version: row.wordpressVersion, theme: row.wordpressTheme } : null,
  securityHeaders: (row.securityHeaders ?? {}) as Record<string, string>,
  feedUrls: (row.feedUrls ?? []) as string[],
  copyrightYear: row.copyrightYear,
  lastScan: isoTimeOrNull(row.lastScan),
  lastSuccessfulScan: isoTimeOrNull(row.lastSuccessfulScan),
  lastError: row.lastError,
  pageCount: row.pageCount,
});

/** Facts that no column holds; the first system keeps its own there, in any shape. */
function toNotes(json: unknown): Pick<DomainDetail, "notes" | "redirectedTo" | "finalUrl"> {
  const meta = (json ?? {}) as { flags?: unknown; redirected_to?: unknown; final_url?: unknown };
  const redirectedTo = typeof meta.redirected_to === "string" ? meta.redirected_to : null;
  const finalUrl = typeof meta.final_url === "string" ? meta.final_url : null;
  return { notes: scanNotes(meta.flags, redirectedTo), redirectedTo, finalUrl };
}

const toPage = (row: RowFrom<typeof pagesOf>): ScannedPage => ({
  pageId: row.id,
  url: row.url,
  title: row.title,
  description: row.description,
  h1: row.h1,
  pageType: row.page_type,
  wordCount: row.word_count,
  hasContactForm: row.has_contact_form ?? false,
  schemaTypes: row.schema_types ?? [],
  outboundLinks: row.outbound_links,
  lastScan: isoTimeOrNull(row.last_scan),
});
