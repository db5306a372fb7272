import type { ChangedFact, LeadDetail } from "./lead.contract.ts";

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
 * that names or reaches a person. Notes of staff may do both.
 */
export const withoutContacts = (lead: LeadDetail): LeadDetail => ({
  ...lead,
  contactsHidden: true,
  business: { ...lead.business, legalName: null },
  bestEmail: null,
  bestPhone: null,
  suggested: null,
  place: { ...lead.place, street: null },
  country: lead.country && { ...lead.country, signs: [] },
  notes: { ...lead.notes, note: null },
  emails: [],
  phones: [],
  people: [],
  socials: [],
  addresses: [],
  changes: lead.changes.map(({ changes, ...scan }) => ({
    ...scan,
    changes: changes.filter(({ of }) => IMPERSONAL.has(of)),
  })),
});
