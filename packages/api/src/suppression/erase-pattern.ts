import { spellingsOf, type SuppressionEntry } from "./read-entry.ts";

/** What stands where an erased address or domain stood. */
export const ERASED = "[erased]";

/** What may stand before an address, in a text and in JSON as text: there a letter follows the escape of a line's end. */
const BEFORE = {
  text: String.raw`(?<=^|[^[:alnum:]._%+-]|%[0-9a-f]{2})`,
  json: String.raw`(?<=^|[^[:alnum:]._%+\\-]|\\[bfnrt\\]|%[0-9a-f]{2})`,
};
const AFTER = String.raw`(?![[:alnum:]_-]|\.[[:alnum:]])`;
/** `@`, and what addresses are written with instead. */
const AT = String.raw`(@|%40|&#0*64;|\s*[(\[{]\s*at\s*[)\]}]\s*)`;
const MAILBOX = String.raw`([[:alnum:]._%+-]+${AT})?`;
const SCHEME = String.raw`((https?:)?//)?`;
const REST = String.raw`(:[0-9]+)?([/?#][^[:space:]"'<>\\]*)?`;

const escaped = (text: string): string => text.replace(/[^\p{L}\p{N}]/gu, String.raw`\$&`);

/**
 * Regular expressions of Postgres, for case-insensitive matching, that find an erased address in texts and in JSON; of a
 * domain also its hosts, mailboxes and pages.
 */
export interface ErasePatterns {
  text: string;
  json: string;
  /** For LIKE, in lower case: whatever they find fits one of these. A twentieth of their price, they are asked first. */
  likely: string[];
}

export function erasePatterns(entry: Pick<SuppressionEntry, "kind" | "entry">): ErasePatterns {
  const found = entry.kind === "domain" ? hostPattern(entry.entry) : emailPattern(entry.entry);
  return {
    text: `${BEFORE.text}${found}`,
    json: `${BEFORE.json}${found}`,
    likely: likely(entry.entry),
  };
}

/** The host as it is written in each script; of letters that the database may not know the capitals of, what is between them. */
function likely(entry: string): string[] {
  const hosts = spellingsOf(entry.slice(entry.lastIndexOf("@") + 1));
  const plain = hosts.map((host) => {
    const runs = host.match(/[\x21-\x7e]+/g) ?? [];
    return runs.toSorted((one, other) => other.length - one.length)[0] ?? host;
  });
  return [...new Set(plain.map((run) => `%${run.toLowerCase()}%`))];
}

const hostPattern = (domain: string): string =>
  `${SCHEME}${MAILBOX}([[:alnum:]_-]+\\.)*(${spellingsOf(domain).map(escaped).join("|")})${AFTER}${REST}`;

function emailPattern(email: string): string {
  const written = spellingsOf(email).map((spelling) => {
    const at = spelling.lastIndexOf("@");
    return `${escaped(spelling.slice(0, at))}${AT}${escaped(spelling.slice(at + 1))}`;
  });
  return `(${written.join("|")})${AFTER}`;
}
