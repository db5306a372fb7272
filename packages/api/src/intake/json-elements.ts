import { countLineEnds, SLICE_LENGTH } from "./delimited-rows.ts";
import { scoreHeader } from "./header-words.ts";
import type { Steps } from "./steps.ts";

/** One element of a JSON list. */
export interface JsonElement {
  /** 1-based line it begins on. */
  line: number;
  value: Value;
}

type Value = string | JsonNode;

/** A list or an object; of a list all keys are empty. */
class JsonNode {
  keys: string[] = [];
  readonly values: Value[] = [];
  readonly lines: number[] = [];
  readonly isList: boolean;
  /** A key that waits for its value. */
  key: string | null = null;

  constructor(isList: boolean) {
    this.isList = isList;
  }

  put(value: Value, line: number): void {
    if (!this.isList && this.key === null && typeof value === "string") {
      this.key = value;
      return;
    }
    this.keys.push(this.key ?? "");
    this.values.push(value);
    this.lines.push(line);
    this.key = null;
  }

  elements(): JsonElement[] {
    return this.values.map((value, at) => ({ line: this.lines[at] ?? 0, value }));
  }
}

const DEPTH_MAX = 16;
const BARE = /[^\s,\]}:"[{]+/y;
const STRING_END = /["\\\n\r]/g;
const [NEW_LINE, QUOTE, COMMA, COLON] = [0x0a, 0x22, 0x2c, 0x3a];
const [LIST, LIST_END, OBJECT, OBJECT_END] = [0x5b, 0x5d, 0x7b, 0x7d];

/**
 * The elements of a JSON list, of JSON lines, or of the longest list in a JSON object; undefined for a text that is none.
 * Forgives a comma too much.
 * @param enough elements after which no more are read
 */
export function* jsonElements(text: string, enough: number): Steps<JsonElement[] | undefined> {
  const start = text.search(/[^\s\ufeff]/);
  const first = text.charCodeAt(start);
  if (start < 0 || (first !== LIST && first !== OBJECT)) return undefined;
  const values = yield* readValues(text, start, enough);
  return values?.length === 1 ? elementsOf(values[0]) : values;
}

function* readValues(
  text: string,
  start: number,
  enough: number,
): Steps<JsonElement[] | undefined> {
  const done: JsonElement[] = [];
  const open: { node: JsonNode; line: number }[] = [];
  let line = 1 + countLineEnds(text.slice(0, start));
  let at = start;
  let paused = start;
  let shared: string[] = [];
  while (at < text.length) {
    if (at - paused >= SLICE_LENGTH) {
      paused = at;
      yield undefined;
    }
    const code = text.charCodeAt(at);
    const parent = open.at(-1)?.node;
    if (code === NEW_LINE) {
      // Between JSON lines nothing is left open; a list that is set over lines is one value alone.
      if (done.length > 0 && parent !== undefined) return undefined;
      line++;
      at++;
    } else if (code === COMMA || code === COLON || isBlank(code)) {
      at++;
    } else if (code === LIST || code === OBJECT) {
      if (open.length >= DEPTH_MAX) return undefined;
      open.push({ node: new JsonNode(code === LIST), line });
      at++;
    } else if (code === LIST_END || code === OBJECT_END) {
      const closed = open.pop();
      if (closed?.node.isList !== (code === LIST_END) || closed.node.key !== null) return undefined;
      shared = shareKeys(closed.node, shared);
      const outer = open.at(-1);
      if (outer === undefined) done.push({ line: closed.line, value: closed.node });
      else outer.node.put(closed.node, closed.line);
      at++;
      if (done.length >= enough) return done;
      if (open.length === 1 && outer !== undefined && outer.node.values.length >= enough)
        return [...done, { line: outer.line, value: outer.node }];
    } else {
      const scalar = code === QUOTE ? readString(text, at) : readBare(text, at);
      if (scalar === undefined || parent === undefined) return undefined;
      parent.put(scalar.value, line);
      ({ at } = scalar);
    }
  }
  return open.length === 0 ? done : undefined;
}

/** Objects of a list mostly have the same keys: they are kept once. */
function shareKeys(node: JsonNode, known: string[]): string[] {
  const isSame =
    node.keys.length === known.length && node.keys.every((key, at) => key === known[at]);
  if (isSame) node.keys = known;
  return node.isList ? known : node.keys;
}

const isBlank = (code: number): boolean =>
  code === 0x20 || (code >= 0x09 && code <= 0x0d) || code === 0xa0 || code === 0xfeff;

function readString(text: string, start: number): { value: string; at: number } | undefined {
  const close = text.indexOf('"', start + 1);
  if (close < 0) return undefined;
  const plain = text.slice(start + 1, close);
  return plain.includes("\\") || plain.includes("\n")
    ? readEscapedString(text, start)
    : { value: plain, at: close + 1 };
}

function readEscapedString(text: string, start: number): { value: string; at: number } | undefined {
  STRING_END.lastIndex = start + 1;
  let isEscaped = false;
  for (let end = STRING_END.exec(text); end; end = STRING_END.exec(text)) {
    if (end[0] === "\\") {
      isEscaped = true;
      STRING_END.lastIndex = end.index + 2;
    } else if (end[0] === '"') {
      const value = isEscaped
        ? unescape(text.slice(start, end.index + 1))
        : text.slice(start + 1, end.index);
      return value === undefined ? undefined : { value, at: end.index + 1 };
    } else return undefined;
  }
  return undefined;
}

function unescape(quoted: string): string | undefined {
  try {
    const value: unknown = JSON.parse(quoted);
    return typeof value === "string" ? value : undefined;
  } catch {
    return undefined;
  }
}

function readBare(text: string, start: number): { value: string; at: number } | undefined {
  BARE.lastIndex = start;
  const found = BARE.exec(text)?.[0] ?? "";
  if (!/^(?:-?\d[\d.eE+-]{0,40}|true|false|null|NaN)$/.test(found)) return undefined;
  return { value: found === "null" ? "" : found, at: start + found.length };
}

/** A list's elements; of an object those of its longest list, or else the object itself. */
function elementsOf(top: JsonElement | undefined): JsonElement[] {
  if (top === undefined || typeof top.value === "string") return top ? [top] : [];
  const { isList, keys, values, lines } = top.value;
  if (isList) return top.value.elements();
  const isBare = values.every((value) => typeof value !== "string");
  let longest: JsonElement | undefined;
  let most = 0;
  for (const [at, value] of values.entries()) {
    if (typeof value === "string" || !value.isList) continue;
    const ofThings = value.values.some((inner) => typeof inner !== "string");
    const isNamed = ofThings || isBare || scoreHeader(keys[at] ?? "") > 1;
    if (!isNamed || value.values.length <= most) continue;
    longest = { line: lines[at] ?? 0, value };
    most = value.values.length;
  }
  return longest === undefined ? [top] : elementsOf(longest);
}

/** What a column without a name is called. */
export const columnName = (index: number): string => `Column ${index + 1}`;

/** Gives each text of an element with the path of its keys: empty for an element that is a text. */
export function visitTexts(element: Value, take: (path: string, text: string) => void): void {
  const visit = (path: string, value: Value): void => {
    if (typeof value === "string") {
      take(path, value);
      return;
    }
    const { isList, keys, values } = value;
    for (let at = 0; at < values.length; at++) {
      const key = isList && value === element ? columnName(at) : (keys[at] ?? "");
      visit(path === "" || key === "" ? path + key : `${path}.${key}`, values[at] ?? "");
    }
  };
  visit("", element);
}
