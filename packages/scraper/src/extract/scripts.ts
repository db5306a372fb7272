import { SCRIPT_WORDS } from "../site/rules/index.ts";
import { addressIn } from "./script-address.ts";
import type { SiteTraces } from "./site-traces.ts";

const OTHER = 0;
const WORD = 1;
const DIGIT = 2;
const QUOTE = 3;
const SLASH = 4;
const SPACE = 5;

const KINDS = new Uint8Array(128);
for (let code = 0; code < 128; code++) {
  const character = String.fromCharCode(code);
  if (/[A-Za-z_$]/.test(character)) KINDS[code] = WORD;
  else if (/\d/.test(character)) KINDS[code] = DIGIT;
  else if (/["'`]/.test(character)) KINDS[code] = QUOTE;
  else if (character === "/") KINDS[code] = SLASH;
  else if (code <= 32) KINDS[code] = SPACE;
}
const kindAt = (body: string, at: number): number => {
  const code = body.charCodeAt(at);
  // behind the end there is no code, and no word goes on
  return code >= 128 ? WORD : (KINDS[code] ?? OTHER);
};

/** Per first letter one bit per length of the words looked for: most words of a script are passed without a copy. */
const LENGTHS = new Uint32Array(128);
for (const word of SCRIPT_WORDS.keys())
  LENGTHS[word.charCodeAt(0)] = (LENGTHS[word.charCodeAt(0)] as number) | (1 << word.length);
const WORD_MAX = 31;

const NEWLINE = 10;
const STAR = 42;
const BACKSLASH = 92;
const BACKTICK = 96;
const REGEX_MAX = 200;
/** What stands before each of them is looked at, so a script of nothing else would cost too much. */
const ADDRESSES_MAX = 2_000;
const ID =
  /\b(?:GTM-[A-Z0-9]{4,10}|G-[A-Z0-9]{6,12}|UA-\d{4,10}-\d{1,4}|AW-\d{6,14}|DC-\d{5,12})\b/g;
const MAY_BE_ID = /\b(?:GTM|G|UA|AW|DC)-[A-Z0-9]/;

/**
 * Takes what an inline script or a block of JSON says of the products behind it: names in its code, addresses and ids in
 * its strings. Comments are passed over. It knows as much of the language as that needs, and is linear on anything.
 */
export function scanScript(body: string, traces: SiteTraces): void {
  const plain = /\\u002f/i.test(body) ? body.replaceAll(/\\u002f/gi, "/") : body;
  new ScriptScan(plain, traces).run();
}

class ScriptScan {
  readonly #body: string;
  readonly #traces: SiteTraces;
  readonly #mayHoldIds: boolean;
  #addresses = 0;
  #noCommentEnd = false;
  /** Whether a value came last, after which "/" divides. */
  #afterValue = false;

  constructor(body: string, traces: SiteTraces) {
    this.#body = body;
    this.#traces = traces;
    this.#mayHoldIds = MAY_BE_ID.test(body);
  }

  run(): void {
    const body = this.#body;
    let at = 0;
    while (at < body.length) {
      const kind = kindAt(body, at);
      if (kind === WORD) at = this.#word(at);
      else if (kind === QUOTE) at = this.#string(at);
      else if (kind === SLASH) at = this.#slash(at);
      else {
        if (kind === DIGIT) this.#afterValue = true;
        else if (kind === OTHER) {
          const code = body.charCodeAt(at);
          this.#afterValue = code === 41 || code === 93;
        }
        at++;
      }
    }
  }

  #word(start: number): number {
    const body = this.#body;
    let at = start + 1;
    for (let kind = kindAt(body, at); kind === WORD || kind === DIGIT; kind = kindAt(body, ++at));
    const length = at - start;
    const first = body.charCodeAt(start);
    this.#afterValue = true;
    if (first >= 128 || length > WORD_MAX) return at;
    if (((LENGTHS[first] as number) & (1 << length)) !== 0) {
      const word = body.slice(start, at);
      for (const wanted of SCRIPT_WORDS.get(word) ?? [])
        if (body.startsWith(wanted, start)) this.#traces.addWord(wanted);
    }
    // "return /x/" and "typeof /x/" are the words that no value ends with
    if (length === 6 && (body.startsWith("return", start) || body.startsWith("typeof", start)))
      this.#afterValue = false;
    return at;
  }

  #slash(start: number): number {
    const body = this.#body;
    const next = body.charCodeAt(start + 1);
    if (next === 47 && body.charCodeAt(start - 1) !== 58) {
      const end = body.indexOf("\n", start);
      return end === -1 ? body.length : end;
    }
    if (next === STAR && !this.#noCommentEnd) {
      const end = body.indexOf("*/", start + 2);
      if (end !== -1) return end + 2;
      this.#noCommentEnd = true;
    }
    if (this.#afterValue) {
      this.#afterValue = false;
      return start + 1;
    }
    return this.#regex(start);
  }

  /** Over a regular expression, as far as one is likely to reach; else over its first character. */
  #regex(start: number): number {
    const body = this.#body;
    const end = Math.min(body.length, start + REGEX_MAX);
    let inClass = false;
    for (let at = start + 1; at < end; at++) {
      const code = body.charCodeAt(at);
      if (code === NEWLINE) break;
      if (code === BACKSLASH) at++;
      else if (code === 91) inClass = true;
      else if (code === 93) inClass = false;
      else if (code === 47 && !inClass) {
        this.#afterValue = true;
        return at + 1;
      }
    }
    return start + 1;
  }

  #string(start: number): number {
    const body = this.#body;
    const quote = body.charCodeAt(start);
    /** Where the slash before this character began, with its backslashes. */
    let slash = -1;
    let at = start + 1;
    for (; at < body.length; at++) {
      const code = body.charCodeAt(at);
      if (code === quote) break;
      if (code === NEWLINE && quote !== BACKTICK) break;
      if (code === BACKSLASH) {
        let after = at + 1;
        while (body.charCodeAt(after) === BACKSLASH) after++;
        if (body.charCodeAt(after) === 47) {
          if (slash === -1) slash = at;
          else {
            at = this.#address(start + 1, slash, after);
            slash = -1;
            continue;
          }
          at = after;
          continue;
        }
        // an odd number of them takes the next character with it
        at = (after - at) % 2 === 1 ? after : after - 1;
        slash = -1;
        continue;
      }
      if (code !== 47) slash = -1;
      else if (slash === -1) slash = at;
      else {
        at = this.#address(start + 1, slash, at);
        slash = -1;
      }
    }
    this.#afterValue = true;
    if (this.#mayHoldIds) {
      const text = body.slice(start + 1, at);
      if (MAY_BE_ID.test(text)) for (const [id] of text.matchAll(ID)) this.#traces.addId(id);
    }
    return at + 1;
  }

  /** Takes the address whose two slashes are at `slash` and `second`; gives its last character. */
  #address(stringStart: number, slash: number, second: number): number {
    if (this.#addresses++ >= ADDRESSES_MAX) return second;
    const { address, end } = addressIn(this.#body, stringStart, slash, second);
    if (address !== undefined) this.#traces.addScriptAddress(address);
    return end - 1;
  }
}
