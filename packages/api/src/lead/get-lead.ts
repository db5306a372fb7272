import type { Reader } from "@scrapersky/db";
import {
  domains,
  leadAddresses,
  leadChanges,
  leadEmails,
  leadPeople,
  leadPhones,
  leads,
  leadSocials,
  leadTechnologies,
} from "@scrapersky/db/schema";
import { and, asc, desc, eq, isNull, ne } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import { cleanDomainName } from "../domain/domain-name.ts";
import { isNamed } from "../domain/named-domains.ts";
import { notFound } from "../errors/domain-error.ts";
import { requireUuid } from "../identifier.ts";
import type { ContactReader } from "../rbac/contact-reader.ts";
import { FACTS_SHOWN, type LeadDetail, SIBLINGS_SHOWN } from "./lead.contract.ts";
import {
  toAddress,
  toChanges,
  toEmail,
  toOverview,
  toPerson,
  toPhone,
  toSocial,
  toTechnology,
} from "./lead-detail.ts";
import { isShownSite } from "../suppression/is-shown.ts";
import { findLinesOf } from "./find-lines-of.ts";
import { withoutContacts } from "./without-contacts.ts";
import { withoutWithheld } from "./without-withheld.ts";

type LeadRow = typeof leads.$inferSelect;
type FactTable =
  | (typeof leadEmails | typeof leadPhones | typeof leadPeople)
  | (typeof leadSocials | typeof leadAddresses | typeof leadTechnologies);

/**
 * Everything that is kept of a business.
 * @throws DomainError NOT_FOUND when the domain is unknown, of another tenant or was never scanned
 */
export async function getLead(
  reader: Reader,
  who: ContactReader,
  domainIdText: string,
): Promise<LeadDetail> {
  const lead = await findLead(reader, who, requireUuid(domainIdText, "Lead"));
  if (!lead) throw notFound("Lead");
  return lead;
}

/** The same; undefined when the domain is unknown, of another tenant, or nothing is kept of it. */
export async function findLead(
  reader: Reader,
  { tenantId, mayReadContacts }: ContactReader,
  domainId: string,
): Promise<LeadDetail | undefined> {
  const [row] = await reader
    .select()
    .from(leads)
    .where(
      and(
        eq(leads.domainId, domainId),
        eq(leads.tenantId, tenantId),
        isShownSite(leads.tenantId, leads.domainId),
      ),
    );
  if (!row) return undefined;
  const facts = await readFacts(reader, row);
  const lead = await withoutWithheld(reader, tenantId, {
    ...toOverview(row),
    emails: facts.emails.map((email) => toEmail(email, row.lastSuccess)),
    phones: facts.phones.map((phone) => toPhone(phone, row.lastSuccess)),
    people: facts.people.map((person) => toPerson(person, row.lastSuccess)),
    socials: facts.socials.map((social) => toSocial(social, row.lastSuccess)),
    addresses: facts.addresses.map((address) => toAddress(address, row.lastSuccess)),
    technologies: facts.technologies.map((one) => toTechnology(one, row.lastSuccess)),
    changes: facts.changes.map(toChanges),
    sameBusiness: await findSameBusiness(reader, row),
    lines: mayReadContacts ? await findLinesOf(reader, row) : [],
  });
  return mayReadContacts ? lead : withoutContacts(lead);
}

/**
 * The same, asked for by a name in any form that a list takes.
 * @throws DomainError NOT_FOUND
 */
export async function getLeadOfDomain(
  reader: Reader,
  who: ContactReader,
  name: string,
): Promise<LeadDetail> {
  const cleaned = cleanDomainName(name);
  if (!("domain" in cleaned)) throw notFound("Lead");
  const [row] = await reader
    .select({ id: domains.id })
    .from(domains)
    .where(and(eq(domains.tenantId, who.tenantId), isNamed(cleaned.domain)))
    .orderBy(desc(eq(domains.domain, cleaned.domain)))
    .limit(1);
  if (!row) throw notFound("Lead");
  return getLead(reader, who, row.id);
}

/** The facts of a lead: what is still there first. */
async function readFacts(reader: Reader, lead: Pick<LeadRow, "domainId" | "tenantId">) {
  const ofLead = (table: { domainId: PgColumn; tenantId: PgColumn }) =>
    and(eq(table.domainId, lead.domainId), eq(table.tenantId, lead.tenantId));
  const read = <T extends FactTable>(table: T, ...order: PgColumn[]) =>
    reader
      .select()
      .from(table as FactTable)
      .where(ofLead(table))
      .orderBy(desc(isNull(table.goneAt)), ...order)
      .limit(FACTS_SHOWN) as unknown as Promise<T["$inferSelect"][]>;
  return {
    emails: await read(leadEmails, leadEmails.firstSeen, leadEmails.email),
    phones: await read(leadPhones, leadPhones.fax, leadPhones.e164),
    people: await read(leadPeople, leadPeople.name),
    socials: await read(leadSocials, leadSocials.network, leadSocials.account),
    addresses: await read(leadAddresses, leadAddresses.written),
    technologies: await read(leadTechnologies, leadTechnologies.name),
    changes: await reader
      .select()
      .from(leadChanges)
      .where(ofLead(leadChanges))
      .orderBy(desc(leadChanges.scannedAt)),
  };
}

async function findSameBusiness(
  reader: Reader,
  { tenantId, domainId, businessKey }: LeadRow,
): Promise<LeadDetail["sameBusiness"]> {
  if (businessKey === null) return [];
  return reader
    .select({
      domainId: leads.domainId,
      domain: leads.domain,
      displayDomain: leads.displayDomain,
    })
    .from(leads)
    .where(
      and(
        eq(leads.tenantId, tenantId),
        eq(leads.businessKey, businessKey),
        ne(leads.domainId, domainId),
        isShownSite(leads.tenantId, leads.domainId),
      ),
    )
    .orderBy(asc(leads.domain))
    .limit(SIBLINGS_SHOWN);
}
