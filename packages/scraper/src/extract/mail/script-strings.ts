import { applyCall, type Value } from "./script-calls.ts";

/** A text that a script holds or puts together, and what it does with it. */
export interface ScriptString {
  value: string;
  /** The variable or property that it is given to, or the function that takes it; "" where neither is told. */
  to: string;
  /** Put together of pieces, or decoded: which is done to hide it. */
  built: boolean;
}

const STRINGS_MAX = 5_000;
const VALUE_MAX = 4_000;
const NAMES_MAX = 500;
const DEPTH_MAX = 60;
/** Names of functions that put an address together. */
const MAIL_CALL = /mail|spam|crypt|protect|adress|address|kontakt|contact/i;

const TOKEN =
  /\/\/[^\n]*|\/\*|"(?:[^"\\\n]|\\[^])*"|'(?:[^'\\\n]|\\[^])*'|`(?:[^`\\]|\\[^])*`|\/(?:[^/\\\n*]|\\.)(?:[^/\\\n]|\\.){0,80}\/[gimuy]*(?=\s*,)|[\p{L}_$][\p{L}\p{N}_$]*|\d+|\+=|=>|[=!<>]=+|\+\+|[-+=;,()[\]{}:.]/gu;

/**
 * The texts of a script, as far as plain concatenation goes: literals, variables that hold some, "+", and calls of a few
 * well-known functions. Nothing is run; what cannot be followed is left out. Each token is taken once.
 */
export function scriptStrings(body: string): ScriptString[] {
  return new Reader(body).read();
}

class Reader {
  readonly #tokens: string[] = [];
  readonly #found: ScriptString[] = [];
  readonly #names = new Map<string, Value>();
  #next = 0;
  #depth = 0;
  #pieces = 0;

  constructor(body: string) {
    TOKEN.lastIndex = 0;
    for (let match = TOKEN.exec(body); match !== null; match = TOKEN.exec(body)) {
      const [token] = match;
      if (token === "/*") {
        // looked for only once, as a pattern would look again behind every "/*"
        const end = body.indexOf("*/", TOKEN.lastIndex);
        if (end === -1) break;
        TOKEN.lastIndex = end + 2;
      } else if (!token.startsWith("//")) {
        this.#tokens.push(token);
      }
    }
  }

  read(): ScriptString[] {
    while (this.#next < this.#tokens.length && this.#found.length < STRINGS_MAX)
      this.#items("", "");
    return this.#found;
  }

  /** Everything up to a closing bracket; the last value of each item between commas. */
  #items(close: string, owner: string): Value[] {
    const values: Value[] = [];
    let value: Value;
    let target = owner;
    while (this.#next < this.#tokens.length) {
      const token = this.#tokens[this.#next] as string;
      if (token === close || (close === "" && /^[)\]}]$/.test(token))) {
        this.#next++;
        break;
      }
      if (token === "," || token === ";") {
        this.#next++;
        values.push(value);
        value = undefined;
        target = owner;
        continue;
      }
      const named = this.#nameAhead(token);
      if (named !== undefined) {
        target = named.name;
        value = this.#sum(target);
        if (named.sign !== ":" && this.#names.size < NAMES_MAX)
          value = this.#give(named.name, named.sign === "+=", value);
        target = owner;
        continue;
      }
      value = this.#sum(target);
    }
    values.push(value);
    return values.slice(0, 1_000);
  }

  /** "name =", "a.b.name +=" or "name:" ahead, which it steps over. */
  #nameAhead(token: string): { name: string; sign: string } | undefined {
    const sign = this.#tokens[this.#next + 1];
    if (sign !== "=" && sign !== "+=" && sign !== ":") return undefined;
    const name = isText(token) ? token.slice(1, -1) : token;
    if (!/^[\p{L}_$][\p{L}\p{N}_$-]*$/u.test(name)) return undefined;
    this.#next += 2;
    return { name, sign };
  }

  #give(name: string, appends: boolean, value: Value): Value {
    const before = appends ? this.#names.get(name) : undefined;
    const whole =
      typeof before === "string" && typeof value === "string"
        ? (before + value).slice(0, VALUE_MAX)
        : value;
    this.#names.set(name, whole);
    if (whole !== value && typeof whole === "string") this.#note(whole, name, true);
    return whole;
  }

  /** Pieces with "+" between; what stands beside an unknown piece is noted by itself. */
  #sum(owner: string): Value {
    let text: string | undefined;
    let known = true;
    this.#pieces = 0;
    let pieces = 0;
    for (;;) {
      const value = this.#piece(owner);
      pieces += Math.max(1, this.#pieces);
      this.#pieces = 0;
      if (Array.isArray(value) && text === undefined && this.#tokens[this.#next] !== "+")
        return value;
      if (typeof value === "string") {
        text = ((text ?? "") + value).slice(0, VALUE_MAX);
      } else {
        known = false;
        if (text !== undefined) this.#note(text, owner, pieces > 2);
        text = undefined;
        pieces = 0;
      }
      if (this.#tokens[this.#next] !== "+") break;
      this.#next++;
    }
    if (text !== undefined) this.#note(text, owner, pieces > 1);
    this.#pieces = pieces;
    return known ? text : undefined;
  }

  #piece(owner: string): Value {
    const token = this.#tokens[this.#next];
    if (token === undefined) return undefined;
    this.#next++;
    if (token === "new") return this.#piece(owner);
    let value: Value;
    if (token.startsWith("`")) value = this.#template(token.slice(1, -1));
    else if (isText(token)) value = unescapeLiteral(token.slice(1, -1));
    else if (token.startsWith("/"))
      value = token.slice(1, token.lastIndexOf("/")).replaceAll("\\", "");
    else if (/^\d/.test(token)) value = token;
    else if (token === "(" || token === "[" || token === "{") value = this.#group(token, owner);
    else if (/^[\p{L}_$]/u.test(token)) value = this.#word(token);
    else return undefined;
    return this.#methods(value);
  }

  /** `${user}@${host}`, where all its names are known. */
  #template(text: string): Value {
    let known = true;
    const filled = text.replace(/\$\{\s*([\p{L}_$][\p{L}\p{N}_$]*)\s*\}/gu, (_, name: string) => {
      const value = this.#names.get(name);
      if (typeof value !== "string") known = false;
      return typeof value === "string" ? value : "";
    });
    if (!known || filled.includes("${")) return undefined;
    if (filled !== text) this.#pieces = 2;
    return unescapeLiteral(filled.slice(0, VALUE_MAX));
  }

  #group(open: string, owner: string): Value {
    if (this.#depth >= DEPTH_MAX) return undefined;
    this.#depth++;
    const close = open === "(" ? ")" : open === "[" ? "]" : "}";
    const values = this.#items(close, open === "[" ? "" : owner);
    this.#depth--;
    if (open === "[") return values.filter((value) => typeof value === "string");
    return open === "(" ? values.at(-1) : undefined;
  }

  #word(token: string): Value {
    if (this.#tokens[this.#next] !== "(") return this.#names.get(token);
    return this.#call(token, undefined);
  }

  #call(name: string, on: Value): Value {
    if (this.#depth >= DEPTH_MAX) return undefined;
    this.#next++;
    this.#depth++;
    const parts = this.#items(")", name);
    this.#depth--;
    const result = applyCall(name, parts, on);
    this.#pair(name, parts);
    if (result !== undefined) this.#pieces = 2;
    return result;
  }

  /** mailTo("info", "laden.de"): a function of the page's own puts the sign between. */
  #pair(name: string, parts: readonly Value[]): void {
    const [local, ...host] = parts;
    if (!MAIL_CALL.test(name) || host.length < 1 || host.length > 2) return;
    if (typeof local !== "string" || !/^[\w.+-]{1,64}$/.test(local)) return;
    const domain = host.join(".");
    if (/^[a-z\d-]+(?:\.[a-z\d-]+)+$/i.test(domain)) this.#note(`${local}@${domain}`, "href", true);
  }

  /** ".join('@')" and the like behind a value, and the names of a path such as "document.write". */
  #methods(first: Value): Value {
    let value = first;
    if (Array.isArray(value) && this.#tokens[this.#next] === "[") {
      const place = Number(this.#tokens[this.#next + 1]);
      if (this.#tokens[this.#next + 2] === "]" && Number.isInteger(place)) {
        this.#next += 3;
        value = value[place];
      }
    }
    while (this.#tokens[this.#next] === "." && this.#depth < DEPTH_MAX) {
      const name = this.#tokens[this.#next + 1];
      if (name === undefined || !/^[\p{L}_$]/u.test(name)) return value;
      const sign = this.#tokens[this.#next + 2];
      if (sign === "=" || sign === "+=") {
        this.#next += 3;
        const given = this.#sum(name);
        return this.#give(name, sign === "+=", given);
      }
      this.#next += 2;
      const on: Value = value;
      value = sign === "(" ? this.#call(name, on) : undefined;
      if (value === undefined && typeof on === "string") this.#note(on, name, false);
    }
    return value;
  }

  #note(value: string, to: string, built: boolean): void {
    if (this.#found.length < STRINGS_MAX) this.#found.push({ value, to, built });
  }
}

const isText = (token: string): boolean => /^["'`]/.test(token);

/** What a literal means: \x40, \u0040, \100, \/ and line breaks. */
function unescapeLiteral(text: string): string {
  if (!text.includes("\\")) return text;
  return text.replace(
    /\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|u\{([0-9a-f]{1,5})\}|([0-7]{1,3})|([^]))/gi,
    (_, x?: string, u?: string, long?: string, octal?: string, other?: string) => {
      const hex = x ?? u ?? long;
      if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16) % 0x110000);
      if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8));
      return other === "n" || other === "t" || other === "r" ? " " : (other ?? "");
    },
  );
}
