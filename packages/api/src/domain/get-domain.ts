import { executeRawSql, executeRawSqlOne, type Reader } from "@scrapersky/db";
import { notFound } from "../errors/domain-error.ts";
import { requireUuid } from "../identifier.ts";
import { isoTime, isoTimeOrNull } from "../time.ts";
import type { Contact, DomainDetail, ScannedPage, Technology } from "./domain.contract.ts";
import { readableName } from "./readable-name.ts";
import { readablePhone } from "./readable-phone.ts";
import { scanNotes } from "./scan-notes.ts";

interface DomainRow {
  id: string;
  domain: string;
  meta_json: { flags?: unknown; redirected_to?: unknown } | null;
  title: string | null;
  description: string | null;
  language: string | null;
  content_language: string[] | null;
  final_url: string | null;
  server_type: string | null;
  ip_address: string | null;
  cdn_provider: string | null;
  has_ssl: boolean | null;
  ssl_issuer: string | null;
  ssl_expiry_date: string | null;
  server_response_time: number | null;
  has_sitemap: boolean | null;
  sitemap_url: string | null;
  robots_txt: string | null;
  has_cookie_notice: boolean | null;
  has_privacy_policy: boolean | null;
  has_ecommerce: boolean | null;
  google_analytics_id: string | null;
  google_tag_manager_id: string | null;
  is_wordpress: boolean | null;
  wordpress_version: string | null;
  wordpress_theme: string | null;
  tech_stack: Technology[] | null;
  email_addresses: string[] | null;
  phone_numbers: string[] | null;
  physical_addresses: string[] | null;
  facebook_url: string | null;
  twitter_url: string | null;
  linkedin_url: string | null;
  instagram_url: string | null;
  youtube_url: string | null;
  security_headers: Record<string, string> | null;
  feed_urls: string[] | null;
  copyright_year: string | null;
  last_scan: string | null;
  last_successful_scan: string | null;
  last_error: string | null;
  page_count: number | null;
}

interface PageRow {
  id: string;
  url: string;
  title: string | null;
  description: string | null;
  h1: string | null;
  page_type: string | null;
  word_count: number | null;
  has_contact_form: boolean | null;
  schema_types: string[] | null;
  outbound_links: number;
  last_scan: string | null;
  stored: number;
}

interface ContactRow {
  id: string;
  email: string;
  email_type: Contact["emailType"];
  context: string | null;
  source_url: string | null;
  stored: number;
}

interface RecentJobRow {
  job_id: string;
  batch_id: string | null;
  status: string;
  created_at: string;
}

const PAGES_SHOWN = 1000;
const CONTACTS_SHOWN = 500;
const JOBS_SHOWN = 10;

/**
 * A scanned site with its pages, contacts and latest jobs.
 * @throws DomainError NOT_FOUND when the domain is unknown or of another tenant
 */
export async function getDomain(
  reader: Reader,
  tenantId: string,
  domainIdText: string,
): Promise<DomainDetail> {
  const place = { domainId: requireUuid(domainIdText, "Domain"), tenantId };
  const row = await executeRawSqlOne<DomainRow>(
    reader,
    `select d.*, d.meta_json->>'final_url' as final_url from domains d
     where d.id = :domainId::uuid and d.tenant_id = :tenantId::uuid`,
    place,
  );
  if (!row) throw notFound("Domain");
  const pages = await executeRawSql<PageRow>(
    reader,
    `select id, url, title, description, h1, page_type, word_count, has_contact_form, schema_types,
       coalesce(cardinality(outbound_links), 0) as outbound_links, last_scan,
       count(*) over ()::int as stored
     from pages where domain_id = :domainId::uuid and tenant_id = :tenantId::uuid
     order by (page_type = 'home') desc nulls last, url limit ${PAGES_SHOWN}`,
    place,
  );
  const contacts = await executeRawSql<ContactRow>(
    reader,
    `select c.id, c.email, c.email_type, c.context, c.source_url, count(*) over ()::int as stored
     from contacts c join domains d on d.id = c.domain_id
     where c.domain_id = :domainId::uuid and d.tenant_id = :tenantId::uuid order by c.email limit ${CONTACTS_SHOWN}`,
    place,
  );
  const recentJobs = await executeRawSql<RecentJobRow>(
    reader,
    `select j.job_id, j.batch_id, j.status, j.created_at
     from app.scrape_jobs s join jobs j on j.job_id = s.job_id
     where s.tenant_id = :tenantId::uuid and s.domain = :domain
     order by j.created_at desc, j.id desc limit ${JOBS_SHOWN}`,
    { tenantId, domain: row.domain },
  );
  return {
    ...toDetail(row),
    pages: pages.map(toPage),
    storedPages: pages[0]?.stored ?? 0,
    contacts: contacts.map(toContact),
    storedContacts: contacts[0]?.stored ?? 0,
    recentJobs: recentJobs.map((job) => ({
      jobId: job.job_id,
      batchId: job.batch_id,
      status: job.status,
      createdAt: isoTime(job.created_at),
    })),
  };
}

type OwnFacts = Omit<
  DomainDetail,
  "pages" | "storedPages" | "contacts" | "storedContacts" | "recentJobs"
>;

const toDetail = (row: DomainRow): OwnFacts => ({
  domainId: row.id,
  domain: row.domain,
  displayDomain: readableName(row.domain),
  ...toNotes(row),
  title: row.title,
  description: row.description,
  language: row.language,
  contentLanguages: row.content_language ?? [],
  finalUrl: row.final_url,
  server: row.server_type,
  ipAddress: row.ip_address,
  cdn: row.cdn_provider,
  hasSsl: row.has_ssl,
  sslIssuer: row.ssl_issuer,
  sslExpiresAt: isoTimeOrNull(row.ssl_expiry_date),
  responseMs: row.server_response_time,
  hasSitemap: row.has_sitemap,
  sitemapUrl: row.sitemap_url,
  robotsTxt: row.robots_txt,
  hasCookieNotice: row.has_cookie_notice,
  hasPrivacyPolicy: row.has_privacy_policy,
  hasEcommerce: row.has_ecommerce,
  googleAnalyticsId: row.google_analytics_id,
  googleTagManagerId: row.google_tag_manager_id,
  wordpress: row.is_wordpress
    ? { version: row.wordpress_version, theme: row.wordpress_theme }
    : null,
  technologies: row.tech_stack ?? [],
  emails: row.email_addresses ?? [],
  phones: (row.phone_numbers ?? []).map((number) => ({ number, text: readablePhone(number) })),
  addresses: row.physical_addresses ?? [],
  social: toSocial(row),
  securityHeaders: row.security_headers ?? {},
  feedUrls: row.feed_urls ?? [],
  copyrightYear: row.copyright_year,
  lastScan: isoTimeOrNull(row.last_scan),
  lastSuccessfulScan: isoTimeOrNull(row.last_successful_scan),
  lastError: row.last_error,
  pageCount: row.page_count,
});

function toNotes({ meta_json: meta }: DomainRow): Pick<DomainDetail, "notes" | "redirectedTo"> {
  const redirectedTo = typeof meta?.redirected_to === "string" ? meta.redirected_to : null;
  return { notes: scanNotes(meta?.flags, redirectedTo), redirectedTo };
}

const toSocial = (row: DomainRow): DomainDetail["social"] =>
  (
    [
      ["facebook", row.facebook_url],
      ["twitter", row.twitter_url],
      ["linkedin", row.linkedin_url],
      ["instagram", row.instagram_url],
      ["youtube", row.youtube_url],
    ] as const
  ).flatMap(([network, url]) => (url === null ? [] : { network, url }));

const toPage = (row: PageRow): ScannedPage => ({
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

const toContact = (row: ContactRow): Contact => ({
  contactId: row.id,
  email: row.email,
  emailType: row.email_type,
  context: row.context,
  sourceUrl: row.source_url,
});
