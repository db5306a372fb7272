import type { Export, SavedView, SearchAnswer } from "@scrapersky/api/contract";
import type { ContactItem, LeadItem } from "@scrapersky/api/lists";
import { ago, id, ME } from "./fixture-base.ts";

// Made-up businesses, as lists tell of them: short and long names, scripts that run either way, and much that is missing.

const NOTHING: LeadItem = {
  domainId: id(300),
  domain: "providence-dental.example",
  displayDomain: "providence-dental.example",
  name: "Providence Dental",
  kind: "Dentist",
  bestEmail: "hello@providence-dental.example",
  bestPhone: "+14015550142",
  bestPhoneText: "+1 401 555 0142",
  town: "Providence",
  region: "RI",
  country: "US",
  language: "en",
  technologies: ["WordPress", "Elementor", "Yoast SEO"],
  networks: ["facebook", "instagram"],
  signals: ["contact_form"],
  counts: { emails: 2, phones: 2, people: 1, technologies: 6, pages: 14 },
  reason: null,
  failureCode: null,
  label: null,
  contactedAt: null,
  doNotContact: false,
  firstScan: ago(8_000_000),
  lastScan: ago(150),
  changedAt: ago(150),
};

const lead = (n: number, others: Partial<LeadItem>): LeadItem => ({
  ...NOTHING,
  domainId: id(300 + n),
  lastScan: ago(150 + n * 4_000),
  ...others,
  ...(others.bestPhone === undefined ? {} : { bestPhoneText: others.bestPhone }),
});

const EMPTY = { emails: 0, phones: 0, people: 0, technologies: 0, pages: 1 };

export const LEADS: LeadItem[] = [
  NOTHING,
  lead(1, {
    domain: "northpine-coffee.example",
    displayDomain: "northpine-coffee.example",
    name: "Northpine Coffee Roasters",
    bestEmail: "orders@northpine-coffee.example",
    bestPhone: "+1 614 555 0188",
    town: "Columbus",
    region: "Ohio",
    technologies: ["Shopify", "Klaviyo", "Google Analytics"],
  }),
  lead(2, {
    domain: "xn--bckerei-grn-l8a9e.example",
    displayDomain: "bäckerei-grün.example",
    name: "Bäckerei Grün",
    bestEmail: "bestellung@bäckerei-grün.example",
    bestPhone: "0911 2345678",
    town: "Nürnberg",
    region: null,
    country: "DE",
    technologies: ["Jimdo"],
    label: "Q4",
  }),
  lead(3, {
    domain: "xn--8dbfcb9b.example",
    displayDomain: "פרחים.example",
    name: "פרחי תל אביב, משלוחי פרחים לכל הארץ מאז 1961",
    bestEmail: "info@prahim.example",
    bestPhone: null,
    town: "תל אביב",
    region: null,
    country: "IL",
    technologies: [],
    counts: { ...EMPTY, emails: 1 },
  }),
  lead(4, {
    domain: "a-very-long-name-of-a-business-that-nobody-can-remember.example",
    displayDomain: "a-very-long-name-of-a-business-that-nobody-can-remember.example",
    name: "Rechtsanwälte Oberhauser-Brandstätter, Kirchgässner & Partner Partnerschaftsgesellschaft mbB",
    bestEmail: "kanzlei@oberhauser-brandstaetter-kirchgaessner-partner.example",
    bestPhone: "+49 89 12345678-90",
    town: "Garmisch-Partenkirchen",
    region: "Bayern",
    country: "DE",
  }),
  lead(5, {
    domain: "parked-place.example",
    displayDomain: "parked-place.example",
    name: null,
    bestEmail: null,
    bestPhone: null,
    town: null,
    region: null,
    country: null,
    technologies: [],
    networks: [],
    counts: EMPTY,
    reason: "parked",
  }),
];

export const CONTACTS: ContactItem[] = LEADS.filter(({ bestEmail }) => bestEmail !== null).map(
  ({ domainId, domain, displayDomain, name, bestEmail, town, country }, at) => ({
    id: id(700 + at),
    email: bestEmail ?? "",
    kind: at === 1 ? "person" : "role",
    free: false,
    ownDomain: at !== 3,
    person: at === 1 ? { name: "Dana Whitfield", title: "Head roaster" } : null,
    takesMail: at === 3 ? "no" : at === 4 ? null : "yes",
    firstSeen: ago(600 + at * 90_000),
    goneAt: at === 4 ? ago(5_000) : null,
    domainId,
    domain,
    displayDomain,
    business: name,
    town,
    country,
    doNotContact: false,
  }),
);

const EXPORT: Export = {
  exportId: id(800),
  list: "leads",
  format: "xlsx",
  status: "complete",
  filters: { technology: ["Shopify"], has: ["phone"], region: ["Ohio"] },
  columns: ["name", "email", "phone"],
  since: null,
  rows: 1240,
  bytes: 96_500,
  cut: 0,
  asOf: ago(900),
  createdBy: { id: ME.id, name: ME.name },
  startedAt: ago(900),
  endedAt: ago(898),
};

export const EXPORTS: Export[] = [
  { ...EXPORT, exportId: id(801), status: "running", rows: 48_000, endedAt: null, filters: {} },
  EXPORT,
  { ...EXPORT, exportId: id(802), list: "contacts", format: "csv", since: id(800), rows: 17 },
  {
    ...EXPORT,
    exportId: id(803),
    list: "jobs",
    format: "csv",
    status: "abandoned",
    createdBy: null,
  },
  { ...EXPORT, exportId: id(804), list: "pages", format: "ndjson", status: "failed", rows: 0 },
];

const CHOICES: Record<string, Record<string, string[]>> = {
  leads: {
    technology: ["WordPress", "Shopify", "Wix", "Elementor"],
    region: ["Ohio", "RI", "Bayern"],
    town: ["Columbus", "Providence", "Nürnberg"],
    country: ["US", "DE", "IL"],
  },
  contacts: { kind: ["role", "person"], country: ["US", "DE"] },
  jobs: { status: ["failed", "complete"], errorCode: ["timeout", "dns_not_found"] },
  batches: { status: ["running", "complete", "partial"] },
  exports: { status: ["complete", "running"], list: ["leads", "contacts"] },
};

/** What the rows of a list have, the most frequent first. */
export const facetsOf = (list: string) => ({
  rows: 100,
  all: true,
  facets: Object.fromEntries(
    Object.entries(CHOICES[list] ?? {}).map(([name, values]) => [
      name,
      values.map((value, at) => ({ value, count: Math.round(60 / (at + 1)) })),
    ]),
  ),
});

const view = (n: number, list: string, name: string, others: Partial<SavedView>): SavedView => ({
  viewId: id(850 + n),
  list,
  slug: name.toLowerCase().replaceAll(" ", "-"),
  name,
  query: "",
  shared: false,
  mine: true,
  by: ME.name,
  updatedAt: ago(90_000),
  ...others,
});

export const viewsOf = (list: string): SavedView[] => [
  view(1, list, "Mine of this week", {}),
  view(2, list, "For the Ohio mailing", { shared: true, mine: false, by: "Jonas Brandt" }),
];

/** Hits of each kind, whatever is looked for; nothing for "zzzz". */
export const searchOf = (q: string): SearchAnswer => {
  const isNothing = q === "zzzz";
  const [contact] = CONTACTS;
  return {
    direct: null,
    batches: [],
    jobs: [],
    leads: isNothing ? [] : LEADS.slice(0, 5),
    contacts:
      isNothing || contact === undefined
        ? []
        : [{ ...contact, person: contact.person?.name ?? null }],
    profiles: isNothing ? [] : [{ id: ME.id, name: ME.name, email: ME.email }],
  };
};
