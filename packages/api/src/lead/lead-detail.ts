import type {
  leadAddresses,
  leadChanges,
  leadEmails,
  leadPeople,
  leadPhones,
  leads,
  leadSocials,
  leadTechnologies,
} from "@scrapersky/db/schema";
import { type CountrySign, ThinReasons } from "@scrapersky/outcome";
import { readablePhone } from "../domain/readable-phone.ts";
import { sentenceOf } from "../job/failure-sentences.ts";
import { isoTime, isoTimeOrNull } from "../time.ts";
import type {
  BestChoice,
  FactTimes,
  LeadAddress,
  LeadChange,
  LeadDetail,
  LeadEmail,
  LeadNotes,
  LeadPerson,
  LeadPhone,
  LeadSocial,
  LeadTechnology,
  Reason,
} from "./lead.contract.ts";

// Rows of the lead's tables as they are told.

type LeadRow = typeof leads.$inferSelect;
type FactLists =
  | ("emails" | "phones" | "people" | "socials" | "addresses" | "technologies")
  | ("changes" | "sameBusiness" | "lines");

export const toOverview = (row: LeadRow): Omit<LeadDetail, FactLists> => ({
  domainId: row.domainId,
  domain: row.domain,
  displayDomain: row.displayDomain,
  contactsHidden: false,
  business: {
    name: row.businessName,
    nameFrom: row.businessNameFrom,
    kind: row.businessKind,
    legalName: row.legalName,
  },
  bestEmail: toBestEmail(row),
  bestPhone: toBestPhone(row),
  suggested: toSuggested(row.suggested),
  place: { street: row.street, postcode: row.postcode, town: row.town, region: row.region },
  country:
    row.country === null
      ? null
      : {
          code: row.country,
          confidence: row.countryConfidence,
          signs: row.countrySigns as CountrySign[],
        },
  languages: { site: row.language, pages: row.pageLanguages },
  signals: row.signals,
  siteChangedAt: isoTimeOrNull(row.siteChangedAt),
  reason: row.reason === null ? null : toThinReason(row.reason),
  failure:
    row.failureCode === null ? null : { code: row.failureCode, text: sentenceOf(row.failureCode) },
  capped: row.capped,
  counts: {
    emails: row.emails,
    phones: row.phones,
    faxes: row.faxes,
    people: row.people,
    socials: row.socials,
    addresses: row.addresses,
    technologies: row.technologies,
    pages: row.pages,
  },
  firstScan: isoTime(row.firstScan),
  lastScan: isoTime(row.lastScan),
  lastSuccess: isoTimeOrNull(row.lastSuccess),
  changedAt: isoTimeOrNull(row.changedAt),
  notes: toNotes(row),
});

export const toNotes = (
  row: Pick<LeadRow, "label" | "note" | "contactedAt" | "doNotContact" | "editedAt" | "editedBy">,
): LeadNotes => ({
  label: row.label,
  note: row.note,
  contactedAt: isoTimeOrNull(row.contactedAt),
  doNotContact: row.doNotContact,
  updatedAt: isoTimeOrNull(row.editedAt),
  updatedBy: row.editedBy,
});

export const toBestEmail = ({ bestEmail, bestEmailRule, bestEmailBy }: LeadRow) =>
  toChoice(bestEmail, bestEmailRule, bestEmailBy);

export const toBestPhone = ({ bestPhone, bestPhoneRule, bestPhoneBy }: LeadRow) =>
  toChoice(bestPhone, bestPhoneRule, bestPhoneBy);

const toChoice = (
  value: string | null,
  rule: string | null,
  by: BestChoice["by"] | null,
): BestChoice | null => (value === null || by === null ? null : { value, rule: rule ?? "", by });

/** A lead whose scans all failed has none. */
function toSuggested(json: unknown): LeadDetail["suggested"] {
  const { role, person, phone } = json as Partial<NonNullable<LeadDetail["suggested"]>>;
  return { role: role ?? null, person: person ?? null, phone: phone ?? null };
}

export const toThinReason = (code: string): Reason => ({
  code,
  text: Object.hasOwn(ThinReasons, code)
    ? ThinReasons[code as keyof typeof ThinReasons]
    : "The site gave little.",
});

interface SeenRow {
  firstSeen: string;
  lastSeen: string | null;
  goneAt: string | null;
}

/** What is still there was last seen by the last scan that ended well. */
const timesOf = (row: SeenRow, lastSuccess: string | null): FactTimes => ({
  firstSeen: isoTime(row.firstSeen),
  lastSeen: isoTimeOrNull(row.goneAt === null ? lastSuccess : row.lastSeen),
  goneAt: isoTimeOrNull(row.goneAt),
});

export const toEmail = (
  row: typeof leadEmails.$inferSelect,
  lastSuccess: string | null,
): LeadEmail => ({
  id: row.id,
  email: row.email,
  kind: row.kind,
  free: row.free,
  ownDomain: row.ownDomain,
  person: row.personName === null ? null : { name: row.personName, title: row.personTitle },
  hidden: row.hidden,
  pages: row.pages,
  context: row.context,
  takesMail: row.takesMail,
  takesMailAt: isoTimeOrNull(row.takesMailAt),
  ...timesOf(row, lastSuccess),
});

export const toPhone = (
  row: typeof leadPhones.$inferSelect,
  lastSuccess: string | null,
): LeadPhone => ({
  e164: row.e164,
  text: readablePhone(row.e164),
  fax: row.fax,
  national: row.national,
  foundAs: row.foundAs,
  label: row.label,
  pages: row.pages,
  ...timesOf(row, lastSuccess),
});

export const toPerson = (
  row: typeof leadPeople.$inferSelect,
  lastSuccess: string | null,
): LeadPerson => ({
  name: row.name,
  title: row.title,
  email: row.email,
  phone: row.phone,
  profileUrl: row.profileUrl,
  page: row.page,
  ...timesOf(row, lastSuccess),
});

export const toSocial = (
  row: typeof leadSocials.$inferSelect,
  lastSuccess: string | null,
): LeadSocial => ({
  network: row.network,
  account: row.account,
  url: row.url,
  page: row.page,
  ...timesOf(row, lastSuccess),
});

export const toAddress = (
  row: typeof leadAddresses.$inferSelect,
  lastSuccess: string | null,
): LeadAddress => ({
  written: row.written,
  street: row.street,
  postcode: row.postcode,
  town: row.town,
  region: row.region,
  country: row.country,
  geo:
    row.latitude === null || row.longitude === null
      ? null
      : { lat: row.latitude, lon: row.longitude },
  foundAs: row.foundAs,
  page: row.page,
  ...timesOf(row, lastSuccess),
});

export const toTechnology = (
  row: typeof leadTechnologies.$inferSelect,
  lastSuccess: string | null,
): LeadTechnology => ({
  name: row.name,
  category: row.category,
  version: row.version,
  evidence:
    row.evidenceIn === null
      ? null
      : { in: row.evidenceIn, what: row.evidence ?? "", page: row.page ?? "" },
  ...timesOf(row, lastSuccess),
});

export const toChanges = (row: typeof leadChanges.$inferSelect): LeadDetail["changes"][number] => ({
  at: isoTime(row.scannedAt),
  jobId: row.jobId,
  changes: row.changes as LeadChange[],
  leftOut: row.leftOut,
});
