import type { Reader } from "@scrapersky/db";
import { inAscii, leadEmails } from "@scrapersky/db/schema";
import { and, eq, inArray, sql } from "drizzle-orm";
import { lead } from "../lead/lead-facets.ts";
import { defineList } from "../list/define-list.ts";
import { ascending, descending, type ListRows } from "../list/list-rows.ts";
import type { RowOf } from "../list/row-of.ts";
import { isShown, isShownSite } from "../suppression/is-shown.ts";
import { isoTime, isoTimeOrNull } from "../time.ts";
import { CONTACT_CONDITIONS } from "./contact-conditions.ts";
import { CONTACT_LIST, type ContactItem } from "./contact-list.contract.ts";
import { findContactWays } from "./contact-ways.ts";

const { email } = leadEmails;

const SHOWN = sql`(${isShown(leadEmails.tenantId, email)} and ${isShownSite(leadEmails.tenantId, leadEmails.domainId)})`;

const CONTACT_ROWS: ListRows<typeof CONTACT_LIST> = {
  tenant: leadEmails.tenantId,
  shown: SHOWN,
  id: leadEmails.id,
  from: (select) => select.from(leadEmails).innerJoin(lead, eq(lead.domainId, leadEmails.domainId)),
  where: CONTACT_CONDITIONS,
  orders: {
    newest: descending(leadEmails.firstSeen, leadEmails.id),
    email: ascending({ value: inAscii(email), type: "text" }, leadEmails.id),
  },
  ways: findContactWays,
};

/** What pages and files tell alike. */
const SHARED = {
  id: leadEmails.id,
  email,
  kind: leadEmails.kind,
  free: leadEmails.free,
  ownDomain: leadEmails.ownDomain,
  takesMail: leadEmails.takesMail,
  firstSeen: leadEmails.firstSeen,
  goneAt: leadEmails.goneAt,
  business: lead.businessName,
  town: lead.town,
  country: lead.country,
  doNotContact: lead.doNotContact,
};

const COLUMNS = {
  ...SHARED,
  personName: leadEmails.personName,
  personTitle: leadEmails.personTitle,
  domainId: lead.domainId,
  domain: lead.domain,
  displayDomain: lead.displayDomain,
};

const toItem = ({ personName, personTitle, ...row }: RowOf<typeof COLUMNS>): ContactItem => ({
  ...row,
  person: personName === null ? null : { name: personName, title: personTitle },
  firstSeen: isoTime(row.firstSeen),
  goneAt: isoTimeOrNull(row.goneAt),
});

/** What the list tells of these addresses of a tenant, by their ids; those that are not there are missing. */
export async function readContacts(
  reader: Reader,
  tenantId: string,
  ids: readonly string[],
): Promise<Map<string, ContactItem>> {
  if (ids.length === 0) return new Map();
  const rows = await reader
    .select(COLUMNS)
    .from(leadEmails)
    .innerJoin(lead, eq(lead.domainId, leadEmails.domainId))
    .where(and(eq(leadEmails.tenantId, tenantId), SHOWN, inArray(leadEmails.id, [...ids])));
  return new Map(rows.map((row) => [row.id, toItem(row)]));
}

export const listContacts = defineList(CONTACT_LIST, {
  rows: CONTACT_ROWS,
  read: ({ reader, page, place }) =>
    reader
      .select({ ...place, ...COLUMNS })
      .from(page)
      .innerJoin(leadEmails, eq(leadEmails.id, page.id))
      .innerJoin(lead, eq(lead.domainId, leadEmails.domainId)),
  toItem,
  facets: {
    kind: leadEmails.kind,
    technology: lead.technologyNames,
    country: lead.country,
    town: lead.town,
    label: lead.label,
  },
  cells: {
    came: sql`coalesce(${leadEmails.cameAt}, ${leadEmails.firstSeen})`,
    columns: {
      ...SHARED,
      person: leadEmails.personName,
      title: leadEmails.personTitle,
      domain: lead.displayDomain,
      pages: leadEmails.pages,
    },
  },
});
