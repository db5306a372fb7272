/** Strings that may leave the scraper: no NUL, well-formed, capped, and free of the page they were cut from. */

/**
 * V8 keeps the whole page alive behind a substring of it. Gluing and cutting makes a string of its own, so that a title
 * of 60 characters does not hold 50 kB.
 */
export const detach = (text: string): string => (text.length < 13 ? text : ` ${text}`.slice(1));

const NARROW_MAX = 1_024;
const narrowed = Buffer.allocUnsafeSlow(NARROW_MAX);

/**
 * V8 keeps what is cut from a page in two bytes a character when the page has any character that needs them, and makes
 * each regular expression anew for such texts; short ones that need one byte are given it here.
 */
export function narrow(text: string): string {
  if (text.length > NARROW_MAX) return text;
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 0xff) return text;
  return narrowed.toString("latin1", 0, narrowed.write(text, "latin1"));
}

const UNWANTED = /[\s\u0000-\u001f\u007f]+/g;

/** One line of text: white space folded, NUL and control characters gone, at most `max` UTF-16 units, never half a pair. */
export function line(text: string, max: number): string {
  // fold only a stretch that can matter, so that a title of a megabyte costs no more than its cap
  const folded = text
    .slice(0, max * 4)
    .replace(UNWANTED, " ")
    .trim();
  return detach(cap(folded, max));
}

/** `line`, or null when nothing is left. */
export const lineOrNull = (text: string | undefined | null, max: number): string | null => {
  if (text === undefined || text === null) return null;
  const result = line(text, max);
  return result === "" ? null : result;
};

/** Text over several lines (robots.txt): only NUL and lone surrogates go. */
export const block = (text: string, max: number): string =>
  detach(cap(text.replaceAll("\u0000", ""), max));

function cap(text: string, max: number): string {
  if (text.length <= max) return text.toWellFormed();
  const last = text.charCodeAt(max - 1);
  const end = last >= 0xd800 && last <= 0xdbff ? max - 1 : max;
  return text.slice(0, end).toWellFormed();
}

/** How long each kind of text may be, in UTF-16 units. */
export const CAPS = {
  title: 500,
  description: 1_000,
  heading: 500,
  url: 2_000,
  short: 120,
  address: 250,
  context: 200,
  robots: 100_000,
} as const;
