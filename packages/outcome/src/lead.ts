import type { ThinReason } from "./codes.ts";
import type { TechnologyCategory } from "./technology-categories.ts";

/**
 * What one visit says about one business. Everything is written somewhere on the site: nothing is guessed. Strings are
 * capped, free of NUL and well-formed; lists are capped, and pages are addresses as in `PageFacts.url`, in reading order.
 */
export interface LeadFacts {
  business: BusinessFacts;
  /** Each mailbox once, in the order it was met. */
  emails: EmailFacts[];
  /** The one to write to first where a mailbox of the business is wanted before a person's. */
  bestEmail: BestEmail | null;
  /** The same where a person's is wanted before one of the business. */
  bestPersonEmail: BestEmail | null;
  /** Each number once, tel links first. Fax numbers are in `faxes` only. */
  phones: PhoneFacts[];
  faxes: PhoneFacts[];
  bestPhone: BestPhone | null;
  people: PersonFacts[];
  socials: SocialFacts[];
  addresses: AddressFacts[];
  country: CountryFacts | null;
  languages: LanguageFacts;
  technologies: TechnologyFacts[];
  signals: SignalFacts;
  /** Why the site gave no way to reach the business, or little else; null when it gave what was looked for. */
  reason: ThinReason | null;
  /** Names of the lists above that were longer than their cap. */
  capped: string[];
}

export interface BusinessFacts {
  name: string | null;
  nameFrom: "json_ld" | "og" | "imprint" | "title" | null;
  /** schema.org type, such as "Restaurant". */
  kind: string | null;
  /** The registered name with its legal form, where an imprint or structured data gives it. */
  legalName: string | null;
}

/** role: of an office or a task (info@, sales@). person: named after somebody. other: neither can be told. */
export type EmailKind = "role" | "person" | "other";

/**
 * How an address is kept from machines: as text, behind a mailto link, encoded (Cloudflare, entities, scripts), written
 * out for people ("(at)", an image of "@", from right to left), or in data that scripts show.
 */
export type EmailHiding = "plain" | "mailto" | "encoded" | "written" | "data";

export interface EmailFacts {
  /** Lower case; a host of other letters than a-z is written in them, not in punycode. */
  email: string;
  kind: EmailKind;
  /** At a provider where anybody gets a mailbox. */
  free: boolean;
  /** At the site's own registrable domain. */
  ownDomain: boolean;
  /** Whose it is, when the page says so beside it. */
  person: { name: string; title: string | null } | null;
  /** The least hidden of its appearances. */
  hidden: EmailHiding;
  pages: string[];
  /** Words around its first appearance in a text. */
  context: string | null;
  /** Whether its domain takes mail (MX, or an address where there is none); null when that was not asked. */
  takesMail: "yes" | "no" | "unknown" | null;
  /** ISO time of that answer. */
  takesMailAt: string | null;
}

export interface BestEmail {
  email: string;
  /** Why this one, in one sentence. */
  rule: string;
}

export interface PhoneFacts {
  e164: string;
  /** As dialled within its country. */
  national: string;
  /** `json_ld` is all data: JSON-LD, microdata, the head, and what a page leaves for its scripts. */
  from: "tel" | "text" | "whatsapp" | "json_ld";
  /** What the page calls it: "Reservations", "Mobil". */
  label: string | null;
  pages: string[];
}

export interface BestPhone {
  e164: string;
  /** Why this one, in one sentence. */
  rule: string;
}

export interface PersonFacts {
  name: string;
  title: string | null;
  email: string | null;
  /** E.164. */
  phone: string | null;
  profileUrl: string | null;
  /** The first page that names the person. */
  page: string;
}

export type SocialNetwork =
  | "facebook"
  | "instagram"
  | "linkedin"
  | "x"
  | "youtube"
  | "tiktok"
  | "whatsapp"
  | "pinterest"
  | "xing"
  | "threads"
  | "telegram"
  | "google"
  | "yelp"
  | "tripadvisor"
  | "bluesky"
  | "mastodon";

export interface SocialFacts {
  network: SocialNetwork;
  /** The account's name or number on that network. */
  account: string;
  url: string;
  page: string;
}

export interface AddressFacts {
  street: string | null;
  postcode: string | null;
  town: string | null;
  region: string | null;
  /** ISO 3166 alpha-2. */
  country: string | null;
  /** Degrees. */
  geo: { lat: number; lon: number } | null;
  /** One line, as the page has it. */
  written: string;
  from: "json_ld" | "microdata" | "address" | "text" | "map";
  page: string;
}

export interface CountryFacts {
  /** ISO 3166 alpha-2. */
  code: string;
  /** weak: likelier than any other, and no more; it is not stored as the domain's country. */
  confidence: "sure" | "likely" | "weak";
  signs: CountrySign[];
}

/** One thing that speaks for a country, whether or not the others agree. */
export interface CountrySign {
  sign: "tld" | "phone" | "address" | "lang" | "json_ld" | "tax_id" | "currency" | "geo";
  /** ISO 3166 alpha-2 of the country that it speaks for. */
  says: string;
  /** What was seen: "+43 1 512", ".at", "de-AT". */
  value: string;
}

export interface LanguageFacts {
  /** What the home page declares, such as "pt-BR". */
  site: string | null;
  /** Of all its pages, and of the translations they link to. */
  pages: string[];
}

export interface TechnologyFacts {
  name: string;
  category: TechnologyCategory;
  version: string | null;
  /** What gave it away, or gave away a product that cannot be without it. */
  evidence: TechnologyEvidence;
}

export interface TechnologyEvidence {
  where: "asset" | "form" | "script" | "link" | "header" | "cookie" | "meta" | "html";
  /** The piece that was seen, shortened. */
  what: string;
  page: string;
}

export interface SignalFacts {
  contactForm: boolean;
  shop: boolean;
  booking: boolean;
  blog: boolean;
  newsletter: boolean;
  cookieNotice: boolean;
  privacyPolicy: boolean;
  /** ISO time that the server gives for its home page. */
  lastModified: string | null;
  /** For sale, suspended, or a server's default page. */
  parked: boolean;
  /** Drawn by scripts, which are not run. */
  needsJs: boolean;
  /** A challenge for bots stood before some of its pages. */
  botWall: boolean;
}
