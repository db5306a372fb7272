/** A node of JSON-LD. */
export type Node = Record<string, unknown>;

/** A value that schema.org allows to be one string or several. */
export function strings(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return Array.isArray(value)
    ? value.filter((item): item is string => typeof item === "string").slice(0, 50)
    : [];
}

const field = (value: unknown, key: string): string | undefined => {
  const node: unknown = Array.isArray(value) ? value[0] : value;
  if (node === null || typeof node !== "object" || !Object.hasOwn(node, key)) return undefined;
  const found = (node as Node)[key];
  return typeof found === "string" ? found : undefined;
};
export const nameOf = (value: unknown): string | undefined => field(value, "name");
export const urlOf = (value: unknown): string | undefined =>
  field(value, "url") ?? field(value, "contentUrl") ?? field(value, "@id");
