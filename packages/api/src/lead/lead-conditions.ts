import {
  batchJobs,
  inAscii,
  leadEmails,
  leadNames,
  leadPhones,
  scrapeJobs,
} from "@scrapersky/db/schema";
import {
  and,
  arrayContains,
  arrayOverlaps,
  eq,
  gte,
  ilike,
  inArray,
  isNotNull,
  isNull,
  lte,
  not,
  or,
  type SQL,
  sql,
  type SQLWrapper,
} from "drizzle-orm";
import { type PgColumn, QueryBuilder } from "drizzle-orm/pg-core";
import { namedBatch } from "../batch/find-batch-id.ts";
import {
  beginsWith,
  contains,
  CONTAINS_MIN,
  containsFolded,
  escapeLike,
} from "../list/contains.ts";
import { isFound } from "../list/is-found.ts";
import type { ListRows } from "../list/list-rows.ts";
import { isShown } from "../suppression/is-shown.ts";
import { isAddressWith, readSearch } from "../contact/read-search.ts";
import { lead } from "./lead-facets.ts";
import { spelledEitherWay } from "./region-words.ts";
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

/** Letters that stand in the text of an array as they are. */
const IS_PLAIN = /^[ !#-[\]-~]+$/;

/** Names of products are told in any case, and kept in one. */
function usesAny(names: readonly string[]): SQL {
  const uses = sql`exists (select from unnest(${lead.technologyNames}) used where ${isAny(sql`lower(used)`, names)})`;
  if (!names.every((name) => IS_PLAIN.test(name))) return uses;
  // Looking into the text of the array takes a quarter of the time, and refuses nearly all rows.
  const text = sql`(${lead.technologyNames}::text collate "C")`;
  const may = or(...names.map((name) => ilike(text, `%${escapeLike(name)}%`)));
  return sql`(${may} and ${uses})`;
}

const query = new QueryBuilder();

const jobsOfBatch = (tenantId: string, name: string) =>
  and(eq(scrapeJobs.batchId, namedBatch(tenantId, name)), eq(scrapeJobs.tenantId, tenantId));

/** Domains of which a batch had a line. */
export const domainsOfBatch = (tenantId: string, name: string) =>
  query.select({ domain: scrapeJobs.domain }).from(scrapeJobs).where(jobsOfBatch(tenantId, name));

/** That a batch had a line of this lead's domain. */
export const isOfBatch = (tenantId: string, name: string): SQL =>
  isFound(
    query
      .select({ one: sql`true` })
      .from(scrapeJobs)
      .where(and(eq(scrapeJobs.domain, lead.domain), jobsOfBatch(tenantId, name))),
  );

/** Lines whose leads are gathered for less than it costs to look up some hundred leads among them: 3 µs each, 8 µs a lead. */
const SMALL_BATCH_MAX = 3_000;

export const isSmallBatch = (tenantId: string, name: string): SQL =>
  isFound(
    query
      .select({ one: sql`true` })
      .from(batchJobs)
      .where(
        and(
          eq(batchJobs.batchId, namedBatch(tenantId, name)),
          lte(batchJobs.totalDomains, SMALL_BATCH_MAX),
        ),
      ),
  );

/**
 * Addresses, and numbers if the text may be one, that are still there and have these letters or digits. `value` is what is
 * compared: the column, where its index is to answer.
 */
function reachedBy(
  tenantId: string,
  text: string,
  value: (column: SQLWrapper) => SQLWrapper = (column) => column,
): { emails: SQL; phones: SQL | undefined } {
  const { letters, digits } = readSearch(text);
  const emails = and(
    eq(leadEmails.tenantId, tenantId),
    isNull(leadEmails.goneAt),
    isShown(leadEmails.tenantId, leadEmails.email),
    isAddressWith(value(leadEmails.email), letters),
  );
  const phones =
    digits === undefined
      ? undefined
      : and(
          eq(leadPhones.tenantId, tenantId),
          isNull(leadPhones.goneAt),
          contains(value(leadPhones.e164), digits),
        );
  return { emails: sql`${emails}`, phones };
}

/** Leads that are reached so. */
export function leadsReachedBy(tenantId: string, text: string): SQL {
  const where = reachedBy(tenantId, text);
  const emails = query
    .select({ domainId: leadEmails.domainId })
    .from(leadEmails)
    .where(where.emails);
  if (where.phones === undefined) return sql`${emails}`;
  const phones = query
    .select({ domainId: leadPhones.domainId })
    .from(leadPhones)
    .where(where.phones);
  return sql`(${emails} union ${phones})`;
}

/** No index has it: of one lead there are few, and all that have the letters would be read for each lead anew. */
const ofOneLead = (column: SQLWrapper): SQL => sql`(${column} || '')`;

/** That this lead is. */
export function isReachedBy(tenantId: string, text: string): SQL {
  const where = reachedBy(tenantId, text, ofOneLead);
  const one = { one: sql`true` };
  const emails = query
    .select(one)
    .from(leadEmails)
    .where(and(eq(leadEmails.domainId, lead.domainId), where.emails));
  if (where.phones === undefined) return isFound(emails);
  const phones = query
    .select(one)
    .from(leadPhones)
    .where(and(eq(leadPhones.domainId, lead.domainId), where.phones));
  return sql`(${isFound(emails)} or ${isFound(phones)})`;
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
  region: (words) => isAny(folded(lead.region), spelledEitherWay(words)),
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
