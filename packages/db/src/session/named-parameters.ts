import { CACHED_TEXT_MAX } from "./answer.ts";
import { DatabaseError } from "./errors.ts";

/** A statement with `:name` parameters, taken apart once. */
export interface NamedStatement {
  /** The same text with `$1`, `$2`, … */
  text: string;
  /** Name of each positional parameter. */
  names: string[];
}

const CACHE_MAX = 500;
const cache = new Map<string, NamedStatement>();

/** `:name` → `$n`. Casts, strings, quoted names, dollar quotes, comments and array slices are left alone. */
export function parseNamedParameters(sql: string): NamedStatement {
  const known = cache.get(sql);
  if (known) return known;
  const parsed = parse(sql);
  if (sql.length > CACHED_TEXT_MAX) return parsed;
  if (cache.size >= CACHE_MAX) cache.clear();
  cache.set(sql, parsed);
  return parsed;
}

const PARAMETER = /:([A-Za-z_][A-Za-z0-9_]*)/y;
const LINE_END = /[\n\r]/g;
/** A quote on a later line goes on with the string before it, and with its escapes. */
const CONTINUED = /[ \t\f\v]*[\n\r](?:[ \t\f\v\n\r]|--[^\n\r]*[\n\r])*'/y;
const DOLLAR_QUOTE = /\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$/y;

function parse(sql: string): NamedStatement {
  const names: string[] = [];
  let text = "";
  let copied = 0;
  let opaqueEnd = 0;
  for (let at = 0; at < sql.length;) {
    const skipped = skipOpaque(sql, at, opaqueEnd);
    if (skipped > at) {
      at = opaqueEnd = skipped;
      continue;
    }
    if (sql[at] !== ":") {
      at++;
      continue;
    }
    if (sql[at + 1] === ":" || sql[at + 1] === "=") {
      at += 2;
      continue;
    }
    PARAMETER.lastIndex = at;
    const found = PARAMETER.exec(sql);
    if (!found || isSlice(sql, at)) {
      at++;
      continue;
    }
    const name = found[1]!;
    const known = names.indexOf(name);
    text += `${sql.slice(copied, at)}$${known >= 0 ? known + 1 : names.push(name)}`;
    at = copied = PARAMETER.lastIndex;
  }
  return { text: text + sql.slice(copied), names };
}

/** The text with every string, quoted name, dollar quote and comment replaced by a space. */
export function withoutOpaque(sql: string): string {
  let text = "";
  let copied = 0;
  for (let at = 0; at < sql.length;) {
    const end = skipOpaque(sql, at, copied);
    if (end === at) {
      at++;
      continue;
    }
    text += `${sql.slice(copied, at)} `;
    at = copied = end;
  }
  return text + sql.slice(copied);
}

/** In `a[1:n]` the colon follows a value; before a parameter stands an operator, a comma, a bracket or a word and space. */
function isSlice(sql: string, colon: number): boolean {
  const before = sql[colon - 1];
  return before !== undefined && /[\w)\]"'$\u0080-\uffff]/.test(before);
}

/** Position after the string, quoted name, dollar quote or comment that starts here; `at` if none does. */
function skipOpaque(sql: string, at: number, previousEnd: number): number {
  switch (sql[at]) {
    case "'": {
      return skipQuoted(sql, at, "'", /^e$/i.test(nameBefore(sql, previousEnd, at)));
    }
    case '"':
      return skipQuoted(sql, at, '"', false);
    case "-":
      if (sql[at + 1] !== "-") return at;
      LINE_END.lastIndex = at;
      return LINE_END.test(sql) ? LINE_END.lastIndex : sql.length;
    case "/":
      return sql[at + 1] === "*" ? skipComment(sql, at) : at;
    case "$": {
      if (nameBefore(sql, previousEnd, at) !== "") return at;
      DOLLAR_QUOTE.lastIndex = at;
      const tag = DOLLAR_QUOTE.exec(sql)?.[0];
      if (!tag) return at;
      const end = sql.indexOf(tag, at + tag.length);
      return end < 0 ? sql.length : end + tag.length;
    }
    default:
      return at;
  }
}

/** The name or keyword after `from` that ends here: digits and dollars may be in one, but cannot begin it. */
function nameBefore(sql: string, from: number, end: number): string {
  let start = end;
  while (start > from && /[\w\u0080-\uffff$]/.test(sql[start - 1]!)) start--;
  return sql.slice(start, end).replace(/^[\d$]+/, "");
}

function skipQuoted(sql: string, start: number, quote: string, escapes: boolean): number {
  for (let at = start + 1; at < sql.length; at++) {
    if (escapes && sql[at] === "\\") at++;
    else if (sql[at] === quote) {
      if (sql[at + 1] === quote) at++;
      else {
        CONTINUED.lastIndex = at + 1;
        if (!escapes || !CONTINUED.test(sql)) return at + 1;
        at = CONTINUED.lastIndex - 1;
      }
    }
  }
  return sql.length;
}

/** Block comments nest in Postgres. */
function skipComment(sql: string, start: number): number {
  let depth = 0;
  for (let at = start; at < sql.length; at++) {
    if (sql[at] === "/" && sql[at + 1] === "*") {
      depth++;
      at++;
    } else if (sql[at] === "*" && sql[at + 1] === "/") {
      at++;
      if (--depth === 0) return at + 1;
    }
  }
  return sql.length;
}

/**
 * Values in the order of `names`.
 * @throws DatabaseError `misuse` naming what is missing or not used
 */
export function bindNamed(statement: NamedStatement, values: Record<string, unknown>): unknown[] {
  const missing = statement.names.filter((name) => !Object.hasOwn(values, name));
  if (missing.length > 0) {
    throw new DatabaseError("misuse", `the statement needs a value for :${missing.join(", :")}`);
  }
  const unused = Object.keys(values).filter((name) => !statement.names.includes(name));
  if (unused.length > 0) {
    throw new DatabaseError("misuse", `the statement has no parameter :${unused.join(", :")}`);
  }
  return statement.names.map((name) => values[name]);
}
