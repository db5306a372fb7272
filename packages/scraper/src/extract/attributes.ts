import { MARK_ATTRIBUTES } from "../site/rules/index.ts";

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
  "data-cfemail": 14,
  "aria-labelledby": 15,
  "data-src": 16,
  action: 17,
  role: 18,
  datetime: 19,
  width: 20,
  height: 21,
  style: 22,
  dir: 23,
  title: 24,
  "aria-label": 25,
  onclick: 26,
  value: 27,
  "data-email": 28,
  "data-mail": 29,
  "data-mailto": 30,
  "data-enc-email": 31,
  "data-mailto-token": 32,
  "data-domain": 33,
  "data-host": 34,
  "data-tld": 35,
  "data-user": 36,
  "data-name": 37,
  "data-local": 38,
} as const;

const byName = new Map<string, number>(Object.entries(SLOT));
const NAME_LENGTH_MAX = Math.max(
  ...[...byName.keys(), ...MARK_ATTRIBUTES].map((name) => name.length),
);
const NONE = -1;
const MARKS_MAX = 8;

/** The attributes of the tag being read. */
export class Attributes {
  readonly #values: string[] = Array.from(byName, () => "");
  /** For each slot the tag that filled it last: a tag is emptied by counting on. */
  readonly #filledBy: number[] = Array.from(byName, () => 0);
  #tag = 1;
  #count = 0;
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

  clear(): void {
    this.#tag++;
    this.#count = 0;
    if (this.marks.length > 0) this.marks.length = 0;
  }

  begin(html: string, start: number, end: number): void {
    this.#value = "";
    this.#slot = NONE;
    if (end - start > NAME_LENGTH_MAX) return;
    const name = html.slice(start, end);
    this.#slot = slotOf(name);
    if (this.#slot === NONE && this.marks.length < MARKS_MAX && MARK_ATTRIBUTES.has(name))
      this.marks.push(name);
  }

  addSlice(html: string, start: number, end: number): void {
    if (this.#slot === NONE) return;
    const piece = html.slice(start, end);
    this.#value = this.#value === "" ? piece : this.#value + piece;
  }

  addCharacter(codepoint: number): void {
    if (this.#slot !== NONE) this.#value += String.fromCodePoint(codepoint);
  }

  end(): void {
    if (this.#slot === NONE) return;
    // of a repeated attribute the first one counts
    if (this.#filledBy[this.#slot] === this.#tag) return;
    this.#filledBy[this.#slot] = this.#tag;
    this.#count++;
    this.#values[this.#slot] = this.#value;
  }
}

function slotOf(name: string): number {
  const slot = byName.get(name);
  if (slot !== undefined) return slot;
  const first = name.charCodeAt(0);
  return first >= 65 && first <= 90 ? (byName.get(name.toLowerCase()) ?? NONE) : NONE;
}
