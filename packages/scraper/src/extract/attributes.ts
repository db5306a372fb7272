/** The attributes that carry facts, each with a slot of its own: one lookup per attribute and no object per tag. */
export const SLOT = {
  href: 0,
  src: 1,
  content: 2,
  name: 3,
  property: 4,
  rel: 5,
  type: 6,
  class: 7,
  id: 8,
  lang: 9,
  alt: 10,
  hreflang: 11,
  itemprop: 12,
  "http-equiv": 13,
  "data-cfemail": 14,
  "aria-labelledby": 15,
  "data-src": 16,
  action: 17,
  role: 18,
  datetime: 19,
} as const;

export const SLOTS = 20;

const byName = new Map<string, number>(Object.entries(SLOT));

/** The slot of an attribute, or -1 when it carries no fact. */
export function slotOf(name: string): number {
  const slot = byName.get(name);
  if (slot !== undefined) return slot;
  const first = name.charCodeAt(0);
  return first >= 65 && first <= 90 ? (byName.get(name.toLowerCase()) ?? -1) : -1;
}
