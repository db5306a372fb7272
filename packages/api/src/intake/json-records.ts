import { SLICE_LENGTH } from "./delimited-rows.ts";
import { scoreHeader } from "./header-words.ts";
import type { Steps } from "./steps.ts";

/** One element of a JSON list: its cells by the path of their keys, `""` for a value without a key. */
export interface JsonRecord {
  line: number;
  cells: Map<string, string>;
}

type Value = string | JsonNode;
interface JsonNode {
  line: number;
  isList: boolean;
  entries: { key: string; value: Value; line: number }[];
  /** A key that waits for its value. */
  key: string | null;
}

const DEPTH_MAX = 16;
const BARE = /[^\s,\]}:"[{]+/y;
const STRING_END = /["\\\n\r]/g;

/**
 * The elements of a JSON list, of JSON lines, or of the longest list in a JSON object; undefined for a text that is none.
 * Forgives a comma too much.
 */
export function* jsonRecords(
  text: string,
): Steps<{ records: JsonRecord[]; isLines: boolean } | undefined> {
  const start = text.search(/[^\s\ufeff]/);
  if (start < 0 || !/[[{]/.test(text.charAt(start))) return undefined;
  const values = yield* readValues(text, start);
  if (values === undefined) return undefined;
  const elements = values.length === 1 ? elementsOf(values[0]) : values;
  const records = elements.map(({ line, value }) => ({ line, cells: flatten(value) }));
  return { records, isLines: values.length > 1 };
}

interface Element {
  line: number;
  value: Value;
}

function* readValues(text: string, start: number): Steps<Element[] | undefined> {
  const done: Element[] = [];
  const open: JsonNode[] = [];
  let line = 1 + lineEndsBetween(text, 0, start);
  let at = start;
  let paused = start;
  while (at < text.length) {
    if (at - paused >= SLICE_LENGTH) {
      paused = at;
      yield undefined;
    }
    const character = text.charAt(at);
    const parent = open.at(-1);
    if (character === "\n") {
      // Between JSON lines nothing is left open; a list that is set over lines is one value alone.
      if (done.length > 0 && parent !== undefined) return undefined;
      line++;
      at++;
    } else if (
      character === "," ||
      character === ":" ||
      character === " " ||
      /\s/.test(character)
    ) {
      at++;
    } else if (character === "[" || character === "{") {
      if (open.length >= DEPTH_MAX) return undefined;
      open.push({ line, isList: character === "[", entries: [], key: null });
      at++;
    } else if (character === "]" || character === "}") {
      const node = open.pop();
      if (node === undefined || node.isList !== (character === "]") || node.key !== null)
        return undefined;
      if (!put(open.at(-1), node, node.line)) done.push({ line: node.line, value: node });
      at++;
    } else {
      const scalar = character === '"' ? readString(text, at) : readBare(text, at);
      if (scalar === undefined || parent === undefined) return undefined;
      put(parent, scalar.value, line);
      ({ at } = scalar);
    }
  }
  return open.length === 0 ? done : undefined;
}

/** Gives a value to the list or object that holds it; false when none does. */
function put(parent: JsonNode | undefined, value: Value, line: number): boolean {
  if (parent === undefined) return false;
  if (!parent.isList && parent.key === null && typeof value === "string") parent.key = value;
  else {
    parent.entries.push({ key: parent.key ?? "", value, line });
    parent.key = null;
  }
  return true;
}

function readString(text: string, start: number): { value: string; at: number } | undefined {
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
function elementsOf(top: Element | undefined): Element[] {
  if (top === undefined || typeof top.value === "string") return top ? [top] : [];
  const { isList, entries } = top.value;
  if (isList) return entries;
  const isBare = entries.every(({ value }) => typeof value !== "string");
  let longest: Element | undefined;
  let most = 0;
  for (const entry of entries) {
    if (typeof entry.value === "string" || !entry.value.isList) continue;
    const inner = entry.value.entries;
    const ofThings = inner.some(({ value }) => typeof value !== "string");
    if (inner.length > most && (ofThings || isBare || scoreHeader(entry.key) > 1)) {
      longest = entry;
      most = inner.length;
    }
  }
  return longest === undefined ? [top] : elementsOf(longest);
}

function flatten(value: Value): Map<string, string> {
  const cells = new Map<string, string>();
  const visit = (path: string, inner: Value): void => {
    if (typeof inner === "string") {
      const before = cells.get(path);
      cells.set(path, before === undefined ? inner : `${before}, ${inner}`);
      return;
    }
    for (const entry of inner.entries) visit(joinPath(path, entry.key), entry.value);
  };
  if (typeof value !== "string" && value.isList)
    value.entries.forEach((entry, index) => visit(columnName(index), entry.value));
  else visit("", value);
  return cells;
}

/** What a column without a name is called. */
export const columnName = (index: number): string => `Column ${index + 1}`;

const joinPath = (path: string, key: string): string =>
  path === "" || key === "" ? path + key : `${path}.${key}`;

function lineEndsBetween(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = from; at < to; at++) if (text.charAt(at) === "\n") count++;
  return count;
}
