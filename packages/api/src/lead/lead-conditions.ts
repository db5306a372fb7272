import { inAscii, leadEmails, leadNames, leadPhones, scrapeJobs } from "@scrapersky/db/schema";
import {
  and,
  arrayContains,
  arrayOverlaps,
  eq,
  gte,
  inArray,
  isNotNull,
  isNull,
  lte,
  not,
  type SQL,
  sql,
} from "drizzle-orm";
import { type PgColumn, QueryBuilder } from "drizzle-orm/pg-core";
import { namedBatch } from "../batch/find-batch-id.ts";
import { beginsWith, contains, CONTAINS_MIN, containsFolded } from "../list/contains.ts";
import type { ListRows } from "../list/list-rows.ts";
import { isAddressWith, readSearch } from "../contact/read-search.ts";
import { lead } from "./lead-facets.ts";
import type { LEAD_LIST, LeadTrait } from "./lead-list.contract.ts";

const isAny = (value: SQL, words: readonly string[]): SQL =>
  inArray(
    value,
    words.map((word) => sql`lower(${word})`),
  );
const folded = (column: PgColumn) => sql`lower(${column})`;

const HAS: Partial<Record<LeadTrait, SQL>> = {
  email: sql`${lead.emails} > 0`,
  phone: sql`${lead.phones} > 0`,
  person: sql`${lead.people} > 0`,
};
const has = (trait: LeadTrait): SQL => HAS[trait] ?? arrayContains(lead.signals, [trait]);

/** Names of products are told in any case, and kept in one. */
const usesAny = (names: readonly string[]): SQL =>
  sql`exists (select from unnest(${lead.technologyNames}) used where ${isAny(sql`lower(used)`, names)})`;

const query = new QueryBuilder();

/** Domains of which a batch had a line. */
export const domainsOfBatch = (tenantId: string, name: string) =>
  query
    .select({ domain: scrapeJobs.domain })
    .from(scrapeJobs)
    .where(
      and(eq(scrapeJobs.batchId, namedBatch(tenantId, name)), eq(scrapeJobs.tenantId, tenantId)),
    );

/** Leads of which an address or number that is still there has these letters or digits. */
export function leadsReachedBy(tenantId: string, text: string): SQL {
  const { letters, digits } = readSearch(text);
  const emails = query
    .select({ domainId: leadEmails.domainId })
    .from(leadEmails)
    .where(
      and(
        eq(leadEmails.tenantId, tenantId),
        isNull(leadEmails.goneAt),
        isAddressWith(leadEmails.email, letters),
      ),
    );
  if (digits === undefined) return sql`${emails}`;
  const phones = query
    .select({ domainId: leadPhones.domainId })
    .from(leadPhones)
    .where(
      and(
        eq(leadPhones.tenantId, tenantId),
        isNull(leadPhones.goneAt),
        contains(leadPhones.e164, digits),
      ),
    );
  return sql`(${emails} union ${phones})`;
}

export const isSearched = (text: string): SQL =>
  text.length < CONTAINS_MIN
    ? beginsWith(inAscii(lead.domain), text.toLowerCase())
    : containsFolded(leadNames(lead), text);

export const LEAD_CONDITIONS: ListRows<typeof LEAD_LIST>["where"] = {
  q: isSearched,
  contact: (text, tenantId) => sql`${lead.domainId} in ${leadsReachedBy(tenantId, text)}`,
  has: (traits) => and(...traits.map(has)),
  lacks: (traits) => and(...traits.map((trait) => not(has(trait)))),
  technology: usesAny,
  noTechnology: (names) => not(usesAny(names)),
  category: (words) => arrayOverlaps(lead.technologyCategories, words),
  country: (codes) => inArray(lead.country, codes),
  region: (words) => isAny(folded(lead.region), words),
  town: (words) => isAny(folded(lead.town), words),
  language: (codes) => inArray(lead.language, codes),
  network: (words) => arrayOverlaps(lead.networks, words),
  deliverable: (words) => arrayOverlaps(lead.takesMail, words),
  reason: (codes) => inArray(lead.reason, codes),
  label: (words) => inArray(lead.label, words),
  contacted: (is) => (is ? isNotNull(lead.contactedAt) : isNull(lead.contactedAt)),
  doNotContact: (is) => eq(lead.doNotContact, is),
  batchId: (name, tenantId) => inArray(lead.domain, domainsOfBatch(tenantId, name)),
  scannedSince: (time) => gte(lead.lastScan, time),
  scannedUntil: (time) => lte(lead.lastScan, time),
  changedSince: (time) => gte(lead.changedAt, time),
  newSince: (time) => gte(lead.firstScan, time),
};
