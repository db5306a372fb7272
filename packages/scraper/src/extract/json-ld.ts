import type { AddressFacts } from "@scrapersky/outcome";
import { CAPS, lineOrNull } from "../text.ts";
import { openingHours } from "./hours.ts";
import { parseLoosely } from "./loose-json.ts";
import { geoOf, placeOf } from "./postal-address.ts";
import { isBusinessType, isOrganization } from "./schema-types.ts";
import {
  bareName,
  linksOf,
  nameOf,
  type Node,
  strings,
  urlOf,
  withBareKeys,
} from "./schema-values.ts";

/** A number of structured data, as written. */
export interface StructuredPhone {
  text: string;
  /** What it is for: "customer service". */
  label: string | null;
  fax: boolean;
}

/** A person of structured data. */
export interface StructuredPerson {
  name: string;
  title: string | null;
  email: string | null;
  phone: string | null;
  url: string | null;
  /** The property that names the person ("employee", "founder", "author"); null for one who stands alone. */
  relation: string | null;
}

/** What structured data of a page says of the business. */
export interface StructuredFacts {
  types: string[];
  emails: string[];
  phones: StructuredPhone[];
  places: Omit<AddressFacts, "page">[];
  people: StructuredPerson[];
  /** Country of the first address that has one. */
  country: string | null;
  currencies: string[];
  /** Tax and register numbers, each with its kind: "vatID DE811907980". */
  taxIds: string[];
  hours: string[];
  links: string[];
  logo: string | null;
  name: string | null;
  siteName: string | null;
  legalName: string | null;
  businessType: string | null;
  payments: string[];
}

const NODES_MAX = 3_000;
const DEPTH_MAX = 14;
const BYTES_MAX = 500_000;
/** What stands below these is somebody else's. */
const OTHERS = new Set(
  "review reviews reviewedBy brand manufacturer memberOf sponsor alumniOf performer customer funder itemReviewed isRelatedTo isSimilarTo competitor".split(
    " ",
  ),
);

export function emptyStructuredFacts(): StructuredFacts {
  return {
    types: [],
    emails: [],
    phones: [],
    places: [],
    people: [],
    country: null,
    currencies: [],
    taxIds: [],
    hours: [],
    links: [],
    logo: null,
    name: null,
    siteName: null,
    legalName: null,
    businessType: null,
    payments: [],
  };
}

/** Reads the JSON-LD blocks of a page; what is wrong in one of them hides nothing of the others. */
export function readJsonLd(blocks: string[]): StructuredFacts {
  const reader = new Reader();
  let bytes = 0;
  for (const block of blocks) {
    if (bytes + block.length > BYTES_MAX) continue;
    bytes += block.length;
    for (const value of parseLoosely(block)) reader.walk(value, 0, null, false);
  }
  return reader.facts;
}

class Reader {
  readonly facts = emptyStructuredFacts();
  #budget = NODES_MAX;
  #nameRank = 0;
  /** Of the node whose address comes next. */
  #geo: AddressFacts["geo"] = null;

  /** Takes a node and what it holds. Reads own keys only, merges nothing. */
  walk(value: unknown, depth: number, relation: string | null, isOthers: boolean): void {
    if (value === null || typeof value !== "object" || depth > DEPTH_MAX || this.#budget-- <= 0)
      return;
    if (Array.isArray(value)) {
      for (const item of value) {
        if (this.#budget <= 0) return;
        this.walk(item, depth + 1, relation, isOthers);
      }
      return;
    }
    const node = withBareKeys(value as Node);
    const types = strings(node["@type"]).map(bareName);
    for (const type of types) push(this.facts.types, lineOrNull(type, CAPS.short), 40);
    if (!isOthers) this.#collect(node, types, relation);
    if (Object.hasOwn(node, "geo") && !isOthers) this.#geo = geoOf(node["geo"]);
    const isEvent = types.some((type) => type.endsWith("Event"));
    for (const key of Object.keys(node)) {
      const child = node[key];
      if (child === null || typeof child !== "object") continue;
      if (this.#budget <= 0) return;
      const others = isOthers || OTHERS.has(key) || (isEvent && key !== "offers");
      this.walk(child, depth + 1, key.startsWith("@") ? relation : key, others);
    }
  }

  #collect(node: Node, types: string[], relation: string | null): void {
    const { facts } = this;
    if (
      types.includes("Person") ||
      (relation !== null && /^(?:employees?|founders?)$/.test(relation))
    ) {
      this.#person(node, relation);
      return;
    }
    for (const email of strings(node["email"]))
      push(facts.emails, lineOrNull(email.replace(/^\s*mailto:/i, ""), 320), 50);
    this.#phones(node);
    for (const hours of openingHours(node)) push(facts.hours, hours, 30);
    for (const payment of strings(node["paymentAccepted"]))
      push(facts.payments, payment.slice(0, 300), 20);
    for (const key of ["currenciesAccepted", "priceCurrency"])
      for (const currency of strings(node[key]))
        push(facts.currencies, currency.slice(0, 3).toUpperCase(), 10);
    this.#place(node, types);
    this.#owner(node, types);
  }

  #phones(node: Node): void {
    const label = lineOrNull(strings(node["contactType"])[0], CAPS.short);
    for (const [key, fax] of [
      ["telephone", false],
      ["phone", false],
      ["faxNumber", true],
    ] as const) {
      for (const phone of strings(node[key])) {
        const text = lineOrNull(phone.replace(/^\s*(?:tel|fax):/i, ""), 100);
        if (text === null || this.facts.phones.length >= 60) continue;
        if (!this.facts.phones.some((known) => known.text === text && known.fax === fax))
          this.facts.phones.push({ text, label, fax });
      }
    }
  }

  #place(node: Node, types: string[]): void {
    const place = placeOf(node, types);
    if (place === null) {
      for (const written of strings(node["address"])) {
        const text = lineOrNull(written, CAPS.address);
        if (text !== null && this.facts.places.length < 40)
          this.facts.places.push({ ...NOWHERE, written: text });
      }
      return;
    }
    this.facts.country ??= place.country;
    place.geo = this.#geo;
    this.#geo = null;
    const isKnown = this.facts.places.some(({ written }) => written === place.written);
    if (!isKnown && this.facts.places.length < 40) this.facts.places.push(place);
  }

  #person(node: Node, relation: string | null): void {
    const name = lineOrNull(strings(node["name"])[0] ?? fullName(node), CAPS.short);
    if (name === null || this.facts.people.length >= 100) return;
    this.facts.people.push({
      name,
      title: lineOrNull(strings(node["jobTitle"])[0] ?? nameOf(node["jobTitle"]), CAPS.short),
      email: lineOrNull(strings(node["email"])[0]?.replace(/^\s*mailto:/i, ""), 320),
      phone: lineOrNull(strings(node["telephone"])[0], 60),
      url: lineOrNull(strings(node["sameAs"])[0] ?? strings(node["url"])[0], CAPS.url),
      relation,
    });
  }

  #owner(node: Node, types: string[]): void {
    const { facts } = this;
    const business = types.filter(isBusinessType);
    const type = business.find((name) => name !== "LocalBusiness") ?? business[0];
    const isSite = types.includes("WebSite");
    if (type === undefined && !types.some(isOrganization) && !isSite) return;
    if (
      type !== undefined &&
      (facts.businessType === null || facts.businessType === "LocalBusiness")
    )
      facts.businessType = type;
    const name = lineOrNull(strings(node["name"])[0], CAPS.short);
    if (isSite) {
      facts.siteName ??= name;
      return;
    }
    const rank = type === undefined ? 1 : 2;
    if (name !== null && rank > this.#nameRank) {
      facts.name = name;
      this.#nameRank = rank;
    }
    facts.legalName ??= lineOrNull(strings(node["legalName"])[0], CAPS.short);
    for (const link of linksOf(node["sameAs"])) push(facts.links, link.slice(0, CAPS.url), 50);
    facts.logo ??= strings(node["logo"])[0] ?? urlOf(node["logo"]) ?? null;
    for (const key of ["vatID", "taxID", "leiCode"])
      for (const id of strings(node[key])) push(facts.taxIds, lineOrNull(`${key} ${id}`, 60), 10);
  }
}

const NOWHERE: Omit<AddressFacts, "page"> = {
  street: null,
  postcode: null,
  town: null,
  region: null,
  country: null,
  geo: null,
  written: "",
  from: "json_ld",
};

const fullName = (node: Node): string =>
  [node["givenName"], node["familyName"]].flatMap((part) => strings(part).slice(0, 1)).join(" ");

const push = (list: string[], item: string | null | undefined, max: number): void => {
  if (
    item !== null &&
    item !== undefined &&
    item !== "" &&
    list.length < max &&
    !list.includes(item)
  )
    list.push(item);
};
