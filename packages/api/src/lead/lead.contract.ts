import type { CountrySign } from "@scrapersky/outcome";
import { z } from "zod";
import { LEAD_LABEL_LENGTH_MAX, LEAD_NOTE_LENGTH_MAX } from "../wire.contract.ts";
import { idText } from "../id.contract.ts";

/** Scans of a domain whose changes are kept, the latest ones. */
export const SCANS_WITH_CHANGES_KEPT = 20;
/** Changes of one scan that are kept, with how many more there were. */
export const CHANGES_KEPT = 100;
/** Facts of one kind that a lead is told with; its counts count all that are still there. */
export const FACTS_SHOWN = 500;
/** Other domains of the same business that a lead is told with. */
export const SIBLINGS_SHOWN = 50;

/** Lines of lists that a lead is told with. */
export const LINES_SHOWN = 10;

const CHOICE_LENGTH_MAX = 320;
const DOMAIN_LENGTH_MAX = 300;

/** What a change between two scans is about. */
export type ChangedFact =
  | ("email" | "phone" | "fax" | "person" | "social" | "address" | "technology" | "signal")
  | ("business_name" | "legal_name" | "country" | "language" | "site" | "reason");

/** One thing that a scan found other than the scan before it. */
export interface LeadChange {
  of: ChangedFact;
  what: "appeared" | "went" | "changed";
  /** Which e-mail, person and so on; null where a lead has only one. */
  subject: string | null;
  /** What of it changed; null where all of it did. */
  field: string | null;
  from: string | null;
  to: string | null;
  /** It went, and none of the pages that it stood on was read: it may still be there. */
  unread: boolean;
}

/** Since when a fact is known. Times are ISO 8601. */
export interface FactTimes {
  firstSeen: string;
  /** Null where it was brought from a table that does not tell. */
  lastSeen: string | null;
  /** The first scan that did not find it any more; null while it is still there. */
  goneAt: string | null;
}

export interface LeadEmail extends FactTimes {
  id: string;
  email: string;
  kind: "role" | "person" | "other";
  free: boolean;
  ownDomain: boolean;
  person: { name: string; title: string | null } | null;
  /** How the page keeps it from machines; null where an earlier version stored it. */
  hidden: "plain" | "mailto" | "encoded" | "written" | "data" | null;
  pages: string[];
  context: string | null;
  takesMail: "yes" | "no" | "unknown" | null;
  takesMailAt: string | null;
}

export interface LeadPhone extends FactTimes {
  e164: string;
  /** As people read it. */
  text: string;
  fax: boolean;
  national: string | null;
  foundAs: "tel" | "text" | "whatsapp" | "json_ld" | null;
  label: string | null;
  pages: string[];
}

export interface LeadPerson extends FactTimes {
  name: string;
  title: string | null;
  email: string | null;
  phone: string | null;
  profileUrl: string | null;
  page: string;
}

export interface LeadSocial extends FactTimes {
  network: string;
  account: string;
  url: string;
  page: string | null;
}

export interface LeadAddress extends FactTimes {
  written: string;
  street: string | null;
  postcode: string | null;
  town: string | null;
  region: string | null;
  country: string | null;
  /** Degrees. */
  geo: { lat: number; lon: number } | null;
  foundAs: "json_ld" | "microdata" | "address" | "text" | "map" | null;
  page: string | null;
}

export interface LeadTechnology extends FactTimes {
  name: string;
  category: string;
  version: string | null;
  evidence: { in: string; what: string; page: string } | null;
}

/** What is best of several, and why. */
export interface BestChoice {
  /** The address, or the number in E.164. */
  value: string;
  /** In one sentence. */
  rule: string;
  by: "rule" | "hand";
}

/** What staff noted on a lead; `updatedAt` is what the next change expects. */
export interface LeadNotes {
  label: string | null;
  note: string | null;
  contactedAt: string | null;
  doNotContact: boolean;
  updatedAt: string | null;
  updatedBy: string | null;
}

/** A code with its sentence for people. */
export interface Reason {
  code: string;
  text: string;
}

/** A line of a list that named the domain, with the columns that were given around the name. */
export interface LeadLine {
  batchId: string;
  batchLabel: string | null;
  /** When the list was submitted. */
  at: string;
  /** As people count them, from 1. */
  line: number;
  /** The name as it was written. */
  input: string;
  /** In the order of the list; empty cells are left out. */
  cells: { column: string; text: string }[];
}

/** Everything that is kept of one business. */
export interface LeadDetail {
  domainId: string;
  domain: string;
  displayDomain: string;
  /** The caller may not read contacts: what names or reaches a person is left out, and counted only. */
  contactsHidden: boolean;
  business: {
    name: string | null;
    nameFrom: "json_ld" | "og" | "imprint" | "title" | null;
    kind: string | null;
    legalName: string | null;
  };
  bestEmail: BestChoice | null;
  bestPhone: BestChoice | null;
  /** What the rules would choose: for tenants that want a mailbox of the business first, and for those that want people. */
  suggested: {
    role: { email: string; rule: string } | null;
    person: { email: string; rule: string } | null;
    phone: { e164: string; rule: string } | null;
  } | null;
  /** Of the first address. */
  place: {
    street: string | null;
    postcode: string | null;
    town: string | null;
    region: string | null;
  };
  country: {
    code: string;
    confidence: "sure" | "likely" | "weak" | null;
    signs: CountrySign[];
  } | null;
  languages: { site: string | null; pages: string[] };
  signals: string[];
  siteChangedAt: string | null;
  /** Why the site gave little or nothing. */
  reason: Reason | null;
  /** Why the last scan failed; what stands here is from the last one that did not. */
  failure: Reason | null;
  capped: string[];
  /** How many of each are still there. */
  counts: Record<
    | ("emails" | "phones" | "faxes" | "people" | "socials" | "addresses")
    | ("technologies" | "pages"),
    number
  >;
  firstScan: string;
  lastScan: string;
  lastSuccess: string | null;
  changedAt: string | null;
  notes: LeadNotes;
  emails: LeadEmail[];
  phones: LeadPhone[];
  people: LeadPerson[];
  socials: LeadSocial[];
  addresses: LeadAddress[];
  technologies: LeadTechnology[];
  /** The latest scan first. */
  changes: { at: string; jobId: string | null; changes: LeadChange[]; leftOut: number }[];
  /** Other domains of the tenant that end at the same site. */
  sameBusiness: { domainId: string; domain: string; displayDomain: string }[];
  /** Of the newest list first, at most `LINES_SHOWN`. Lists without columns say nothing more. */
  lines: LeadLine[];
}

export const leadDomainInput = z.object({ domain: z.string().max(DOMAIN_LENGTH_MAX) });

/** `updatedAt` of the notes as they were read; null when nobody had noted anything. */
const expectedUpdatedAt = z.iso.datetime({ offset: true }).nullable();
const emptyIsNone = (text: string): string | null => (text === "" ? null : text);
const textUpTo = (max: number) => z.string().trim().max(max).transform(emptyIsNone).nullable();

export const leadUpdateInput = z.object({
  domainId: idText,
  expectedUpdatedAt,
  patch: z
    .object({
      label: textUpTo(LEAD_LABEL_LENGTH_MAX),
      note: textUpTo(LEAD_NOTE_LENGTH_MAX),
      contacted: z.boolean(),
      doNotContact: z.boolean(),
    })
    .partial(),
});
export type LeadUpdate = z.output<typeof leadUpdateInput>;

const choice = z.string().trim().max(CHOICE_LENGTH_MAX).nullable();

/** Null leaves the choice to the rule again. */
export const chooseEmailInput = z.object({ domainId: idText, expectedUpdatedAt, email: choice });
export const choosePhoneInput = z.object({ domainId: idText, expectedUpdatedAt, e164: choice });
