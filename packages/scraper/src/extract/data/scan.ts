/** What stands in a piece of data: an object, a list, or the arguments of a call. */
export interface Holder {
  isObject: boolean;
  /** The name under which it stands; of what stands in a list the list's. */
  key: string;
  /** How many values what it stands in had before it. */
  index: number;
  /** Texts of an object that say what its others are. */
  notes: Map<string, string> | undefined;
}

/** Where a value stands. */
export interface Place {
  key: string;
  /** What it is in, the nearest last. */
  holders: readonly Holder[];
  /** How many values its list had before it. */
  index: number;
}

export interface DataVisitor {
  text(written: string, place: Place): void;
  /** A number or the name of a variable. */
  word(written: string, place: Place): void;
  close(holder: Holder, holders: readonly Holder[]): void;
}

const QUOTE = 34;
const BACKSLASH = 92;
const COLON = 58;
const COMMA = 44;
const NAME_MAX = 200;
const DEPTH_MAX = 500;

/**
 * Goes over JSON, a literal of JavaScript, or rows of either. It takes names and values as they stand and judges no
 * syntax, so a script around the data and an end that is cut off are no harm. Linear on anything.
 */
export function scanData(body: string, isJson: boolean, visitor: DataVisitor): void {
  const holders: Holder[] = [];
  /** Per holder how many values ended before. */
  const counts: number[] = [0];
  let key = "";
  let at = 0;
  /** What is nested deeper is not told apart. */
  let below = 0;
  const place = (): Place => ({ key, holders, index: counts.at(-1) ?? 0 });
  while (at < body.length) {
    const code = body.charCodeAt(at);
    if (code === QUOTE || (!isJson && (code === 39 || code === 96))) {
      const end = endOfString(body, at, code);
      const next = afterBlanks(body, end + 1);
      if (body.charCodeAt(next) === COLON)
        key = unescaped(body.slice(at + 1, Math.min(end, at + NAME_MAX)));
      else visitor.text(body.slice(at + 1, end), place());
      at = end + 1;
    } else if (isWord(code)) {
      let end = at + 1;
      while (end < body.length && isWord(body.charCodeAt(end))) end++;
      if (body.charCodeAt(afterBlanks(body, end)) === COLON) key = body.slice(at, end);
      else visitor.word(body.slice(at, end), place());
      at = end;
    } else if (code === 123 || code === 91 || code === 40) {
      if (holders.length >= DEPTH_MAX) below++;
      else {
        const index = counts.at(-1) ?? 0;
        holders.push({ isObject: code === 123, key, index, notes: undefined });
        counts.push(0);
      }
      if (code === 123) key = "";
      at++;
    } else if (code === 125 || code === 93 || code === 41) {
      const holder = below > 0 ? undefined : holders.pop();
      if (below > 0) below--;
      if (holder !== undefined) {
        counts.pop();
        visitor.close(holder, holders);
      }
      key = keyWithin(holders);
      at++;
    } else {
      if (code === COMMA) {
        counts[counts.length - 1] = (counts.at(-1) ?? 0) + 1;
        key = keyWithin(holders);
      }
      at++;
    }
  }
}

function keyWithin(holders: readonly Holder[]): string {
  const last = holders.at(-1);
  return last === undefined || last.isObject ? "" : last.key;
}

function endOfString(body: string, start: number, quote: number): number {
  const sign = String.fromCharCode(quote);
  let end = body.indexOf(sign, start + 1);
  while (end !== -1) {
    let slashes = 0;
    while (body.charCodeAt(end - 1 - slashes) === BACKSLASH && end - 1 - slashes > start) slashes++;
    if (slashes % 2 === 0) return end;
    end = body.indexOf(sign, end + 1);
  }
  return body.length;
}

function afterBlanks(body: string, from: number): number {
  let at = from;
  while (at < body.length && body.charCodeAt(at) <= 32) at++;
  return at;
}

/** Letters, digits, "_", "$" and what is beyond ASCII. */
const isWord = (code: number): boolean =>
  (code >= 48 && code <= 57) ||
  (code >= 65 && code <= 90) ||
  (code >= 97 && code <= 122) ||
  code === 95 ||
  code === 36 ||
  code > 127;

/** One level of escapes undone. */
export function unescaped(text: string): string {
  let slash = text.indexOf("\\");
  if (slash === -1) return text;
  const pieces: string[] = [];
  let from = 0;
  while (slash !== -1) {
    pieces.push(text.slice(from, slash));
    const sign = text[slash + 1] ?? "";
    const digits = sign === "u" ? 4 : sign === "x" ? 2 : 0;
    const code = digits === 0 ? Number.NaN : hexOf(text.slice(slash + 2, slash + 2 + digits));
    from = slash + 2;
    if (Number.isNaN(code)) pieces.push("nrtbf".includes(sign) ? " " : sign);
    else {
      pieces.push(String.fromCharCode(code));
      from += digits;
    }
    slash = text.indexOf("\\", from);
  }
  pieces.push(text.slice(from));
  return pieces.join("");
}

const hexOf = (digits: string): number =>
  /^[\da-f]+$/i.test(digits) ? Number.parseInt(digits, 16) : Number.NaN;
