/**
 * The label of the encoding that a page's own `<meta>` or XML declaration names, found in its bytes as the HTML standard does
 * ("prescan a byte stream to determine its encoding"); undefined when it names none. Labels that `isKnown` refuses are passed over.
 */
export function prescan(bytes: Buffer, isKnown: (label: string) => boolean): string | undefined {
  const scan = new Prescan(bytes.toString("latin1"));
  return scan.meta(isKnown) ?? scan.xmlDeclaration(isKnown);
}

const BLANK = new Set(["\t", "\n", "\f", "\r", " "]);

interface Attribute {
  name: string;
  value: string;
}

class Prescan {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  meta(isKnown: (label: string) => boolean): string | undefined {
    const text = this.#text;
    for (let open = text.indexOf("<"); open !== -1; open = text.indexOf("<", this.#at)) {
      this.#at = open + 1;
      const next = text.charAt(open + 1);
      if (text.startsWith("!--", open + 1)) {
        // the two hyphens that open a comment may close it, too
        const end = text.indexOf("-->", open + 2);
        if (end === -1) return undefined;
        this.#at = end + 3;
      } else if (/[a-z]/i.test(next) || (next === "/" && /[a-z]/i.test(text.charAt(open + 2)))) {
        const isMeta = /^meta[\s/]/i.test(text.slice(open + 1, open + 6));
        const label = this.#tag(isMeta);
        if (label === null) return undefined;
        if (label !== undefined && isKnown(label)) return label;
      } else if (next === "!" || next === "/" || next === "?") {
        const end = text.indexOf(">", open);
        if (end === -1) return undefined;
        this.#at = end + 1;
      }
    }
    return undefined;
  }

  xmlDeclaration(isKnown: (label: string) => boolean): string | undefined {
    if (!this.#text.startsWith("<?xml")) return undefined;
    const end = this.#text.indexOf(">");
    const declaration = this.#text.slice(0, end === -1 ? 0 : Math.min(end, 300));
    const label = /encoding\s*=\s*(["'])([^"']{1,40})\1/.exec(declaration)?.[2];
    return label !== undefined && isKnown(label) ? label : undefined;
  }

  /** Passes over a tag: the encoding it declares, undefined for none, null when the bytes end within it. */
  #tag(isMeta: boolean): string | undefined | null {
    const text = this.#text;
    while (
      this.#at < text.length &&
      !BLANK.has(text.charAt(this.#at)) &&
      text.charAt(this.#at) !== ">"
    )
      this.#at++;
    const seen = new Set<string>();
    let gotPragma = false;
    let needPragma: boolean | undefined;
    let label: string | undefined;
    for (;;) {
      const attribute = this.#attribute();
      if (attribute === null) return null;
      if (attribute === undefined) break;
      const { name, value } = attribute;
      if (!isMeta || seen.has(name)) continue;
      seen.add(name);
      if (name === "http-equiv") gotPragma = value === "content-type";
      else if (name === "charset") {
        label = value;
        needPragma = false;
      } else if (name === "content" && label === undefined) {
        label = charsetIn(value);
        if (label !== undefined) needPragma = true;
      }
    }
    return needPragma === undefined || (needPragma && !gotPragma) ? undefined : label?.trim();
  }

  /** The next attribute, in lower case; undefined at the tag's end, null where the bytes end. */
  #attribute(): Attribute | undefined | null {
    const text = this.#text;
    while (BLANK.has(text.charAt(this.#at)) || text.charAt(this.#at) === "/") this.#at++;
    if (this.#at >= text.length) return null;
    if (text.charAt(this.#at) === ">") {
      this.#at++;
      return undefined;
    }
    const start = this.#at;
    while (this.#at < text.length) {
      const character = text.charAt(this.#at);
      if (character === "/" || character === ">" || BLANK.has(character)) break;
      if (character === "=" && this.#at > start) break;
      this.#at++;
    }
    const name = text.slice(start, this.#at).toLowerCase();
    while (BLANK.has(text.charAt(this.#at))) this.#at++;
    if (this.#at >= text.length) return null;
    if (text.charAt(this.#at) !== "=") return { name, value: "" };
    this.#at++;
    while (BLANK.has(text.charAt(this.#at))) this.#at++;
    return this.#value(name);
  }

  #value(name: string): Attribute | null {
    const text = this.#text;
    const quote = text.charAt(this.#at);
    if (quote === '"' || quote === "'") {
      const end = text.indexOf(quote, this.#at + 1);
      if (end === -1) return null;
      const value = text.slice(this.#at + 1, end).toLowerCase();
      this.#at = end + 1;
      return { name, value };
    }
    const start = this.#at;
    while (
      this.#at < text.length &&
      !BLANK.has(text.charAt(this.#at)) &&
      text.charAt(this.#at) !== ">"
    )
      this.#at++;
    if (this.#at >= text.length) return null;
    return { name, value: text.slice(start, this.#at).toLowerCase() };
  }
}

/** The encoding named in the content of a pragma such as "text/html; charset=x". */
function charsetIn(content: string): string | undefined {
  for (let at = content.indexOf("charset"); at !== -1; at = content.indexOf("charset", at)) {
    at += 7;
    const [, rest] = /^\s*=\s*([^]*)/.exec(content.slice(at, at + 400)) ?? [];
    if (rest === undefined) continue;
    const quote = rest.charAt(0);
    if (quote !== '"' && quote !== "'") return /^[^\s;]*/.exec(rest)?.[0];
    const end = rest.indexOf(quote, 1);
    return end === -1 ? undefined : rest.slice(1, end);
  }
  return undefined;
}
