import { decodeHTML } from "entities";

/** Where a text stands: before a colon, behind one, or in a list. */
type Place = "key" | "value" | "item";

const DEPTH_MAX = 60;
const STRING_MAX = 5_000;
const CLOSERS: Readonly<Record<string, string>> = {
  '"': '"',
  "'": "'",
  "\u201c": '\u201c\u201d\u201e\u2033"',
  "\u201d": '\u201d\u201c\u2033"',
  "\u201e": '\u201c\u201d"',
  "\u2033": '\u2033\u201d"',
};
const KEY = /^"[@\w]{2,40}"\s{0,5}:/;
const ESCAPES: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", b: "\b", f: "\f" };

/**
 * The values of a block that should be JSON. Where it is not, it is read as its author meant it: comments, commas too many
 * or too few, quotes within texts, several values in a row, an end that is missing. Linear and without an exception.
 */
export function parseLoosely(block: string): unknown[] {
  const plain = block.includes('"') ? block : decodeHTML(block);
  // a program quoted the quotes of what it quoted no further
  const text = /^\s*[[{]\s*\\"/.test(plain) ? plain.replace(/\\(["\\/])/g, "$1") : plain;
  try {
    return [JSON.parse(text)];
  } catch {
    return new LooseParser(text).values();
  }
}

class LooseParser {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  values(): unknown[] {
    const values: unknown[] = [];
    while (this.#skip()) {
      const first = this.#text[this.#at];
      if (first === "{" || first === "[") values.push(this.#value(0));
      else this.#at++;
    }
    return values;
  }

  /** Passes blanks and comments; false at the end. */
  #skip(): boolean {
    const text = this.#text;
    for (;;) {
      const code = text.charCodeAt(this.#at);
      if (Number.isNaN(code)) return false;
      if (code <= 32 || code === 0xa0 || code === 0xfeff || code === 0x200b) this.#at++;
      else if (text.startsWith("//", this.#at)) this.#jump("\n");
      else if (text.startsWith("/*", this.#at)) this.#jump("*/");
      else if (text.startsWith("<![CDATA[", this.#at)) this.#at += 9;
      else if (text.startsWith("]]>", this.#at)) this.#at += 3;
      else if (text.startsWith("<!--", this.#at)) this.#at += 4;
      else if (text.startsWith("-->", this.#at)) this.#at += 3;
      else return true;
    }
  }

  #jump(past: string): void {
    const end = this.#text.indexOf(past, this.#at + 2);
    this.#at = end === -1 ? this.#text.length : end + past.length;
  }

  #value(depth: number, place: Place = "value"): unknown {
    if (!this.#skip()) return undefined;
    const first = this.#text[this.#at] as string;
    if (depth > DEPTH_MAX) {
      this.#at++;
      return undefined;
    }
    if (first === "{") return this.#object(depth);
    if (first === "[") return this.#array(depth);
    return first in CLOSERS ? this.#string(first, place) : this.#word();
  }

  #object(depth: number): Record<string, unknown> {
    const entries = new Map<string, unknown>();
    this.#at++;
    while (this.#skip()) {
      const first = this.#text[this.#at] as string;
      if (first === "}") {
        this.#at++;
        break;
      }
      if (first === "]") break;
      if (first === "{" || first === "[") {
        this.#value(depth + 1);
        continue;
      }
      const start = this.#at;
      const key = first in CLOSERS ? this.#string(first, "key") : this.#bareKey();
      if (this.#skip() && this.#text[this.#at] === ":") {
        this.#at++;
        entries.set(key, this.#value(depth + 1));
      } else if (this.#at === start) {
        this.#at++;
      }
    }
    return Object.fromEntries(entries);
  }

  #array(depth: number): unknown[] {
    const items: unknown[] = [];
    this.#at++;
    while (this.#skip()) {
      const first = this.#text[this.#at] as string;
      if (first === "]") {
        this.#at++;
        break;
      }
      if (first === "}") break;
      if (first === "," || first === ":") this.#at++;
      else {
        const start = this.#at;
        const item = this.#value(depth + 1, "item");
        if (typeof item === "string" && this.#skip() && this.#text[this.#at] === ":") {
          // a key: the list's own end is missing
          this.#at = start;
          break;
        }
        items.push(item);
      }
    }
    return items;
  }

  #bareKey(): string {
    const start = this.#at;
    while (this.#at < this.#text.length && /[\w@$.-]/.test(this.#text[this.#at] as string))
      this.#at++;
    return this.#text.slice(start, this.#at);
  }

  #word(): unknown {
    const start = this.#at;
    while (this.#at < this.#text.length && !/[\s,{}[\]:]/.test(this.#text[this.#at] as string))
      this.#at++;
    if (this.#at === start) this.#at++;
    const word = this.#text.slice(start, Math.min(this.#at, start + 100));
    if (word === "true" || word === "false") return word === "true";
    const number = Number(word);
    return word === "" || Number.isNaN(number) ? null : number;
  }

  #string(open: string, place: Place): string {
    const text = this.#text;
    const closers = CLOSERS[open] as string;
    let value = "";
    let from = ++this.#at;
    for (; this.#at < text.length; this.#at++) {
      const character = text[this.#at] as string;
      if (character === "\\") {
        value = grown(value, text, from, this.#at);
        value = grown(value, this.#escape(), 0, 1);
        from = this.#at + 1;
      } else if (closers.includes(character) && this.#closes(this.#at + 1, place)) {
        break;
      }
    }
    value = grown(value, text, from, this.#at);
    this.#at++;
    return value;
  }

  /** What a backslash and the character after it mean; stands on the last character of it afterwards. */
  #escape(): string {
    const next = this.#text[++this.#at] ?? "";
    if (next !== "u") return ESCAPES[next] ?? next;
    const hex = this.#text.slice(this.#at + 1, this.#at + 5);
    if (!/^[\da-f]{4}$/i.test(hex)) return "u";
    this.#at += 4;
    return String.fromCharCode(Number.parseInt(hex, 16));
  }

  /** Whether a quote ends its text: what follows it must go on as an object or a list does. */
  #closes(after: number, place: Place): boolean {
    const text = this.#text;
    const next = this.#blanks(after);
    const character = text[next];
    if (character === undefined) return true;
    if (place === "key") return character === ":";
    if (place === "item" && character === ":") return true;
    if (character === "}" || character === "]") return true;
    if (character === ",") {
      const then = text[this.#blanks(next + 1)];
      return then === undefined || /["'\u201c\u201d{}[\]\d\-tfn/]/.test(then);
    }
    // a comma is missing at the end of a line, or before a key
    return (
      character === '"' &&
      (text.slice(after, next).includes("\n") || KEY.test(text.slice(next, next + 50)))
    );
  }

  #blanks(from: number): number {
    let at = from;
    // longer stretches of blanks are not what stands after a quote
    while (at < from + 200 && this.#text.charCodeAt(at) <= 32) at++;
    return at;
  }
}

const grown = (value: string, text: string, from: number, to: number): string =>
  value.length > STRING_MAX ? value : value + text.slice(from, Math.min(to, from + STRING_MAX));
