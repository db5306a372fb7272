import { DatabaseError } from "../errors/database-error.ts";
import { TextCache } from "./text-cache.ts";

/** A statement with `:name` parameters, taken apart once. */
export interface NamedStatement {
  /** The same text with `$1`, `$2`, … */
  text: string;
  /** Name of each positional parameter. */
  names: string[];
}

const parsed = new TextCache<NamedStatement>(500);

/** `:name` → `$n`. Casts, strings, quoted names, dollar quotes, comments and array slices are left alone. */
export function parseNamedParameters(sql: string): NamedStatement {
  return parsed.get(sql) ?? parsed.keep(sql, parse(sql));
}

const PARAMETER = /:([A-Za-z_][A-Za-z0-9_]*)/y;
const WORD = /[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*/y;
const LINE_END = /[\n\r]/g;
/** A quote on a later line goes on with the string before it, and with its escapes. */
const CONTINUED = /[ \t\f\v]*[\n\r](?:[ \t\f\v\n\r]|--[^\n\r]*[\n\r])*'/y;
const DOLLAR_QUOTE = /\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$/y;

/** Part of a text, in code units. */
interface Span {
  start: number;
  end: number;
}

/** A `:name` in a text. */
interface Found extends Span {
  name: string;
}

function parse(sql: string): NamedStatement {
  const numbers = new Map<string, number>();
  let text = "";
  let copied = 0;
  for (const { name, start, end } of findParameters(sql)) {
    const known = numbers.get(name);
    const number = known ?? numbers.size + 1;
    if (known === undefined) numbers.set(name, number);
    text += `${sql.slice(copied, start)}$${number}`;
    copied = end;
  }
  return { text: text + sql.slice(copied), names: [...numbers.keys()] };
}

function findParameters(sql: string): Found[] {
  const found: Found[] = [];
  walk(sql, {
    colon(at) {
      if (sql[at + 1] === ":" || sql[at + 1] === "=") return at + 2;
      PARAMETER.lastIndex = at;
      const name = PARAMETER.exec(sql)?.[1];
      if (name !== undefined && !isSlice(sql, at)) {
        found.push({ name, start: at, end: PARAMETER.lastIndex });
      }
      return at + 1;
    },
  });
  return found;
}

/**
 * Where in the text with `:name` parameters stands what has this place in the text with numbers. Both
 * are counted in characters from 1, as the server counts.
 */
export function placeInOriginal(sql: string, names: readonly string[], position: number): number {
  let shift = 0;
  let written = 0;
  const numbers = new Map(names.map((name, at) => [name, `$${at + 1}`]));
  const length = (text: string) => [...text].length;
  let copied = 0;
  for (const { name, start, end } of findParameters(sql)) {
    written += length(sql.slice(copied, start));
    if (position <= written + 1) break;
    const number = numbers.get(name)!.length;
    written += number;
    shift += end - start - number;
    copied = end;
  }
  return position + shift;
}

/** The text with every string, quoted name, dollar quote and comment replaced by what is made of it. */
export function mapOpaque(sql: string, make: (piece: string) => string): string {
  let text = "";
  let copied = 0;
  walk(sql, {
    opaque({ start, end }) {
      text += sql.slice(copied, start) + make(sql.slice(start, end));
      copied = end;
    },
  });
  return text + sql.slice(copied);
}

/** The same with a space for each. */
export const withoutOpaque = (sql: string): string => mapOpaque(sql, () => " ");

interface Visitor {
  /** A string, quoted name, dollar quote or comment. */
  opaque?(span: Span): void;
  /** A colon outside of them; returns where to go on. */
  colon?(at: number): number;
}

/** Goes through SQL once, from its beginning to its end, whatever is in it. */
function walk(sql: string, { opaque, colon }: Visitor): void {
  let escapes = false;
  for (let at = 0; at < sql.length;) {
    WORD.lastIndex = at;
    if (WORD.test(sql)) {
      // Digits and dollars may be in a name or keyword, but cannot begin it.
      escapes = WORD.lastIndex === at + 1 && /e/i.test(sql[at]!);
      at = WORD.lastIndex;
      continue;
    }
    const end = skipOpaque(sql, at, escapes);
    escapes = false;
    if (end > at) {
      opaque?.({ start: at, end });
      at = end;
    } else at = sql[at] === ":" && colon ? colon(at) : at + 1;
  }
}

/** In `a[1:n]` the colon follows a value; before a parameter stands an operator, a comma, a bracket or a word and space. */
function isSlice(sql: string, colon: number): boolean {
  const before = sql[colon - 1];
  return before !== undefined && /[\w)\]"'$\u0080-\uffff]/.test(before);
}

/** Position after the string, quoted name, dollar quote or comment that starts here; `at` if none does. */
function skipOpaque(sql: string, at: number, escapes: boolean): number {
  switch (sql[at]) {
    case "'":
      return skipQuoted(sql, at, "'", escapes);
    case '"':
      return skipQuoted(sql, at, '"', false);
    case "-":
      if (sql[at + 1] !== "-") return at;
      LINE_END.lastIndex = at;
      return LINE_END.test(sql) ? LINE_END.lastIndex : sql.length;
    case "/":
      return sql[at + 1] === "*" ? skipComment(sql, at) : at;
    case "$": {
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
  const { names } = statement;
  const bound = names.map((name) => {
    if (Object.hasOwn(values, name)) return values[name];
    const missing = names.filter((one) => !Object.hasOwn(values, one));
    throw new DatabaseError("misuse", `the statement needs a value for :${missing.join(", :")}`);
  });
  const given = Object.keys(values);
  if (given.length > names.length) {
    const known = new Set(names);
    const unused = given.filter((name) => !known.has(name));
    throw new DatabaseError("misuse", `the statement has no parameter :${unused.join(", :")}`);
  }
  return bound;
}
