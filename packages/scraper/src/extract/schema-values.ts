import { decodeHTML } from "entities";

/** A node of JSON-LD. */
export type Node = Record<string, unknown>;

const VALUES_MAX = 50;
const PREFIX = /^(?:https?:\/\/schema\.org\/|(?:schema|sdo|so|s):)/i;

/** A word of schema.org without the ways to say so. */
export const bareName = (name: string): string =>
  name.includes(":") ? name.trim().replace(PREFIX, "") : name;

/** The node with bare keys that begin small; nodes that have none but those are returned as they are. */
export function withBareKeys(node: Node): Node {
  for (const key in node) if (bareKey(key) !== key) return renamed(node);
  return node;
}

/** Of two keys that mean the same the one counts that is written as schema.org has it. */
const renamed = (node: Node): Node =>
  Object.fromEntries(
    Object.entries(node)
      .map(([key, value]): [string, unknown] => [bareKey(key), value])
      .filter(([key, value]) => !Object.hasOwn(node, key) || node[key] === value),
  );

function bareKey(key: string): string {
  const bare = bareName(key);
  const first = bare.charCodeAt(0);
  return first >= 65 && first <= 90 ? bare.charAt(0).toLowerCase() + bare.slice(1) : bare;
}

/** A value that schema.org allows to be one text or several: strings, numbers, `{"@value": …}`, lists of them. */
export function strings(value: unknown): string[] {
  const found: string[] = [];
  gather(value, found, 0);
  return found;
}

function gather(value: unknown, found: string[], depth: number): void {
  if (found.length >= VALUES_MAX || depth > 3) return;
  if (typeof value === "string") found.push(decoded(value));
  else if (typeof value === "number") found.push(String(value));
  else if (Array.isArray(value))
    for (const item of value.slice(0, VALUES_MAX)) gather(item, found, depth + 1);
  else if (value !== null && typeof value === "object") {
    const node = value as Node;
    for (const key of ["@value", "@list", "@set"])
      if (Object.hasOwn(node, key)) gather(node[key], found, depth + 1);
  }
}

/** Systems that write HTML put entities into structured data, too. */
const decoded = (text: string): string =>
  text.includes("&") && text.length < 5_000 ? decodeHTML(text) : text;

const field = (value: unknown, key: string): string | undefined => {
  const node: unknown = Array.isArray(value) ? value[0] : value;
  if (node === null || typeof node !== "object" || !Object.hasOwn(node, key)) return undefined;
  return strings((node as Node)[key])[0];
};
/** Addresses that a value names: texts, and nodes that are known by their `@id` or `url`. */
export const linksOf = (value: unknown): string[] =>
  (Array.isArray(value) ? value.slice(0, VALUES_MAX) : [value]).flatMap((item) => {
    const link = urlOf(item);
    return link === undefined ? strings(item) : [link];
  });
export const nameOf = (value: unknown): string | undefined => field(value, "name");
export const urlOf = (value: unknown): string | undefined =>
  field(value, "url") ?? field(value, "contentUrl") ?? field(value, "@id");
