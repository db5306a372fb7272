import { FAX_WORDS } from "../../phones/words.ts";

const words = (list: string): ReadonlySet<string> => new Set(list.trim().split(/\s+/));

/** Names of fields that hold a number to call. A CMS joins some of them with what they qualify. */
const CALL =
  /^(?:contact|business|office|main|shop|store|company|support|sales|home|work)?(?:(?:tele|mobile|cell)?phones?(?:number|num|no|nr)?s?|mobile(?:number|no|nr)?)$|^(?:tel|telnr|telno|telnumber|telefon(?:nummer|nr|o|os|e|es|i)?|teléfonos?|téléphones?|telephon|telefoon(?:nummer)?|mobil(?:nummer|telefon)?|mobiel|m[oó]vil(?:es)?|celular(?:es)?|cellulare|handy(?:nummer|nr)?|cell|portable|rufnummer|hotline|whatsapp(?:number|no|nr)?|電話(?:番号)?|toll)$/;
/** What may stand beside such a name without making it another thing. */
const BESIDE = words(`
  number numbers num no nr nummer numero número numéro contact contacts kontakt contacto contatto contato business main primary secondary office buro büro
  company store shop site website location branch local general reception support service services care help sales central zentrale
  emergency notdienst direct call us link href url uri text value raw content display displayed formatted format international national intl e164 free toll
  hotel restaurant clinic practice praxis salon studio showroom headquarters hq reception reservation reservations booking bookings desk front
  footer header footers global info public work landline festnetz line fijo fixe fisso 1 2 3 one two fon phone tel
`);
/** Fields of an object that is named after a number, or labelled as one. */
const VALUE = words(`
  number value text raw content display displayed formatted international national e164 main default primary href url link uri title description
`);
/** Objects of people and businesses that the site only deals with or lists. */
const OTHERS = words(`
  order orders customer customers user users buyer buyers shopper billing shipping delivery checkout cart guest guests subscriber subscribers author authors
  review reviews reviewer comment comments testimonial testimonials recipient lead leads client clients patient patients visitor session
  example examples sample samples mock mocks demo placeholder placeholders schema schemas validation validations validators pattern patterns
  partner partners vendor vendors supplier suppliers sponsor sponsors manufacturer manufacturers maintainer brand brands
  listing listings directory directories results hits nearby related similar competitors businesses companies dealers retailers resellers members
  bestellung bestellungen kunde kunden pedido pedidos cliente clientes commande commandes partenaires
`);
const NETWORKS =
  /social|same_?as|follow|facebook|insta|twitter|linked_?in|youtube|tiktok|pinterest|xing|threads|telegram|bluesky|whatsapp|yelp|tripadvisor|^(?:fb|ig|yt|href)$/i;
const KEY_MAX = 40;

/** What a field is for by its name, and by that of the object or list it is in. */
export function callingOfKey(key: string, parent: string): "call" | "fax" | undefined {
  const parts = partsOf(key);
  const own = callingOfParts(parts);
  if (own !== undefined || parent === "" || !parts.every((part) => VALUE.has(part))) return own;
  return callingOfParts(partsOf(parent));
}

function callingOfParts(parts: readonly string[]): "call" | "fax" | undefined {
  let calling: "call" | "fax" | undefined;
  for (const part of isDesk(parts) ? parts.slice(1) : parts) {
    if (FAX_WORDS.has(part) || part === "faxnumber") calling = "fax";
    else if (CALL.test(part)) calling ??= "call";
    else if (!BESIDE.has(part)) return undefined;
  }
  return calling;
}

/** Whether what stands below a name is no contact of the site. */
export function isOthersKey(key: string): boolean {
  if (key === "" || key.length > KEY_MAX) return false;
  const parts = partsOf(key);
  return parts.some((part) => OTHERS.has(part)) && !isDesk(parts);
}

/** "customerService" is the business itself. */
const isDesk = (parts: readonly string[]): boolean =>
  parts[0] === "customer" && /^(?:service|care|support)$/.test(parts[1] ?? "");

/** Whether a value of this name may be an account. */
export const isNetworkKey = (key: string): boolean => key.length <= KEY_MAX && NETWORKS.test(key);

/** Whether a name is one that only says "the value of this object". */
export const isValueKey = (key: string): boolean => VALUE.has(key.toLowerCase());

/** "contactPhone_no" as contact, phone, no. */
const partsOf = (key: string): string[] =>
  key.length > KEY_MAX
    ? [key]
    : key
        .replace(/whatsapp/i, "Whatsapp")
        .replace(/(\p{Ll})(?=\p{Lu})|(\p{L})(?=\d$)/gu, "$& ")
        .toLowerCase()
        .split(/[^\p{L}\p{N}]+/u)
        .filter((part) => part !== "");
