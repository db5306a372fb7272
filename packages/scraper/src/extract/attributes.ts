import { MARK_ATTRIBUTES } from "../site/rules/index.ts";
import { speltName, type SpeltName, standsAt } from "./spelt-name.ts";

/** The attributes that carry facts, each with a slot of its own: one lookup per attribute and no object per tag. */
export const SLOT = {
  href: 0,
  src: 1,
  content: 2,
  name: 3,
  property: 4,
  rel: 5,
  type: 6,
  class: 7,
  id: 8,
  lang: 9,
  alt: 10,
  hreflang: 11,
  itemprop: 12,
  "http-equiv": 13,
  dir: 14,
  "aria-labelledby": 15,
  "data-src": 16,
  action: 17,
  role: 18,
  datetime: 19,
  width: 20,
  height: 21,
  style: 22,
  hidden: 23,
  data: 24,
  "data-phone": 25,
  "data-cfemail": 26,
  title: 27,
  "aria-label": 28,
  onclick: 29,
  value: 30,
  "data-email": 31,
  "data-enc-email": 32,
  "data-mailto-token": 33,
  "data-domain": 34,
  "data-tld": 35,
  "data-user": 36,
  "data-name": 37,
  "data-page": 38,
  first: 39,
  last: 40,
} as const;

/** From here on slots hold addresses and numbers, or words with one: few elements have any of them. */
const FIRST_CONTACT_SLOT = SLOT["data-phone"];

/** Attributes that say the same under another name. */
const ALIASES: Readonly<Record<string, keyof typeof SLOT>> = {
  "xlink:href": "href",
  "data-tel": "data-phone",
  "data-telephone": "data-phone",
  "data-phone-number": "data-phone",
  "data-phonenumber": "data-phone",
  "data-mobile": "data-phone",
  "data-whatsapp": "data-phone",
  "data-mail": "data-email",
  "data-clipboard-text": "data-email",
  "data-mailto": "data-email",
  "data-mail-to": "data-email",
  "data-host": "data-domain",
  "data-website": "data-domain",
  "data-local": "data-user",
  "data-props": "data-page",
  props: "data-page",
  formaction: "onclick",
  "data-href": "onclick",
  "data-url": "onclick",
  "data-link": "onclick",
  // what is loaded once it is seen, touched or consented to
  "data-lazy-src": "data-src",
  "data-litespeed-src": "data-src",
  "data-rocket-src": "data-src",
  "data-cmplz-src": "data-src",
  "data-cmp-src": "data-src",
  "data-uc-src": "data-src",
  "data-suppressedsrc": "data-src",
  "consent-original-src-_": "data-src",
};

const NONE = -1;
/** An attribute that is known by its name alone. */
const MARK = -2;
const MARKS_MAX = 8;

interface Candidate extends SpeltName {
  slot: number;
}

/** Names by length and first letter: most attributes are ruled out, and the others known, without a slice. */
const LENGTH_MAX = 40;
const shapeOf = (length: number, first: number): number => (length << 5) | (first & 31);
const byShape: Candidate[][] = Array.from({ length: shapeOf(LENGTH_MAX + 1, 0) }, () => []);
for (const [name, slot] of [
  ...Object.entries(SLOT),
  ...Object.entries(ALIASES).map(([alias, name]) => [alias, SLOT[name]] as const),
  ...Array.from(MARK_ATTRIBUTES, (name) => [name, MARK] as const),
]) {
  if (name.length > LENGTH_MAX) throw new Error(`The name ${name} is too long.`);
  byShape[shapeOf(name.length, name.charCodeAt(0))]?.push({ ...speltName(name), slot });
}

/** The attributes of the tag being read. */
export class Attributes {
  readonly #values: string[] = Object.keys(SLOT).map(() => "");
  /** For each slot the tag that filled it last: a tag is emptied by counting on. */
  readonly #filledBy: number[] = Object.keys(SLOT).map(() => 0);
  #tag = 1;
  #count = 0;
  /** Whether one of the slots is filled that may hold an address or a number. */
  mayHoldContact = false;
  #slot = NONE;
  #value = "";
  /** Names among the tag's attributes that products are known by, whatever their values. */
  readonly marks: string[] = [];

  get isEmpty(): boolean {
    return this.#count === 0 && this.marks.length === 0;
  }

  /** The value of an attribute, "" when absent. */
  get(slot: number): string {
    return this.#filledBy[slot] === this.#tag ? (this.#values[slot] as string) : "";
  }

  /** Whether an attribute is there, though it may say nothing. */
  has(slot: number): boolean {
    return this.#filledBy[slot] === this.#tag;
  }

  clear(): void {
    this.#tag++;
    this.#count = 0;
    if (this.marks.length > 0) this.marks.length = 0;
    this.mayHoldContact = false;
  }

  begin(html: string, start: number, end: number): void {
    this.#slot = slotOf(html, start, end);
    if (this.#slot === MARK && this.marks.length < MARKS_MAX)
      this.marks.push(html.slice(start, end).toLowerCase());
    this.#value = "";
  }

  addSlice(html: string, start: number, end: number): void {
    if (this.#slot < 0) return;
    const piece = html.slice(start, end);
    this.#value = this.#value === "" ? piece : this.#value + piece;
  }

  addCharacter(codepoint: number): void {
    if (this.#slot >= 0) this.#value += String.fromCodePoint(codepoint);
  }

  end(): void {
    if (this.#slot < 0) return;
    // of a repeated attribute the first one counts
    if (this.#filledBy[this.#slot] === this.#tag) return;
    this.#filledBy[this.#slot] = this.#tag;
    this.#count++;
    if (this.#slot >= FIRST_CONTACT_SLOT) this.mayHoldContact = true;
    this.#values[this.#slot] = this.#value;
  }
}

function slotOf(html: string, start: number, end: number): number {
  if (end - start > LENGTH_MAX) return NONE;
  const candidates = byShape[shapeOf(end - start, html.charCodeAt(start))] as Candidate[];
  if (candidates.length === 0) return NONE;
  for (let index = 0; index < candidates.length; index++) {
    const { codes, slot } = candidates[index] as Candidate;
    if (standsAt(html, start, codes)) return slot;
  }
  if (!mayHaveCapitals(html, start, end)) return NONE;
  const written = html.slice(start, end).toLowerCase();
  return candidates.find(({ name }) => name === written)?.slot ?? NONE;
}

function mayHaveCapitals(html: string, start: number, end: number): boolean {
  for (let index = start; index < end; index++) {
    const code = html.charCodeAt(index);
    if ((code >= 65 && code <= 90) || code >= 128) return true;
  }
  return false;
}
