import type { AnyList, ListInput } from "../list/list.contract.ts";
import { BATCH_NAME_LENGTH_MAX } from "../wire.contract.ts";

const WORD_LENGTH_MAX = 100;
const SEARCH_LENGTH_MAX = 253;

/** What a lead can have: something to reach it by, or a signal of its site. */
export const LEAD_TRAITS = [
  "email",
  "phone",
  "person",
  "contact_form",
  "shop",
  "booking",
  "blog",
  "newsletter",
  "cookie_notice",
  "privacy_policy",
  "parked",
  "needs_js",
  "bot_wall",
] as const;
export type LeadTrait = (typeof LEAD_TRAITS)[number];

const words = { kind: "words", max: WORD_LENGTH_MAX } as const;
const codes = { ...words, codes: true } as const;

/** What scans found of businesses, one row a domain. */
export const LEAD_LIST = {
  name: "leads",
  permission: "domains:read",
  filters: {
    /** Any part of the domain or of the business's name; of one or two letters the beginning of the domain. */
    q: { kind: "text", max: SEARCH_LENGTH_MAX },
    /** Any part of an e-mail address, of one with its @ the beginning; or digits of a number however they are parted. */
    contact: { kind: "text", max: SEARCH_LENGTH_MAX, personal: true },
    /** Everything that it has to have, and what it may not. */
    has: { kind: "choices", words: LEAD_TRAITS },
    lacks: { kind: "choices", words: LEAD_TRAITS },
    technology: words,
    noTechnology: { ...words, address: "without" },
    category: words,
    country: codes,
    region: words,
    town: words,
    language: codes,
    network: codes,
    /** Whether the domains of its e-mails take mail. */
    deliverable: { kind: "choices", words: ["yes", "no", "unknown"] },
    /** Why it gave nothing. */
    reason: codes,
    label: { kind: "words", max: 200, personal: true },
    contacted: { kind: "flag" },
    doNotContact: { kind: "flag", address: "blocked" },
    batchId: { kind: "text", max: BATCH_NAME_LENGTH_MAX, address: "batch" },
    scannedSince: { kind: "time", address: "since" },
    scannedUntil: { kind: "time", address: "until" },
    changedSince: { kind: "time", address: "changed" },
    newSince: { kind: "time", address: "new" },
  },
  orders: { newest: [], name: [], domain: [], town: [], emails: [] },
  columns: {
    domain: { header: "Domain", kind: "text" },
    name: { header: "Business", kind: "text", written: true },
    kind: { header: "Kind", kind: "text" },
    email: { header: "Best e-mail", kind: "text", personal: true },
    phone: { header: "Best phone", kind: "text", personal: true },
    street: { header: "Street", kind: "text", personal: true },
    postcode: { header: "Postcode", kind: "text" },
    town: { header: "Town", kind: "text", written: true },
    region: { header: "Region", kind: "text", written: true },
    country: { header: "Country", kind: "text" },
    language: { header: "Language", kind: "text" },
    technologies: { header: "Technologies", kind: "texts" },
    networks: { header: "Networks", kind: "texts" },
    signals: { header: "Signals", kind: "texts" },
    emails: { header: "E-mails", kind: "number" },
    phones: { header: "Phones", kind: "number" },
    people: { header: "People", kind: "number" },
    reason: { header: "Reason", kind: "text" },
    label: { header: "Label", kind: "text", personal: true },
    note: { header: "Note", kind: "text", personal: true },
    contactedAt: { header: "Contacted (UTC)", kind: "time" },
    doNotContact: { header: "Do not contact", kind: "flag" },
    firstScan: { header: "First scan (UTC)", kind: "time" },
    lastScan: { header: "Last scan (UTC)", kind: "time" },
    changedAt: { header: "Changed (UTC)", kind: "time" },
    domainId: { header: "Domain id", kind: "text" },
  },
  facets: ["technology", "category", "country", "region", "town", "language", "network", "label"],
} as const satisfies AnyList;
export type LeadListInput = ListInput<typeof LEAD_LIST>;

/** What a list tells of a lead. What names or reaches somebody is null for those who may not read contacts. */
export interface LeadItem {
  domainId: string;
  domain: string;
  displayDomain: string;
  name: string | null;
  kind: string | null;
  bestEmail: string | null;
  bestPhone: string | null;
  /** As it is written down. */
  bestPhoneText: string | null;
  town: string | null;
  region: string | null;
  country: string | null;
  language: string | null;
  /** The first of them; `counts` has how many there are. */
  technologies: string[];
  networks: string[];
  signals: string[];
  counts: { emails: number; phones: number; people: number; technologies: number; pages: number };
  /** Code of why it gave nothing or little. */
  reason: string | null;
  /** Code of why the last scan failed. */
  failureCode: string | null;
  label: string | null;
  contactedAt: string | null;
  doNotContact: boolean;
  firstScan: string;
  lastScan: string;
  changedAt: string | null;
}
