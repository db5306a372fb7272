import { parsePhoneNumberFromString, type CountryCode } from "libphonenumber-js/min";
import { getDomain } from "tldts";
import { businessKeyOf } from "./business-key.ts";
import type { Seen } from "./diff-lead.ts";
import { type FactKind, type FactRows, type Facts, keyOf } from "./fact-tables.ts";
import { summaryOf, type FoundLead } from "./lead-rows.ts";
import type { LeadWrite } from "./write-leads.ts";

/** What the real tables keep of a domain, whoever wrote it: arrays may hold anything, or nothing. */
export interface EarlierRow {
  id: string;
  tenant_id: string;
  domain: string;
  email_addresses: unknown;
  phone_numbers: unknown;
  physical_addresses: unknown;
  tech_stack: unknown;
  facebook_url: string | null;
  twitter_url: string | null;
  linkedin_url: string | null;
  instagram_url: string | null;
  youtube_url: string | null;
  country_code: string | null;
  language: string | null;
  content_language: unknown;
  business_type: string | null;
  has_ecommerce: boolean | null;
  has_cookie_notice: boolean | null;
  has_privacy_policy: boolean | null;
  page_count: number | null;
  last_modified: string | null;
  last_scan: string;
  last_successful_scan: string | null;
  meta_json: unknown;
  failure_code: string | null;
  has_contact_form: boolean;
  contacts: EarlierContact[] | null;
}

interface EarlierContact {
  email: string;
  type: string | null;
  isGmail: boolean | null;
  context: string | null;
  page: string | null;
  firstSeen: string;
  lastSeen: string;
}

/** A technology that was stored without its category. */
const CATEGORY_UNKNOWN = "Unknown";
/** What tells one fact from another stands in an index, which takes no long texts. */
const WRITTEN_MAX = 250;
const NAME_MAX = 200;
const EMAIL = /^[^\s@<>"',;]{1,64}@[^\s@<>"',;]{1,250}\.[^\s@<>"',;.\d]{2,63}$/;

/** A lead as the real tables tell it; values that cannot be read are counted. */
export function toKeptFacts(row: EarlierRow): { write: LeadWrite; unread: number } {
  const reading = new Reading(row);
  const facts: LeadWrite["diff"]["facts"] = {
    emails: reading.emails(),
    phones: reading.phones(),
    people: [],
    socials: reading.socials(),
    addresses: reading.addresses(),
    technologies: reading.technologies(),
  };
  const there = Object.fromEntries(
    Object.entries(facts).map(([kind, rows]) => [
      kind,
      (rows as Seen[]).filter(({ goneAt }) => goneAt === null),
    ]),
  ) as unknown as Facts;
  return {
    unread: reading.unread,
    write: {
      domainId: row.id,
      tenantId: row.tenant_id,
      domain: row.domain,
      jobId: null,
      isNew: true,
      failureCode: row.failure_code,
      found: toFound(row, there),
      facts: there,
      diff: { facts, changes: [], isNews: false },
    },
  };
}

function toFound(row: EarlierRow, there: Facts): FoundLead {
  const meta = (row.meta_json ?? {}) as { final_url?: unknown; flags?: unknown };
  const flags = textsOf(meta.flags);
  const finalUrl = typeof meta.final_url === "string" ? meta.final_url : `https://${row.domain}/`;
  const signals: [string, boolean | null][] = [
    ["contact_form", row.has_contact_form],
    ["shop", row.has_ecommerce],
    ["cookie_notice", row.has_cookie_notice],
    ["privacy_policy", row.has_privacy_policy],
    ["parked", flags.includes("parked")],
    ["needs_js", flags.includes("needs_js")],
  ];
  const best = there.emails.find(({ ownDomain }) => ownDomain) ?? there.emails[0];
  const email = best && {
    email: best.email,
    rule: best.ownDomain
      ? "The first address on the site's own domain that an earlier version stored."
      : "The first address that an earlier version stored.",
  };
  const [phone] = there.phones;
  return {
    businessKey: businessKeyOf(finalUrl, flags.includes("parked")),
    businessName: null,
    businessNameFrom: null,
    businessKind: row.business_type,
    legalName: null,
    suggested: {
      role: email ?? null,
      person: email ?? null,
      phone: phone
        ? { e164: phone.e164, rule: "The first number that an earlier version stored." }
        : null,
    },
    street: null,
    postcode: null,
    town: null,
    region: null,
    country: countryOf(row) ?? null,
    countryConfidence: null,
    countrySigns: [],
    language: row.language,
    pageLanguages: textsOf(row.content_language),
    ...summaryOf(there),
    pages: row.page_count ?? 0,
    signals: signals.filter(([, holds]) => holds).map(([name]) => name),
    siteChangedAt: row.last_modified,
    reason: null,
    capped: [],
  };
}

/** Texts of what is an array of texts, or of anything. */
const textsOf = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((item) => typeof item === "string" && item !== "") : [];

const countryOf = ({ country_code: code }: EarlierRow): string | undefined =>
  code !== null && /^[a-z]{2}$/i.test(code) ? code.toUpperCase() : undefined;

/** Goes through the columns of one row, and counts what it cannot read. */
class Reading {
  unread = 0;
  readonly #row: EarlierRow;
  /** Of what is still there nobody knows more than that the last good scan saw it. */
  readonly #there: Seen;

  constructor(row: EarlierRow) {
    this.#row = row;
    const firstSeen = row.last_successful_scan ?? row.last_scan;
    this.#there = { firstSeen, lastSeen: null, goneAt: null };
  }

  /** Each fact once, of items of a column that may be anything. */
  #read<Kind extends FactKind>(
    kind: Kind,
    column: unknown,
    toRow: (item: unknown) => (FactRows[Kind] & Seen) | undefined,
  ): (FactRows[Kind] & Seen)[] {
    const items = Array.isArray(column) ? column : column == null ? [] : [column];
    const byKey = new Map<string, FactRows[Kind] & Seen>();
    for (const item of items) {
      const row = toRow(item);
      if (row === undefined) this.unread++;
      else if (!byKey.has(keyOf(kind, row))) byKey.set(keyOf(kind, row), row);
    }
    return [...byKey.values()];
  }

  /** Those of `contacts`, and those that only the domain's own row names: it tells which are still there. */
  emails(): (FactRows["emails"] & Seen)[] {
    const { email_addresses: column, contacts, last_scan, last_successful_scan } = this.#row;
    const named = new Set(textsOf(column).map(clean));
    const rest = Array.isArray(column)
      ? column.filter((item) => !(contacts ?? []).some(({ email }) => isSame(email, item)))
      : [];
    return this.#read("emails", [...(contacts ?? []), ...rest], (item) => {
      const contact: Partial<EarlierContact> =
        typeof item === "string" ? { email: item } : ((item ?? {}) as EarlierContact);
      const email = clean(contact.email ?? "");
      if (!EMAIL.test(email)) return undefined;
      const isThere = !Array.isArray(column) || named.has(email);
      return {
        email,
        kind: contact.type === "Service" ? "role" : "other",
        free: contact.type === "Free" || contact.isGmail === true,
        ownDomain: getDomain(email, OWNERS) === getDomain(this.#row.domain, OWNERS),
        personName: null,
        personTitle: null,
        hidden: null,
        pages: contact.page == null ? [] : [contact.page],
        context: contact.context ?? null,
        takesMail: null,
        takesMailAt: null,
        firstSeen: contact.firstSeen ?? this.#there.firstSeen,
        lastSeen: isThere ? null : (contact.lastSeen ?? last_scan),
        goneAt: isThere ? null : (last_successful_scan ?? last_scan),
      };
    });
  }

  phones(): (FactRows["phones"] & Seen)[] {
    const country = countryOf(this.#row) as CountryCode | undefined;
    return this.#read("phones", this.#row.phone_numbers, (item) => {
      const number =
        typeof item === "string" ? parsePhoneNumberFromString(item, country) : undefined;
      if (!number?.isPossible()) return undefined;
      return {
        e164: number.number,
        fax: false,
        national: number.formatNational(),
        foundAs: null,
        label: null,
        pages: [],
        ...this.#there,
      };
    });
  }

  socials(): (FactRows["socials"] & Seen)[] {
    const row = this.#row;
    const links = [
      { network: "facebook", url: row.facebook_url },
      { network: "x", url: row.twitter_url },
      { network: "linkedin", url: row.linkedin_url },
      { network: "instagram", url: row.instagram_url },
      { network: "youtube", url: row.youtube_url },
    ].filter(({ url }) => url !== null && url !== "");
    return this.#read("socials", links, (item) => {
      const { network, url } = item as { network: string; url: string };
      const account = URL.canParse(url)
        ? new URL(url).pathname.split("/").findLast((part) => part !== "")
        : undefined;
      return account === undefined
        ? undefined
        : {
            network,
            account: upTo(NAME_MAX, account.replace(/^@/, "")),
            url,
            page: null,
            ...this.#there,
          };
    });
  }

  addresses(): (FactRows["addresses"] & Seen)[] {
    return this.#read("addresses", this.#row.physical_addresses, (item) => {
      const written = typeof item === "string" ? item.replace(/\s+/g, " ").trim() : "";
      if (written === "") return undefined;
      return {
        written: upTo(WRITTEN_MAX, written),
        street: null,
        postcode: null,
        town: null,
        region: null,
        country: null,
        latitude: null,
        longitude: null,
        foundAs: null,
        page: null,
        ...this.#there,
      };
    });
  }

  technologies(): (FactRows["technologies"] & Seen)[] {
    return this.#read("technologies", this.#row.tech_stack, (item) => {
      const product = (typeof item === "string" ? { name: item } : (item ?? {})) as {
        [field in "name" | "category" | "version"]?: unknown;
      };
      if (typeof product.name !== "string" || product.name.trim() === "") return undefined;
      return {
        name: upTo(NAME_MAX, product.name.trim()),
        category: typeof product.category === "string" ? product.category : CATEGORY_UNKNOWN,
        version: typeof product.version === "string" ? product.version : null,
        evidenceIn: null,
        evidence: null,
        page: null,
        ...this.#there,
      };
    });
  }
}

const upTo = (max: number, text: string): string => text.slice(0, max).toWellFormed();
const OWNERS = { allowPrivateDomains: true };
const clean = (email: string): string => email.trim().toLowerCase();
const isSame = (email: string, item: unknown): boolean =>
  typeof item === "string" && clean(item) === clean(email);
