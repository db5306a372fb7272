import { DecodingMode, HtmlEntityDecoder } from "entities/decode";

/** What stands behind the tokenizer. Places are those in the page; `end` is behind the last character. */
export interface TokenSink {
  ontext(start: number, end: number): void;
  ontextentity(codepoint: number): void;
  /** Within an `<svg>` no element holds text alone. */
  isInForeignContext(): boolean;
  onopentagname(start: number, end: number): void;
  onattribname(start: number, end: number): void;
  onattribdata(start: number, end: number): void;
  onattribentity(codepoint: number): void;
  onattribend(): void;
  onopentagend(): void;
  onselfclosingtag(): void;
  onclosetag(start: number, end: number): void;
  oncomment(start: number, end: number): void;
  onend(): void;
}

/** Elements that hold text alone, by their first letter. */
const TEXT_ELEMENTS: ReadonlyMap<number, readonly string[]> = new Map(
  Object.entries({
    i: ["iframe"],
    n: ["noembed", "noframes"],
    p: ["plaintext"],
    s: ["script", "style"],
    t: ["title", "textarea"],
    x: ["xmp"],
  }).map(([letter, names]) => [letter.charCodeAt(0), names]),
);

/** By first letter one bit for each of their lengths. */
const TEXT_LENGTHS = new Int32Array(128);
for (const [first, names] of TEXT_ELEMENTS)
  for (const { length } of names)
    TEXT_LENGTHS[first] = (TEXT_LENGTHS[first] as number) | (1 << length);

const AMPERSAND = 38;
const DASH = 45;
const SLASH = 47;
const EQUALS = 61;
const GREATER = 62;

const BLANK = 1;
/** "/" and ">" end a name, as blanks do. */
const END = 2;
const KINDS = new Uint8Array(128);
for (const code of [9, 10, 12, 13, 32]) KINDS[code] = BLANK;
KINDS[SLASH] = KINDS[GREATER] = END;
const endsName = (code: number): boolean => code < 128 && KINDS[code] !== 0;
const isBlank = (code: number): boolean => code < 128 && KINDS[code] === BLANK;
const isLetter = (code: number): boolean => (code | 32) >= 97 && (code | 32) <= 122;

/** The page ends within what was begun. */
const NOWHERE = -1;

/**
 * Takes HTML apart into the tokens that htmlparser2's tokenizer makes of it. That one reads streams and looks at every character
 * in turn; a page that is there whole is searched for what ends a stretch. A tag that the page ends in is none.
 */
export function tokenize(html: string, sink: TokenSink): void {
  new Tokenizer(html, sink).run();
  sink.onend();
}

class Tokenizer {
  readonly #html: string;
  readonly #sink: TokenSink;
  readonly #entities = new HtmlEntityDecoder((codepoint) => this.#entity(codepoint));
  /** The first "&" that is not passed, or the end of the page. */
  #ampersand = 0;
  /** Of the stretch that is being read: what of it was not told yet, where its entity begins, and what it is. */
  #untold = 0;
  #entityAt = 0;
  #isText = true;

  constructor(html: string, sink: TokenSink) {
    this.#html = html;
    this.#sink = sink;
  }

  run(): void {
    const html = this.#html;
    let start = 0;
    let from = 0;
    for (;;) {
      const less = html.indexOf("<", from);
      if (less === -1) {
        this.#stretch(start, html.length, true);
        return;
      }
      if (less > start) this.#stretch(start, less, true);
      const next = html.charCodeAt(less + 1);
      if (isLetter(next)) from = this.#openTag(less + 1);
      else if (next === SLASH) from = this.#closeTag(less);
      else if (next === 33) from = this.#declaration(less + 2);
      else if (next === 63) from = this.#untilGreater(less + 1);
      else {
        start = less;
        from = less + 1;
        continue;
      }
      if (from === NOWHERE) return;
      start = from;
    }
  }

  /** Text, or the value of an attribute, with entities in it. */
  #stretch(start: number, end: number, isText: boolean): void {
    if (this.#ampersand < start) this.#passTo(start);
    if (this.#ampersand < end) this.#decoded(start, end, isText);
    else this.#tell(start, end, isText);
  }

  #decoded(start: number, end: number, isText: boolean): void {
    const mode = isText ? DecodingMode.Legacy : DecodingMode.Attribute;
    this.#untold = start;
    this.#isText = isText;
    while (this.#ampersand < end) {
      const at = this.#ampersand;
      this.#entityAt = at;
      const length = this.#entityLength(at, mode);
      if (length > 0) this.#untold = at + length;
      this.#passTo(at + Math.max(1, length));
    }
    this.#tell(this.#untold, end, isText);
  }

  /** Tells the entity at a place. @returns its length, 0 where there is none */
  #entityLength(at: number, mode: DecodingMode): number {
    if (this.#html.startsWith("amp;", at + 1)) {
      this.#entity(AMPERSAND);
      return 5;
    }
    this.#entities.startEntity(mode);
    const length = this.#entities.write(this.#html, at + 1);
    // below 0 the page ends in it
    return length < 0 ? this.#entities.end() : length;
  }

  #entity(codepoint: number): void {
    this.#tell(this.#untold, this.#entityAt, this.#isText);
    this.#untold = this.#entityAt;
    if (this.#isText) this.#sink.ontextentity(codepoint);
    else this.#sink.onattribentity(codepoint);
  }

  #tell(start: number, end: number, isText: boolean): void {
    if (start >= end) return;
    if (isText) this.#sink.ontext(start, end);
    else this.#sink.onattribdata(start, end);
  }

  #passTo(place: number): void {
    const next = this.#html.indexOf("&", place);
    this.#ampersand = next === -1 ? this.#html.length : next;
  }

  /** @param start the first letter of its name @returns where what follows it begins */
  #openTag(start: number): number {
    const html = this.#html;
    const sink = this.#sink;
    const { length } = html;
    const nameEnd = this.#nameEnd(start);
    if (nameEnd === length) return NOWHERE;
    const element = this.#textElement(start, nameEnd);
    sink.onopentagname(start, nameEnd);
    for (let at = nameEnd; at < length;) {
      const code = html.charCodeAt(at);
      if (code === GREATER) {
        sink.onopentagend();
        return element === undefined ? at + 1 : this.#textOf(element, at + 1);
      }
      if (code === SLASH) {
        at = this.#afterBlanks(at + 1);
        if (html.charCodeAt(at) !== GREATER) continue;
        sink.onselfclosingtag();
        return element === undefined ? at + 1 : this.#textOf(element, at + 1);
      }
      at = isBlank(code) ? at + 1 : this.#attribute(at);
      if (at === NOWHERE) return NOWHERE;
    }
    return NOWHERE;
  }

  #attribute(start: number): number {
    const html = this.#html;
    const sink = this.#sink;
    const { length } = html;
    let at = start + 1;
    for (let code = html.charCodeAt(at); at < length && code !== EQUALS && !endsName(code);)
      code = html.charCodeAt(++at);
    sink.onattribname(start, at);
    at = this.#afterBlanks(at);
    if (html.charCodeAt(at) !== EQUALS) {
      sink.onattribend();
      return at;
    }
    at = this.#afterBlanks(at + 1);
    const quote = html[at];
    let end: number;
    if (quote === '"' || quote === "'") {
      end = html.indexOf(quote, ++at);
      if (end === -1) return NOWHERE;
    } else {
      end = at;
      for (let code = html.charCodeAt(at); end < length && code !== GREATER && !isBlank(code);)
        code = html.charCodeAt(++end);
    }
    this.#stretch(at, end, false);
    sink.onattribend();
    return quote === '"' || quote === "'" ? end + 1 : end;
  }

  #closeTag(less: number): number {
    const start = less + 2;
    const code = this.#html.charCodeAt(start);
    if (isLetter(code)) return this.#closed(start, this.#nameEnd(start));
    if (code === GREATER) return start + 1;
    if (start < this.#html.length) return this.#untilGreater(start);
    this.#tell(less, start, true);
    return NOWHERE;
  }

  #closed(start: number, end: number): number {
    if (end === this.#html.length) return NOWHERE;
    this.#sink.onclosetag(start, end);
    const greater = this.#html.indexOf(">", end);
    return greater === -1 ? NOWHERE : greater + 1;
  }

  #textElement(start: number, end: number): string | undefined {
    const first = this.#html.charCodeAt(start) | 32;
    // most tags that begin as these do are longer or shorter
    if (((TEXT_LENGTHS[first & 127] as number) & (1 << (end - start))) === 0 || end - start > 31)
      return undefined;
    const names = TEXT_ELEMENTS.get(first);
    if (names === undefined || this.#sink.isInForeignContext()) return undefined;
    const name = this.#html.slice(start, end).toLowerCase();
    return names.includes(name) ? name : undefined;
  }

  /** The text of such an element, up to its own closing tag. */
  #textOf(element: string, start: number): number {
    const html = this.#html;
    const close = element === "plaintext" ? -1 : this.#closeOf(element, start);
    const end = close === -1 ? html.length : close;
    if (element === "title" || element === "textarea") this.#stretch(start, end, true);
    else this.#tell(start, end, true);
    return close === -1 ? NOWHERE : this.#closed(close + 2, close + 2 + element.length);
  }

  #closeOf(element: string, from: number): number {
    const html = this.#html;
    let at = html.indexOf("</", from);
    while (at !== -1) {
      const end = at + 2 + element.length;
      if (endsName(html.charCodeAt(end)) && html.slice(at + 2, end).toLowerCase() === element)
        return at;
      at = html.indexOf("</", at + 2);
    }
    return -1;
  }

  /** @param start behind "<!" */
  #declaration(start: number): number {
    const html = this.#html;
    if (html.startsWith("--", start)) return this.#comment(start + 2);
    if (html.startsWith("[CDATA[", start)) {
      const end = html.indexOf("]]>", start + 7);
      if (end !== -1) return end + 3;
      this.#sink.oncomment(start, html.length);
      return NOWHERE;
    }
    if (html.slice(start, start + 7).toLowerCase() !== "doctype") return this.#untilGreater(start);
    const end = html.indexOf(">", start);
    return end === -1 ? NOWHERE : end + 1;
  }

  /** "-->" and "--!>" end a comment; ">" and "->" do so where it begins. */
  #comment(start: number): number {
    const html = this.#html;
    const first = html.charCodeAt(start) === DASH ? start + 1 : start;
    if (html.charCodeAt(first) === GREATER) {
      this.#sink.oncomment(start, start);
      return first + 1;
    }
    for (let dashes = html.indexOf("--", start); dashes !== -1;) {
      let at = dashes + 2;
      while (html.charCodeAt(at) === DASH) at++;
      const greater = html[at] === "!" ? at + 1 : at;
      if (html.charCodeAt(greater) === GREATER) {
        this.#sink.oncomment(start, at - 2);
        return greater + 1;
      }
      dashes = html.indexOf("--", at);
    }
    const [unfinished = ""] =
      /(?:--!|--?)?$/.exec(html.slice(Math.max(start, html.length - 3))) ?? [];
    this.#sink.oncomment(start, html.length - unfinished.length);
    return NOWHERE;
  }

  /** What is neither tag nor comment is told as a comment. */
  #untilGreater(start: number): number {
    const greater = this.#html.indexOf(">", start);
    this.#sink.oncomment(start, greater === -1 ? this.#html.length : greater);
    return greater === -1 ? NOWHERE : greater + 1;
  }

  #nameEnd(start: number): number {
    const html = this.#html;
    let at = start + 1;
    while (at < html.length && !endsName(html.charCodeAt(at))) at++;
    return at;
  }

  #afterBlanks(from: number): number {
    let at = from;
    while (isBlank(this.#html.charCodeAt(at))) at++;
    return at;
  }
}
