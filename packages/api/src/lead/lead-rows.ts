import type { leads } from "@scrapersky/db/schema";
import type {
  AddressFacts,
  BestEmail,
  BestPhone,
  EmailFacts,
  LeadFacts,
  PhoneFacts,
  SignalFacts,
  TechnologyFacts,
} from "@scrapersky/outcome";
import type { DoneScan } from "../domain/store-domain.ts";
import { businessKeyOf } from "./business-key.ts";
import { type FactKind, type FactRows, type Facts, keyOf } from "./fact-tables.ts";

type LeadRow = typeof leads.$inferSelect;

/** What the rules choose of a lead, for each way in which a tenant can want it. */
export interface Suggested {
  role: BestEmail | null;
  person: BestEmail | null;
  phone: BestPhone | null;
}

/** Columns of `leads` that one scan fills by itself. */
export const FOUND_COLUMNS = [
  ...(["businessKey", "businessName", "businessNameFrom", "businessKind", "legalName"] as const),
  ...(["suggested", "street", "postcode", "town", "region"] as const),
  ...(["country", "countryConfidence", "countrySigns", "language", "pageLanguages"] as const),
  ...(["emails", "phones", "faxes", "people", "socials", "addresses", "technologies"] as const),
  ...(["technologyNames", "technologyCategories", "networks", "takesMail"] as const),
  ...(["pages", "signals", "siteChangedAt", "reason", "capped"] as const),
] satisfies readonly (keyof LeadRow)[];

export type FoundLead = Omit<Pick<LeadRow, (typeof FOUND_COLUMNS)[number]>, "suggested"> & {
  suggested: Suggested;
};

/** Words for the signals of a site, as `leads.signals` keeps them. */
const SIGNALS = {
  contactForm: "contact_form",
  shop: "shop",
  booking: "booking",
  blog: "blog",
  newsletter: "newsletter",
  cookieNotice: "cookie_notice",
  privacyPolicy: "privacy_policy",
  parked: "parked",
  needsJs: "needs_js",
  botWall: "bot_wall",
} as const satisfies Record<Exclude<keyof SignalFacts, "lastModified">, string>;

/** What a scan found, by the columns of `leads` and by those of the tables of facts. */
export interface LeadRows {
  found: FoundLead;
  facts: Facts;
}

export function toLeadRows(scan: Pick<DoneScan, "lead" | "site" | "pages">): LeadRows {
  const { business, country, languages, signals, ...lead } = scan.lead;
  const facts = toFacts(scan.lead);
  const [address] = lead.addresses;
  const found: FoundLead = {
    businessKey: businessKeyOf(scan.site.finalUrl, signals.parked),
    businessName: business.name,
    businessNameFrom: business.nameFrom,
    businessKind: business.kind,
    legalName: business.legalName,
    suggested: { role: lead.bestEmail, person: lead.bestPersonEmail, phone: lead.bestPhone },
    street: address?.street ?? null,
    postcode: address?.postcode ?? null,
    town: address?.town ?? null,
    region: address?.region ?? null,
    country: country?.code ?? null,
    countryConfidence: country?.confidence ?? null,
    countrySigns: country?.signs ?? [],
    language: languages.site,
    pageLanguages: languages.pages,
    ...summaryOf(facts),
    pages: scan.pages.length,
    signals: signalWords(signals),
    siteChangedAt: signals.lastModified,
    reason: lead.reason,
    capped: lead.capped,
  };
  return { found, facts };
}

/** How many there are of each, and which of those that leads are found by. */
export function summaryOf({ emails, phones, people, socials, addresses, technologies }: Facts) {
  const faxes = phones.filter(({ fax }) => fax).length;
  return {
    emails: emails.length,
    phones: phones.length - faxes,
    faxes,
    people: people.length,
    socials: socials.length,
    addresses: addresses.length,
    technologies: technologies.length,
    technologyNames: eachOnce(technologies.map(({ name }) => name)),
    technologyCategories: eachOnce(technologies.map(({ category }) => category)),
    networks: eachOnce(socials.map(({ network }) => network)),
    takesMail: eachOnce(emails.flatMap(({ takesMail }) => takesMail ?? [])),
  };
}

const eachOnce = (words: readonly string[]): string[] => [...new Set(words)].toSorted();

const signalWords = (signals: SignalFacts): string[] =>
  (Object.keys(SIGNALS) as (keyof typeof SIGNALS)[])
    .filter((name) => signals[name])
    .map((name) => SIGNALS[name]);

function toFacts(lead: LeadFacts): Facts {
  return {
    emails: distinct("emails", lead.emails.map(toEmailRow)),
    phones: distinct("phones", [
      ...lead.phones.map((phone) => toPhoneRow(phone, false)),
      ...lead.faxes.map((fax) => toPhoneRow(fax, true)),
    ]),
    people: distinct("people", lead.people),
    socials: distinct("socials", lead.socials),
    addresses: distinct("addresses", lead.addresses.map(toAddressRow)),
    technologies: distinct("technologies", lead.technologies.map(toTechnologyRow)),
  };
}

const toEmailRow = ({ person, ...email }: EmailFacts): FactRows["emails"] => ({
  ...email,
  personName: person?.name ?? null,
  personTitle: person?.title ?? null,
});

const toPhoneRow = ({ from, ...phone }: PhoneFacts, fax: boolean): FactRows["phones"] => ({
  ...phone,
  fax,
  foundAs: from,
});

const toAddressRow = ({ geo, from, ...address }: AddressFacts): FactRows["addresses"] => ({
  ...address,
  latitude: geo?.lat ?? null,
  longitude: geo?.lon ?? null,
  foundAs: from,
});

const toTechnologyRow = ({
  evidence,
  ...technology
}: TechnologyFacts): FactRows["technologies"] => ({
  ...technology,
  evidenceIn: evidence.where,
  evidence: evidence.what,
  page: evidence.page,
});

/** One statement may touch a row only once: of facts with one key the first counts. */
function distinct<Kind extends FactKind>(
  kind: Kind,
  rows: readonly FactRows[Kind][],
): FactRows[Kind][] {
  const byKey = new Map<string, FactRows[Kind]>();
  for (const row of rows) {
    const key = keyOf(kind, row);
    if (!byKey.has(key)) byKey.set(key, row);
  }
  return [...byKey.values()];
}
