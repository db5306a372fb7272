import { detach } from "../text.ts";
import { readJsonLd, type StructuredFacts } from "./json-ld.ts";

const CHARS_MAX = 20_000;
const PAGES_MAX = 100;

/** Structured data of one site. Most pages of most sites carry the same blocks, which are read once. */
export class StructuredBook {
  readonly #known = new Map<string, StructuredFacts>();

  /** Facts of the blocks of one page; pages with equal blocks share them, so nobody changes them. */
  read(blocks: string[]): Readonly<StructuredFacts> {
    const key = blocks.join("\u0000");
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const facts = readJsonLd(blocks);
    if (key.length <= CHARS_MAX && this.#known.size < PAGES_MAX)
      this.#known.set(detach(key), facts);
    return facts;
  }
}
