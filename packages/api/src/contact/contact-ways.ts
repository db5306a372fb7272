import { inAscii, leadEmails } from "@scrapersky/db/schema";
import { and, eq, gte, type SQL, sql } from "drizzle-orm";
import { QueryBuilder } from "drizzle-orm/pg-core";
import { domainsOfBatch } from "../lead/lead-conditions.ts";
import { lead, narrowByFacets } from "../lead/lead-facets.ts";
import type { FilterValues } from "../list/list.contract.ts";
import { isFound } from "../list/is-found.ts";
import { askedOf } from "../list/list-rows.ts";
import type { FindWays, Gather } from "../list/ways.ts";
import { OF_ADDRESS, OF_LEAD } from "./contact-conditions.ts";
import type { CONTACT_LIST } from "./contact-list.contract.ts";

type Filters = FilterValues<typeof CONTACT_LIST>;

/** Each address is looked up among the leads besides: 1.5 µs. */
const PAIRS_WORTH_A_WALK = 150_000;

/** What is asked of the lead finds the addresses of its leads; what is asked of an address is so of many. */
export const findContactWays: FindWays<typeof CONTACT_LIST> = ({ tenantId, filters, order }) => {
  const { email, firstSeen, id } = leadEmails;
  const { firstSeenSince: since, ...others } = filters;
  const isNewest = order === "newest";
  const own = eq(leadEmails.tenantId, tenantId);
  const range = isNewest && since !== undefined ? sql`${and(own, gte(firstSeen, since))}` : own;
  const ofAddress = and(...askedOf(OF_ADDRESS, tenantId, isNewest ? others : filters));
  const ofLead = isOfLead(tenantId, filters);
  return {
    walk: {
      table: leadEmails,
      id,
      ranges: [range],
      test: and(ofAddress, ofLead),
      ...(ofLead && { worth: PAIRS_WORTH_A_WALK }),
    },
    gather: gatherAddresses(tenantId, filters, {
      where: and(range, ofAddress),
      keys: [isNewest ? firstSeen : inAscii(email), id],
    }),
  };
};

function gatherAddresses(
  tenantId: string,
  filters: Filters,
  { where, keys }: { where: SQL | undefined; keys: Extract<Gather, { keys: unknown }>["keys"] },
): Gather | undefined {
  const { technology, country, town, label, contacted, doNotContact } = filters;
  const ofLead = { technology, country, town, label, contacted, doNotContact };
  const facets = narrowByFacets(tenantId, ofLead);
  const { batchId } = filters;
  if (facets === undefined && batchId === undefined && !filters.q) return undefined;
  const ofBatch =
    batchId === undefined
      ? undefined
      : sql`${inAscii(lead.domain)} = any(array(${domainsOfBatch(tenantId, batchId)}))`;
  const leads = new QueryBuilder()
    .select({ id: lead.domainId })
    .from(lead)
    .where(ofBatch ? and(eq(lead.tenantId, tenantId), ofBatch, facets?.where) : facets?.where);
  const ofLeads = (facets ?? ofBatch) && sql`${leadEmails.domainId} = any(array(${leads}))`;
  const rest = isOfLead(tenantId, filters, [...(facets?.filters ?? []), "batchId"]);
  return { table: leadEmails, id: leadEmails.id, keys, where: sql`${and(where, ofLeads, rest)}` };
}

/** What is asked of its lead, looked up for each address; undefined where nothing is. */
function isOfLead(tenantId: string, filters: Filters, but?: readonly string[]): SQL | undefined {
  const conditions = and(...askedOf(OF_LEAD, tenantId, filters, but));
  const its = new QueryBuilder()
    .select({ one: sql`true` })
    .from(lead)
    .where(and(eq(lead.domainId, leadEmails.domainId), conditions));
  return conditions && isFound(its);
}
