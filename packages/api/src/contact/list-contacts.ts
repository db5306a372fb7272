import { inAscii, leadEmails } from "@scrapersky/db/schema";
import { and, eq, gte, inArray, isNotNull, isNull, type SQL, sql } from "drizzle-orm";
import { QueryBuilder } from "drizzle-orm/pg-core";
import { LEAD_CONDITIONS } from "../lead/lead-conditions.ts";
import { lead, narrowByFacets } from "../lead/lead-facets.ts";
import type { FilterValues } from "../list/list.contract.ts";
import { defineList } from "../list/define-list.ts";
import { ascending, descending, type ListRows } from "../list/list-rows.ts";
import type { RowOf } from "../list/row-of.ts";
import type { FindWays } from "../list/ways.ts";
import { isoTime, isoTimeOrNull } from "../time.ts";
import { CONTACT_LIST, type ContactItem } from "./contact-list.contract.ts";
import { isAddressWith } from "./read-search.ts";

const { email, tenantId: tenant } = leadEmails;

const isSearched = (text: string): SQL => isAddressWith(email, text.trim().toLowerCase());

const isSet = (column: typeof leadEmails.goneAt | typeof leadEmails.personName, is: boolean) =>
  is ? isNotNull(column) : isNull(column);

/** What is asked of the lead finds the addresses of its leads; what is asked of an address is so of many. */
const findContactWays: FindWays<typeof CONTACT_LIST> = ({ tenantId, filters }) => {
  const { q, firstSeenSince, technology, country, town, label, contacted, doNotContact } = filters;
  const since =
    firstSeenSince === undefined ? undefined : gte(leadEmails.firstSeen, firstSeenSince);
  const range = and(eq(tenant, tenantId), since);
  const ofLead = { technology, country, town, label, contacted, doNotContact };
  const facets = narrowByFacets(tenantId, ofLead);
  const leads = new QueryBuilder().select({ id: lead.domainId }).from(lead).where(facets);
  const narrow = and(
    facets && sql`${leadEmails.domainId} = any(array(${leads}))`,
    q ? isSearched(q) : undefined,
  );
  return {
    walk: {
      table: leadEmails,
      id: leadEmails.id,
      ranges: range ? [range] : [],
      test: and(...conditionsOfAddress(filters)),
    },
    gather: narrow && { narrow },
  };
};

const OF_ADDRESS = {
  q: isSearched,
  kind: (kinds) => inArray(leadEmails.kind, kinds),
  free: (is) => eq(leadEmails.free, is),
  ownDomain: (is) => eq(leadEmails.ownDomain, is),
  deliverable: (words) => inArray(leadEmails.takesMail, words),
  personKnown: (is) => isSet(leadEmails.personName, is),
  gone: (is) => isSet(leadEmails.goneAt, is),
  firstSeenSince: (time) => gte(leadEmails.firstSeen, time),
} satisfies Partial<ListRows<typeof CONTACT_LIST>["where"]>;

/** What is asked of the address alone. */
function conditionsOfAddress(filters: FilterValues<typeof CONTACT_LIST>): (SQL | undefined)[] {
  const names = Object.keys(OF_ADDRESS) as (keyof typeof OF_ADDRESS)[];
  return names.map((name) =>
    filters[name] === undefined ? undefined : OF_ADDRESS[name](filters[name] as never),
  );
}

const CONTACT_ROWS: ListRows<typeof CONTACT_LIST> = {
  tenant,
  id: leadEmails.id,
  from: (select) => select.from(leadEmails).innerJoin(lead, eq(lead.domainId, leadEmails.domainId)),
  where: {
    ...OF_ADDRESS,
    technology: LEAD_CONDITIONS.technology,
    country: LEAD_CONDITIONS.country,
    town: LEAD_CONDITIONS.town,
    label: LEAD_CONDITIONS.label,
    contacted: LEAD_CONDITIONS.contacted,
    doNotContact: LEAD_CONDITIONS.doNotContact,
  },
  orders: {
    newest: descending(leadEmails.firstSeen, leadEmails.id),
    email: ascending({ value: inAscii(email), type: "text" }, leadEmails.id),
  },
  ways: findContactWays,
};

const COLUMNS = {
  id: leadEmails.id,
  email,
  kind: leadEmails.kind,
  free: leadEmails.free,
  ownDomain: leadEmails.ownDomain,
  personName: leadEmails.personName,
  personTitle: leadEmails.personTitle,
  takesMail: leadEmails.takesMail,
  firstSeen: leadEmails.firstSeen,
  goneAt: leadEmails.goneAt,
  domainId: lead.domainId,
  domain: lead.domain,
  displayDomain: lead.displayDomain,
  business: lead.businessName,
  town: lead.town,
  country: lead.country,
  doNotContact: lead.doNotContact,
};

const toItem = ({ personName, personTitle, ...row }: RowOf<typeof COLUMNS>): ContactItem => ({
  ...row,
  person: personName === null ? null : { name: personName, title: personTitle },
  firstSeen: isoTime(row.firstSeen),
  goneAt: isoTimeOrNull(row.goneAt),
});

export const listContacts = defineList(CONTACT_LIST, {
  rows: CONTACT_ROWS,
  read: ({ reader, page, place }) =>
    reader
      .select({ ...place, ...COLUMNS })
      .from(page)
      .innerJoin(leadEmails, eq(leadEmails.id, page.id))
      .innerJoin(lead, eq(lead.domainId, leadEmails.domainId)),
  toItem,
  cells: {
    came: sql`coalesce(${leadEmails.cameAt}, ${leadEmails.firstSeen})`,
    columns: {
      email,
      kind: leadEmails.kind,
      person: leadEmails.personName,
      title: leadEmails.personTitle,
      domain: lead.displayDomain,
      business: lead.businessName,
      town: lead.town,
      country: lead.country,
      free: leadEmails.free,
      ownDomain: leadEmails.ownDomain,
      takesMail: leadEmails.takesMail,
      pages: leadEmails.pages,
      firstSeen: leadEmails.firstSeen,
      goneAt: leadEmails.goneAt,
      doNotContact: lead.doNotContact,
      id: leadEmails.id,
    },
  },
});
