/** The longest a derived slug gets; those given by hand may have 63 characters. */
const DERIVED_LENGTH_MAX = 40;

/** Letters that are no accented form of another one, as they are spelt without. */
const SPELT: Record<string, string> = {
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ø: "o",
  ł: "l",
  đ: "d",
  ð: "d",
  þ: "th",
  ı: "i",
};

const SLUG = /^[a-z0-9][a-z0-9-]{0,62}$/;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Whether a text may name a tenant in addresses. What looks like an id would be taken for one. */
export const isSlug = (text: string): boolean => SLUG.test(text) && !UUID.test(text);

/** A slug made of a name: `Müller & Söhne` gives `muller-sohne`, a name without a Latin letter `tenant`. */
export function slugOf(name: string): string {
  const words = name
    .toLowerCase()
    .replace(/[ßæœøłđðþı]/g, (letter) => SPELT[letter] ?? "")
    .normalize("NFKD")
    .replace(/[\u0300-\u036f'’]/g, "")
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+/, "")
    .slice(0, DERIVED_LENGTH_MAX)
    .replace(/-+$/, "");
  return isSlug(words) ? words : "tenant";
}

/** The first of `base`, `base-2`, `base-3` … that is free. */
export function freeSlug(base: string, taken: ReadonlySet<string>): string {
  for (let place = 1; ; place++) {
    const slug = place === 1 ? base : `${base}-${place}`;
    if (!taken.has(slug)) return slug;
  }
}
