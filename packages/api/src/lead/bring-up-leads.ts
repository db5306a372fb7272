import { defineStatement, executeRawSql, nullable, type Tx, typed } from "@scrapersky/db";
import { domains } from "@scrapersky/db/schema";
import { toKeptFacts, type EarlierRow } from "./earlier-facts.ts";
import { writeLeads } from "./write-leads.ts";

const earlierOf = defineStatement(
  `select d.id, d.tenant_id, d.domain, d.email_addresses, d.phone_numbers, d.physical_addresses, d.tech_stack,
     d.facebook_url, d.twitter_url, d.linkedin_url, d.instagram_url, d.youtube_url, d.country_code, d.language,
     d.content_language, d.business_type, d.has_ecommerce, d.has_cookie_notice, d.has_privacy_policy, d.page_count,
     d.last_modified, d.last_scan, d.last_successful_scan, d.meta_json,
     case when d.content_scrape_status = 'Error' then d.error_history -> 0 ->> 'code' end as failure_code,
     exists (select from pages p where p.domain_id = d.id and p.has_contact_form) as has_contact_form,
     (select jsonb_agg(jsonb_build_object('email', c.email, 'type', c.email_type, 'isGmail', c.has_gmail,
        'context', c.context, 'page', c.source_url, 'firstSeen', c.created_at, 'lastSeen', c.updated_at)
        order by c.created_at, c.email)
      from contacts c where c.domain_id = d.id) as contacts
   from domains d
   where d.id = any(:domainIds::uuid[]) and not exists (select from app.leads l where l.domain_id = d.id)`,
  {
    id: domains.id,
    tenant_id: domains.tenantId,
    domain: domains.domain,
    email_addresses: domains.emailAddresses,
    phone_numbers: domains.phoneNumbers,
    physical_addresses: domains.physicalAddresses,
    tech_stack: domains.techStack,
    facebook_url: domains.facebookUrl,
    twitter_url: domains.twitterUrl,
    linkedin_url: domains.linkedinUrl,
    instagram_url: domains.instagramUrl,
    youtube_url: domains.youtubeUrl,
    country_code: domains.countryCode,
    language: domains.language,
    content_language: domains.contentLanguage,
    business_type: domains.businessType,
    has_ecommerce: domains.hasEcommerce,
    has_cookie_notice: domains.hasCookieNotice,
    has_privacy_policy: domains.hasPrivacyPolicy,
    page_count: domains.pageCount,
    last_modified: domains.lastModified,
    last_scan: domains.lastScan,
    last_successful_scan: domains.lastSuccessfulScan,
    meta_json: domains.metaJson,
    failure_code: nullable("text"),
    has_contact_form: "bool",
    contacts: nullable(typed<NonNullable<EarlierRow["contacts"]>>("jsonb")),
  },
);

/** What came of bringing domains up. */
export interface BroughtUp {
  leads: number;
  /** Texts of the real columns that are no e-mail, phone and so on, and stay there only. */
  unread: number;
}

/**
 * Makes leads of domains that have none from what the real tables keep of them. The caller holds the domains' rows, so
 * that no scan stores one of them meanwhile.
 */
export async function bringUpLeads(tx: Tx, domainIds: readonly string[]): Promise<BroughtUp> {
  const rows = await executeRawSql(tx, earlierOf, { domainIds });
  const earlier = rows.map(toKeptFacts);
  if (earlier.length > 0)
    await writeLeads(
      tx,
      earlier.map(({ write }) => write),
    );
  return {
    leads: earlier.length,
    unread: earlier.reduce((sum, { unread }) => sum + unread, 0),
  };
}
