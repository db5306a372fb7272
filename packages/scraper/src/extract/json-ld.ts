import { CAPS, lineOrNull } from "../text.ts";
import { openingHours } from "./hours.ts";
import { nameOf, type Node, strings, urlOf } from "./schema-values.ts";

/** What structured data of a page says of the business. */
export interface StructuredFacts {
  types: string[];
  emails: string[];
  phones: string[];
  addresses: string[];
  country: string | null;
  hours: string[];
  links: string[];
  logo: string | null;
  businessType: string | null;
  payments: string[];
}

const NODES_MAX = 3_000;
const DEPTH_MAX = 14;
const BYTES_MAX = 500_000;

/** Types every site has; none of them says what the business is. */
const GENERAL_TYPE =
  /^(?:WebSite|WebPage|.*Page|BreadcrumbList|ListItem|ImageObject|SearchAction|EntryPoint|PropertyValueSpecification|ReadAction|Person|Article|BlogPosting|NewsArticle|PostalAddress|GeoCoordinates|OpeningHoursSpecification|ContactPoint|Offer|AggregateOffer|Product|Review|AggregateRating|Rating|Place|Country|City|State|Service|OfferCatalog|ItemList|Question|Answer|Thing|VideoObject|MonetaryAmount|Organization|Corporation|Brand|QuantitativeValue|.*Action|SiteNavigationElement|WPHeader|WPFooter|WPSideBar|CreativeWork|SpeakableSpecification)$/;

export function emptyStructuredFacts(): StructuredFacts {
  return {
    types: [],
    emails: [],
    phones: [],
    addresses: [],
    country: null,
    hours: [],
    links: [],
    logo: null,
    businessType: null,
    payments: [],
  };
}

/** Reads the JSON-LD blocks of a page. Broken blocks are repaired where that is safe and left out where not. */
export function readJsonLd(blocks: string[]): StructuredFacts {
  const facts = emptyStructuredFacts();
  let bytes = 0;
  let budget = NODES_MAX;
  for (const block of blocks) {
    bytes += block.length;
    if (bytes > BYTES_MAX) break;
    const value = parseLoosely(block);
    if (value !== undefined) budget = walk(value, facts, 0, budget);
  }
  return facts;
}

function parseLoosely(block: string): unknown {
  const text = block
    .trim()
    .replace(/^(?:<!--|\/\*\s*<!\[CDATA\[\s*\*\/|\/\/\s*<!\[CDATA\[|<!\[CDATA\[)/, "")
    .replace(/(?:-->|\/\*\s*\]\]>\s*\*\/|\/\/\s*\]\]>|\]\]>|;)\s*$/, "");
  try {
    return JSON.parse(text);
  } catch {
    // most broken blocks hold raw line breaks in a string or a comma too many
    try {
      return JSON.parse(text.replace(/[\u0000-\u001f]+/g, " ").replace(/,(?=\s*[}\]])/g, ""));
    } catch {
      return undefined;
    }
  }
}

/** Collects from a node and what it holds; returns what is left of the budget. Reads own keys only, merges nothing. */
function walk(value: unknown, facts: StructuredFacts, depth: number, budget: number): number {
  if (value === null || typeof value !== "object" || depth > DEPTH_MAX) return budget;
  let left = budget - 1;
  if (Array.isArray(value)) {
    for (const item of value) {
      if (left <= 0) return 0;
      left = walk(item, facts, depth + 1, left);
    }
    return left;
  }
  const node = value as Node;
  collect(node, facts);
  for (const key of Object.keys(node)) {
    if (left <= 0) return 0;
    const child = node[key];
    if (child !== null && typeof child === "object") left = walk(child, facts, depth + 1, left);
  }
  return left;
}

function collect(node: Node, facts: StructuredFacts): void {
  const types = strings(node["@type"]).map((type) => type.replace(/^https?:\/\/schema\.org\//, ""));
  for (const type of types) push(facts.types, lineOrNull(type, CAPS.short), 40);
  for (const email of strings(node["email"]))
    push(facts.emails, lineOrNull(email.replace(/^mailto:/i, ""), 320), 50);
  for (const phone of strings(node["telephone"]))
    push(facts.phones, lineOrNull(phone.replace(/^tel:/i, ""), 60), 50);
  for (const hours of openingHours(node)) push(facts.hours, hours, 30);
  for (const payment of strings(node["paymentAccepted"]))
    push(facts.payments, payment.slice(0, 300), 20);
  if (types.includes("PostalAddress")) {
    push(facts.addresses, postalAddress(node), 20);
    const country = strings(node["addressCountry"])[0] ?? nameOf(node["addressCountry"]);
    if (country !== undefined && /^[A-Za-z]{2}$/.test(country))
      facts.country ??= country.toUpperCase();
  }
  const business = types.find(
    (type) => /^[A-Z][A-Za-z]{2,60}$/.test(type) && !GENERAL_TYPE.test(type),
  );
  const isOwner =
    business !== undefined ||
    types.some((type) => type === "Organization" || type === "Corporation");
  if (!isOwner) return;
  if (business !== undefined) facts.businessType ??= business;
  for (const link of strings(node["sameAs"])) push(facts.links, link.slice(0, CAPS.url), 50);
  facts.logo ??= strings(node["logo"])[0] ?? urlOf(node["logo"]) ?? null;
}

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

function postalAddress(node: Node): string | null {
  const part = (key: string): string => strings(node[key])[0]?.trim() ?? "";
  const town = [
    part("addressLocality"),
    [part("addressRegion"), part("postalCode")].filter(Boolean).join(" "),
  ]
    .filter(Boolean)
    .join(", ");
  const country = part("addressCountry") || (nameOf(node["addressCountry"]) ?? "");
  const whole = [part("streetAddress"), town, country].filter(Boolean).join(", ");
  return part("streetAddress") === "" && part("addressLocality") === ""
    ? null
    : lineOrNull(whole, CAPS.address);
}
