import { leadEmails } from "@scrapersky/db/schema";
import { eq, gte, inArray, isNotNull, isNull, type SQL } from "drizzle-orm";
import { isOfBatch, LEAD_CONDITIONS } from "../lead/lead-conditions.ts";
import type { ListRows } from "../list/list-rows.ts";
import type { CONTACT_LIST } from "./contact-list.contract.ts";
import { isAddressWith } from "./read-search.ts";

type Conditions = ListRows<typeof CONTACT_LIST>["where"];

const isSet = (column: typeof leadEmails.goneAt | typeof leadEmails.personName, is: boolean) =>
  is ? isNotNull(column) : isNull(column);

/** What is asked of the address alone. */
export const OF_ADDRESS = {
  q: (text: string): SQL => isAddressWith(leadEmails.email, text.trim().toLowerCase()),
  kind: (kinds) => inArray(leadEmails.kind, kinds),
  free: (is) => eq(leadEmails.free, is),
  ownDomain: (is) => eq(leadEmails.ownDomain, is),
  deliverable: (words) => inArray(leadEmails.takesMail, words),
  personKnown: (is) => isSet(leadEmails.personName, is),
  gone: (is) => isSet(leadEmails.goneAt, is),
  firstSeenSince: (time) => gte(leadEmails.firstSeen, time),
} satisfies Partial<Conditions>;

/** What is asked of its lead. */
export const OF_LEAD = {
  technology: LEAD_CONDITIONS.technology,
  country: LEAD_CONDITIONS.country,
  town: LEAD_CONDITIONS.town,
  label: LEAD_CONDITIONS.label,
  contacted: LEAD_CONDITIONS.contacted,
  doNotContact: LEAD_CONDITIONS.doNotContact,
  batchId: (name, tenantId) => isOfBatch(tenantId, name),
} satisfies Partial<Conditions>;

export const CONTACT_CONDITIONS: Conditions = { ...OF_ADDRESS, ...OF_LEAD };
