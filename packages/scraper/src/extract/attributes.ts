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
} as const;

const byName = new Map<string, number>(Object.entries(SLOT));
const NAME_LENGTH_MAX = Math.max(...Object.keys(SLOT).map((name) => name.length));
const NONE = -1;

/** The attributes of the tag being read. */
export class Attributes {
  readonly #values: string[] = Array.from(byName, () => "");
  /** One bit per slot that is filled. */
  #filled = 0;
  #slot = NONE;
  #value = "";

  get isEmpty(): boolean {
    return this.#filled === 0;
  }

  /** The value of an attribute, "" when absent. */
  get(slot: number): string {
    return (this.#filled & (1 << slot)) === 0 ? "" : (this.#values[slot] as string);
  }

  clear(): void {
    this.#filled = 0;
  }

  begin(html: string, start: number, end: number): void {
    this.#slot = end - start > NAME_LENGTH_MAX ? NONE : slotOf(html.slice(start, end));
    this.#value = "";
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
    const bit = 1 << this.#slot;
    // of a repeated attribute the first one counts
    if ((this.#filled & bit) !== 0) return;
    this.#filled |= bit;
    this.#values[this.#slot] = this.#value;
  }
}

function slotOf(name: string): number {
  const slot = byName.get(name);
  if (slot !== undefined) return slot;
  const first = name.charCodeAt(0);
  return first >= 65 && first <= 90 ? (byName.get(name.toLowerCase()) ?? NONE) : NONE;
}
