import type { Reader } from "@scrapersky/db";
import { inAscii, leadName, leadTown } from "@scrapersky/db/schema";
import { and, eq, inArray, sql } from "drizzle-orm";
import { defineList } from "../list/define-list.ts";
import type { Rights } from "../list/list-rights.ts";
import { ascending, descending, type ListRows, moving, nullsLast } from "../list/list-rows.ts";
import type { ContactReader } from "../rbac/contact-reader.ts";
import type { RowOf } from "../list/row-of.ts";
import { readablePhone } from "../domain/readable-phone.ts";
import { isoTime, isoTimeOrNull } from "../time.ts";
import { withoutReachIn } from "../rbac/without-reach.ts";
import { isShownSite, whereShown } from "../suppression/is-shown.ts";
import { LEAD_CONDITIONS } from "./lead-conditions.ts";
import { lead } from "./lead-facets.ts";
import { LEAD_LIST, type LeadItem } from "./lead-list.contract.ts";
import { findLeadWays } from "./lead-ways.ts";

const LEAD_ROWS: ListRows<typeof LEAD_LIST> = {
  tenant: lead.tenantId,
  shown: isShownSite(lead.tenantId, lead.domainId),
  id: lead.domainId,
  // The alias is of this very table.
  from: (select) => select.from(lead),
  where: LEAD_CONDITIONS,
  orders: {
    newest: moving(descending(lead.lastScan, lead.domainId)),
    name: moving(ascending({ value: leadName(lead), type: "text" }, lead.domainId)),
    domain: ascending({ value: inAscii(lead.domain), type: "text" }, lead.domainId),
    town: moving(ascending(...nullsLast(lead.town, leadTown(lead)), lead.domainId)),
    emails: moving(descending(lead.emails, lead.domainId)),
  },
  ways: findLeadWays,
};

const BEST_EMAIL = whereShown(lead.tenantId, lead.bestEmail);

/** What pages and files tell alike. */
const SHARED = {
  domainId: lead.domainId,
  name: lead.businessName,
  kind: lead.businessKind,
  town: lead.town,
  region: lead.region,
  country: lead.country,
  language: lead.language,
  technologies: lead.technologyNames,
  networks: lead.networks,
  signals: lead.signals,
  emails: lead.emails,
  phones: lead.phones,
  people: lead.people,
  reason: lead.reason,
  label: lead.label,
  contactedAt: lead.contactedAt,
  doNotContact: lead.doNotContact,
  firstScan: lead.firstScan,
  lastScan: lead.lastScan,
  changedAt: lead.changedAt,
};

const COLUMNS = {
  ...SHARED,
  domain: lead.domain,
  displayDomain: lead.displayDomain,
  bestEmail: BEST_EMAIL,
  bestPhone: lead.bestPhone,
  used: lead.technologies,
  pages: lead.pages,
  failureCode: lead.failureCode,
};

const toItem = (
  { emails, phones, people, used, pages, ...row }: RowOf<typeof COLUMNS>,
  rights: Rights,
): LeadItem => ({
  ...withoutReachIn(row, rights),
  bestEmail: rights.mayReadContacts ? row.bestEmail : null,
  bestPhone: rights.mayReadContacts ? row.bestPhone : null,
  bestPhoneText:
    rights.mayReadContacts && row.bestPhone !== null ? readablePhone(row.bestPhone) : null,
  label: rights.mayReadContacts ? row.label : null,
  counts: { emails, phones, people, technologies: used, pages },
  contactedAt: isoTimeOrNull(row.contactedAt),
  firstScan: isoTime(row.firstScan),
  lastScan: isoTime(row.lastScan),
  changedAt: isoTimeOrNull(row.changedAt),
});

/** What the list tells of these leads of a tenant, by the domain's id; those that are not there are missing. */
export async function readLeads(
  reader: Reader,
  { tenantId, ...rights }: ContactReader,
  domainIds: readonly string[],
): Promise<Map<string, LeadItem>> {
  if (domainIds.length === 0) return new Map();
  const rows = await reader
    .select(COLUMNS)
    .from(lead)
    .where(
      and(
        eq(lead.tenantId, tenantId),
        isShownSite(lead.tenantId, lead.domainId),
        inArray(lead.domainId, [...domainIds]),
      ),
    );
  return new Map(rows.map((row) => [row.domainId, toItem(row, rights)]));
}

export const listLeads = defineList(LEAD_LIST, {
  rows: LEAD_ROWS,
  read: ({ reader, page, place }) =>
    reader
      .select({ ...place, ...COLUMNS })
      .from(page)
      .innerJoin(lead, eq(lead.domainId, page.id)),
  toItem,
  facets: {
    technology: lead.technologyNames,
    category: lead.technologyCategories,
    country: lead.country,
    region: lead.region,
    town: lead.town,
    language: lead.language,
    network: lead.networks,
    label: lead.label,
  },
  cells: {
    came: sql`coalesce(${lead.cameAt}, ${lead.firstScan})`,
    order: "domain",
    columns: {
      ...SHARED,
      domain: lead.displayDomain,
      email: BEST_EMAIL,
      phone: lead.bestPhone,
      street: lead.street,
      postcode: lead.postcode,
      note: lead.note,
    },
  },
});
