import { NO_CONTACTS } from "../list/list-rights.ts";
import { withoutReachIn } from "../rbac/without-reach.ts";
import type { ChangedFact, LeadDetail, LeadNotes } from "./lead.contract.ts";

/** Changes that name nobody. */
const IMPERSONAL = new Set<ChangedFact>([
  "business_name",
  "country",
  "language",
  "reason",
  "signal",
  "site",
  "technology",
]);

/**
 * A lead for those who may not read contacts: what it is about, where it is and how much there is of it, and nothing
 * that names or reaches a person.
 */
export const withoutContacts = (lead: LeadDetail): LeadDetail => ({
  ...withoutReachIn(lead, NO_CONTACTS),
  contactsHidden: true,
  business: { ...withoutReachIn(lead.business, NO_CONTACTS), legalName: null },
  bestEmail: null,
  bestPhone: null,
  suggested: null,
  place: { ...withoutReachIn(lead.place, NO_CONTACTS), street: null },
  country: lead.country && { ...lead.country, signs: [] },
  notes: withoutNotes(lead.notes),
  lines: [],
  emails: [],
  phones: [],
  people: [],
  socials: [],
  addresses: [],
  changes: lead.changes.map(({ changes, ...scan }) => ({
    ...scan,
    changes: withoutReachIn(
      changes.filter(({ of }) => IMPERSONAL.has(of)),
      NO_CONTACTS,
    ),
  })),
});

/** What staff wrote on a lead may name anybody. */
export const withoutNotes = (notes: LeadNotes): LeadNotes => ({
  ...notes,
  label: null,
  note: null,
});
