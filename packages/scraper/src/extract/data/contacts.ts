import type { AddressFacts } from "@scrapersky/outcome";
import { decodeHTML } from "entities";
import { isCallScheme, linksInMarkup } from "../../phones/call-links.ts";
import { callingBefore } from "../../phones/label.ts";
import { CAPS, line } from "../../text.ts";
import type { StructuredPhone } from "../json-ld.ts";
import { placeOf } from "../postal-address.ts";
import { callingOfKey, isNetworkKey, isOthersKey, isValueKey } from "./keys.ts";
import { type DataVisitor, type Holder, type Place, scanData, unescaped } from "./scan.ts";

/** What data that a page leaves for its scripts says of the business beside e-mail. */
export interface DataContacts {
  phones: StructuredPhone[];
  /** Links to call, within its texts. */
  calls: string[];
  /** Addresses that may be accounts or chats. */
  links: string[];
  places: Omit<AddressFacts, "page">[];
  /** There was more than is kept. */
  isCut: boolean;
}

const BLOB_MAX = 1_500_000;
/** Of all the data of a page. */
const CHARS_MAX = 3_000_000;
const PHONES_MAX = 60;
const LINKS_MAX = 60;
const PLACES_MAX = 40;
/** Data in a text in data in a text. */
const NESTING_MAX = 3;
/** Hostile data nests without end, and each number in it asks for all names above. */
const ABOVE_MAX = 40;
const VALUE_MAX = 60;
/** A flat list holds objects and lists of its own places, and nothing deeper. */
const FLAT_MAX = 3;
const LABEL_MAX = 30;
const NAMES_MAX = 1_000;

const HINTS = [
  "hone",
  "tel",
  "Tel",
  "TEL",
  "toll",
  "otline",
  "éfono",
  "obil",
  "óvil",
  "andy",
  "cel",
  "hats",
  "wa.me",
  "ax",
  "電話",
  "streetAddress",
  "facebook.com",
  "instagram.com",
  "linkedin.com",
  "tiktok.com",
  "youtube.com",
];
const MAY_LINK =
  /(?:tel|callto|sms|fax|whatsapp):|wa\.me|whatsapp\.com|facebook\.|instagram\.|linkedin\.|tiktok\.|youtube\.|twitter\.|x\.com|pinterest\.|xing\.|threads\.|t\.me|bsky\.|yelp\.|tripadvisor\./;
const PLACE_KEYS = new Set(
  "streetAddress postalCode addressLocality addressRegion addressCountry".split(" "),
);
const NOTE_KEYS = new Set("type label kind name title icon contactType method".split(" "));
/** Data within a text: an object, a list, or numbered rows of them (Next). */
const DATA = /^(?:\s|\\[nrt]){0,20}(?:[[{]|[\da-f]{1,4}:[[{A-Z"\\])/;
/** Masks, templates, variables, and numbers that stand for one: a number counted up, down, or one digit alone. */
const NO_NUMBER =
  /[{}<>_$#@=*\\]|x{3}|%[sd]|\b(?:e\.? ?g|ex|z\. ?b|p\. ?ej|bijv|t\.ex|example|beispiel|exemple|ejemplo|esempio)\b/i;
const STANDS_FOR_ONE = /12345678|987654321|(\d)\1{6}/;

/** Whether it is worth to look through data for more than mail: plain search rules most out. */
export const mayHoldContacts = (body: string): boolean => HINTS.some((hint) => body.includes(hint));

/** Numbers, accounts and places of the pieces of data of one page. Never throws. */
export function readData(blobs: readonly { type: string; body: string }[]): DataContacts {
  const reader = new DataReader();
  let chars = 0;
  for (const { type, body } of blobs) {
    if (chars >= CHARS_MAX) break;
    const blob = body.length > BLOB_MAX ? body.slice(0, BLOB_MAX) : body;
    chars += blob.length;
    reader.read(blob, type.includes("json"), 0);
  }
  return reader.found;
}

class DataReader implements DataVisitor {
  readonly found: DataContacts = { phones: [], calls: [], links: [], places: [], isCut: false };
  /** Names that were judged: data repeats them. */
  readonly #names = new Map<string, boolean>();
  #depth = 0;
  /** Texts of a flat list, to which its objects refer by their places (Nuxt). */
  #flat: Map<number, string> | undefined;
  #references: { index: number; fax: boolean }[] = [];
  /** Places in it of what a name gives to somebody else; they come behind what refers to them. */
  #others = new Set<number>();

  read(body: string, isJson: boolean, depth: number): void {
    const outer = {
      depth: this.#depth,
      flat: this.#flat,
      references: this.#references,
      others: this.#others,
    };
    this.#depth = depth;
    this.#flat = isJson && /^\s*\[\s*[[{]/.test(body.slice(0, 100)) ? new Map() : undefined;
    this.#references = [];
    this.#others = new Set();
    scanData(body, isJson, this);
    for (const { index, fax } of this.#references) {
      const written = this.#flat?.get(index);
      if (written !== undefined) this.#phone(written, fax);
    }
    this.#depth = outer.depth;
    this.#flat = outer.flat;
    this.#references = outer.references;
    this.#others = outer.others;
  }

  text(written: string, place: Place): void {
    if (written.length < 2) return;
    const { key, holders, index } = place;
    const holder = holders.at(-1);
    const isPlace = written.length < 200 && PLACE_KEYS.has(key);
    const isNumber = mayBeNumber(written);
    if (isPlace || isNumber || (written.length <= LABEL_MAX && NOTE_KEYS.has(key)))
      if (holder?.isObject) (holder.notes ??= new Map()).set(key, written);
    if (isNumber) {
      if (holders.length === 1) this.#flat?.set(index, written);
      const calling = callingOfKey(key, parentOf(holders));
      if (calling !== undefined && !this.#isOthers(place)) this.#phone(written, calling === "fax");
    }
    if (written.length > 8) this.#within(written, place);
  }

  word(written: string, place: Place): void {
    const isReference =
      this.#flat !== undefined && written.length <= 6 && place.holders.length <= FLAT_MAX;
    if ((!isReference && written.length < 10) || !/^\d{1,14}$/.test(written)) return;
    const isOthers = this.#isOthers(place);
    if (isReference && isOthers) this.#others.add(Number(written));
    if (isOthers) return;
    const calling = callingOfKey(place.key, parentOf(place.holders));
    if (calling === undefined) return;
    const fax = calling === "fax";
    if (isReference && this.#references.length < PHONES_MAX)
      this.#references.push({ index: Number(written), fax });
    else if (!/mobil|cell/i.test(place.key)) this.#phone(written, fax);
  }

  close(holder: Holder, holders: readonly Holder[]): void {
    const { notes } = holder;
    if (notes === undefined) return;
    const place = { key: holder.key, holders, index: 0 };
    this.#labelled(notes, place);
    const parts = [...notes].filter(([name]) => PLACE_KEYS.has(name));
    if (parts.length < 2 || this.#isOthers(place)) return;
    if (this.found.places.length >= PLACES_MAX) {
      this.found.isCut = true;
      return;
    }
    const node = Object.fromEntries(parts.map(([name, text]) => [name, unescaped(text)]));
    const address = placeOf(node, []);
    if (address !== null && !this.found.places.some(({ written }) => written === address.written))
      this.found.places.push(address);
  }

  /** `{"label": "Telefon", "value": "030 …"}` */
  #labelled(notes: ReadonlyMap<string, string>, place: Place): void {
    const numbers = [...notes].filter(([name, text]) => isValueKey(name) && mayBeNumber(text));
    if (numbers.length === 0 || this.#isOthers(place)) return;
    const label = [...notes]
      .filter(([name]) => NOTE_KEYS.has(name))
      .map(([, text]) => callingOfKey(text, "") ?? callingBefore(`${unescaped(text)}: `))
      .find((said) => said === "call" || said === "fax");
    if (label === undefined) return;
    for (const [, text] of numbers) {
      const known = this.found.phones.find((phone) => phone.text === plainNumber(text));
      if (known === undefined) this.#phone(text, label === "fax");
      else known.fax ||= label === "fax";
    }
  }

  /** Whether what stands there is somebody else's, told by all the names above it. */
  #isOthers({ key, holders }: Place): boolean {
    if (this.#isOthersName(key) || this.#others.has(holders[1]?.index ?? -1)) return true;
    for (let at = holders.length - 1; at >= Math.max(0, holders.length - ABOVE_MAX); at--)
      if (this.#isOthersName((holders[at] as Holder).key)) return true;
    return false;
  }

  #isOthersName(key: string): boolean {
    let known = this.#names.get(key);
    if (known === undefined) {
      known = isOthersKey(key);
      if (this.#names.size < NAMES_MAX) this.#names.set(key, known);
    }
    return known;
  }

  #phone(written: string, fax: boolean): void {
    const { phones } = this.found;
    const text = plainNumber(written);
    const digits = text.replace(/\D/g, "");
    if (digits.length < 6 || digits.length > 30 || NO_NUMBER.test(text)) return;
    if (STANDS_FOR_ONE.test(digits)) return;
    if (phones.some((known) => known.text === text && known.fax === fax)) return;
    if (phones.length < PHONES_MAX) phones.push({ text, label: null, fax });
    else this.found.isCut = true;
  }

  /** Data or markup within a text. */
  #within(written: string, place: Place): void {
    const isEscaped = written.includes("\\");
    if (isEscaped && this.#depth < NESTING_MAX && DATA.test(written) && mayHoldContacts(written)) {
      if (!this.#isOthers(place)) this.read(unescaped(written), true, this.#depth + 1);
      return;
    }
    if (!written.includes(":") || !MAY_LINK.test(written)) return;
    const isMarkup = written.includes("<") || /\\u003c|&lt;/i.test(written);
    const inner = isEscaped ? unescaped(written) : written;
    const plain = inner.includes("&") ? decodeHTML(inner) : inner;
    let isOwn: boolean | undefined;
    for (const href of linksInMarkup(plain)) {
      isOwn ??= !this.#isOthers(place);
      if (!isOwn) return;
      const isCall = isCallScheme(href);
      if (!isCall && !isMarkup && !/wa\.me|whatsapp/.test(href) && !isOfNetworks(place)) continue;
      const list = isCall ? this.found.calls : this.found.links;
      if (list.length >= LINKS_MAX) {
        if (isCall) this.found.isCut = true;
        return;
      }
      if (!list.includes(href)) list.push(line(href, CAPS.url));
    }
  }
}

const plainNumber = (written: string): string =>
  line(unescaped(written).replace(/^\s*(?:tel|fax|callto):(?:\/\/)?/i, ""), 100);

/** Digits enough, before anything that costs. */
function mayBeNumber(text: string): boolean {
  if (text.length < 6 || text.length > VALUE_MAX) return false;
  let digits = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if ((code >= 48 && code <= 57) || code >= 0xff10) digits++;
  }
  return digits >= 6;
}

const parentOf = (holders: readonly Holder[]): string => holders.at(-1)?.key ?? "";

const isOfNetworks = ({ key, holders }: Place): boolean =>
  isNetworkKey(key) || holders.slice(-3).some((holder) => isNetworkKey(holder.key));
