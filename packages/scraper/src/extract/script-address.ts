const ADDRESS_MAX = 1_000;
/** A tag's own attributes are looked for this far before an address. */
const TAG_REACH = 200;
const LOADS = /^<\s{0,3}(?:script|iframe|img|link|form|a|embed)\b/i;

/**
 * The address in a string whose two slashes are at `slash` and `second`, and where it ends. Only one that the string begins
 * with, or a value of a tag or of JSON within the string, is used as an address; in the middle of a sentence it is talk.
 */
export function addressIn(
  body: string,
  stringStart: number,
  slash: number,
  second: number,
): { address: string | undefined; end: number } {
  let end = second + 1;
  const endMax = Math.min(body.length, end + ADDRESS_MAX);
  for (; end < endMax; end++) {
    const code = body.charCodeAt(end);
    if (code === 92) {
      // "\/" is a slash; any other escape ends the address
      let after = end + 1;
      while (body.charCodeAt(after) === 92) after++;
      if (body.charCodeAt(after) !== 47) break;
      end = after;
    } else if (code <= 32 || STOPS.has(code)) break;
  }
  const scheme = /https?:$/i.exec(body.slice(Math.max(stringStart, slash - 6), slash))?.[0] ?? "";
  const begin = slash - scheme.length;
  if (!isUsed(body, stringStart, begin, end)) return { address: undefined, end };
  const rest = body.slice(second + 1, end).replaceAll("\\", "");
  return {
    address: rest === "" ? undefined : `${scheme === "" ? "https:" : scheme}//${rest}`,
    end,
  };
}

/** Quotes and angle brackets. */
const STOPS = new Set(['"', "'", "`", "<", ">"].map((character) => character.charCodeAt(0)));

function isUsed(body: string, stringStart: number, begin: number, end: number): boolean {
  let at = begin - 1;
  while (at >= stringStart && body.charCodeAt(at) === 32) at--;
  // a string that goes on behind a blank or a tag is a text
  const isAlone = body.charCodeAt(end) !== 32 && body[end] !== "<";
  if (at < stringStart) return isAlone;
  let before = body[at];
  if (before === '"' || before === "'") {
    at--;
    while (at >= stringStart && body[at] === "\\") at--;
    if (at < stringStart) return isAlone;
    before = body[at];
    if (before === ":" || before === "," || before === "[") return isAlone;
  }
  if (before !== "=") return false;
  const stretch = body.slice(Math.max(stringStart, at - TAG_REACH), at);
  const tag = stretch.lastIndexOf("<");
  const escaped = Math.max(stretch.lastIndexOf("&lt;"), stretch.lastIndexOf("\\u0026lt;"));
  if (tag !== -1 && tag > escaped) return LOADS.test(stretch.slice(tag));
  const coded = /\\u003c(script|iframe|img|link|form|a|embed)\b[^<]*$/i.exec(stretch);
  return coded !== null && coded.index > escaped;
}
