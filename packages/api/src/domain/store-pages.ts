import { defineStatement, executeRawSql, json, type Tx } from "@scrapersky/db";
import type { EmailFacts, PageFacts } from "@scrapersky/outcome";
import { toEmailType } from "./lead-columns.ts";
import type { ScanOf } from "./store-domain.ts";

const pagesStored = defineStatement(
  `with page as (
     insert into pages (tenant_id, domain_id, url, title, description, h1, canonical_url, meta_robots,
       has_schema_markup, schema_types, has_contact_form, has_comments, word_count, inbound_links, outbound_links,
       last_modified, last_scan, page_type, lead_source, additional_json, created_at, updated_at,
       page_processing_status, page_processing_error)
     select :tenantId::uuid, :domainId::uuid, p.url, p.title, p.description, p.h1, p.canonical_url, p.meta_robots,
       cardinality(p.schema_types) > 0, p.schema_types, p.has_contact_form, p.has_comments, p.word_count,
       p.inbound_links, p.outbound_links, p.last_modified, now(), p.page_type, 'batch', p.additional_json,
       now(), now(), 'Complete', null
     from jsonb_to_recordset(:pages::jsonb) as p (url text, title text, description text, h1 text,
       canonical_url text, meta_robots text, schema_types text[], has_contact_form bool, has_comments bool,
       word_count int, inbound_links text[], outbound_links text[], last_modified timestamptz, page_type text,
       additional_json jsonb)
     order by p.url
     on conflict (domain_id, url) do update set
       title = excluded.title, description = excluded.description, h1 = excluded.h1,
       canonical_url = excluded.canonical_url, meta_robots = excluded.meta_robots,
       has_schema_markup = excluded.has_schema_markup, schema_types = excluded.schema_types,
       has_contact_form = excluded.has_contact_form, has_comments = excluded.has_comments,
       word_count = excluded.word_count, inbound_links = excluded.inbound_links,
       outbound_links = excluded.outbound_links, last_modified = excluded.last_modified,
       last_scan = excluded.last_scan, page_type = excluded.page_type,
       additional_json = coalesce(pages.additional_json, '{}') || excluded.additional_json,
       updated_at = excluded.updated_at, page_processing_status = 'Complete', page_processing_error = null
     returning id, url
   )
   insert into contacts (domain_id, page_id, email, email_type, has_gmail, context, source_url, source_job_id,
     created_at, updated_at)
   select :domainId::uuid, page.id, c.email, c.email_type::contact_email_type_enum,
     c.email ~* '@(gmail|googlemail)[.]com$', c.context, c.url, :jobId::uuid, now(), now()
   from jsonb_to_recordset(:contacts::jsonb) as c (url text, email text, email_type text, context text)
   join page on page.url = c.url
   order by c.email
   on conflict (domain_id, email) do update set
     page_id = excluded.page_id, email_type = excluded.email_type, has_gmail = excluded.has_gmail,
     context = excluded.context, source_url = excluded.source_url, source_job_id = excluded.source_job_id,
     updated_at = excluded.updated_at`,
);

/**
 * Stores the pages of a scan and the mailboxes on them as contacts, in one statement. Pages are kept per address and
 * contacts per e-mail of a domain: a later scan updates them, and what it did not see stays.
 */
export async function storePages(
  tx: Tx,
  of: ScanOf & { domainId: string },
  pages: readonly PageFacts[],
  emails: readonly EmailFacts[],
): Promise<void> {
  if (pages.length === 0) return;
  await executeRawSql(tx, pagesStored, {
    tenantId: of.tenantId,
    domainId: of.domainId,
    jobId: of.jobId,
    pages: json(distinctPages(pages).map(toPageColumns)),
    contacts: json(emails.map(toContactColumns)),
  });
}

/** One statement may touch a row only once: of pages with one address the last counts. */
const distinctPages = (pages: readonly PageFacts[]): PageFacts[] => [
  ...new Map(pages.map((page) => [page.url, page])).values(),
];

const toPageColumns = (page: PageFacts) => ({
  url: page.url,
  title: page.title,
  description: page.description,
  h1: page.h1,
  canonical_url: page.canonicalUrl,
  meta_robots: page.metaRobots,
  schema_types: page.schemaTypes,
  has_contact_form: page.hasContactForm,
  has_comments: page.hasComments,
  word_count: page.wordCount,
  inbound_links: page.inboundLinks,
  outbound_links: page.outboundLinks,
  last_modified: page.lastModified,
  page_type: page.pageType,
  additional_json: { language: page.language, http_status: page.status, bytes: page.bytes },
});

/** A contact has one page: the first that it stood on. */
const toContactColumns = (email: EmailFacts) => ({
  url: email.pages[0],
  email: email.email,
  email_type: toEmailType(email),
  context: email.context,
});
