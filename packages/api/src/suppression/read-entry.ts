import { domainToUnicode } from "node:url";
import { cleanDomainName } from "../domain/domain-name.ts";
import { readableName } from "../domain/readable-name.ts";
import { SUPPRESSION_LENGTH_MAX, type SuppressionKind } from "./suppression.contract.ts";
import { hostKey } from "./suppression-keys.ts";

/** What one entry says, once it is read. */
export interface SuppressionEntry {
  kind: SuppressionKind;
  /** What it is looked up by. */
  entry: string;
  shown: string;
}

/**
 * Where a `*` may stand: for all mailboxes of a host, for all hosts below a domain, and for one mailbox wherever it is.
 * What is written in no other way is looked up by exact words (`suppressionKeys`).
 */
const PATTERNS = [
  /^(\*@)(.+)$/,
  /^(\*@\*\.)(.+)$/,
  /^(\*\.)(.+)$/,
  /^([^@]+@)(\*)$/,
  /^([^@]+@\*\.)(.+)$/,
];
const LOCAL = /^[\p{L}\p{N}!#$%&'+/=?^_`{|}~-]+(?:\.[\p{L}\p{N}!#$%&'+/=?^_`{|}~-]+)*$/u;
const LOCAL_LENGTH_MAX = 64;
const LABEL = /^(?!-)[a-z0-9_-]{1,63}(?<!-)$/;

const GRAMMAR =
  "A pattern is one of *@example.com, *@*.example.com, *.example.com, info@* or info@*.example.com.";

/**
 * Reads a domain, an e-mail address or a pattern, as people write them.
 * @returns the entry, or the reason why it is none
 */
export function readEntry(text: string): SuppressionEntry | { reason: string } {
  const written = text.trim().toLowerCase();
  if (written === "") return { reason: "The entry is empty." };
  if (written.length > SUPPRESSION_LENGTH_MAX) {
    return { reason: `An entry has at most ${SUPPRESSION_LENGTH_MAX} characters.` };
  }
  if (written.includes("*")) return readPattern(written);
  if (written.includes("@")) return readEmail(written.replace(/^mailto:/, ""));
  const cleaned = cleanDomainName(written);
  if ("reason" in cleaned) return cleaned;
  return { kind: "domain", entry: cleaned.domain, shown: readableName(cleaned.domain) };
}

function readEmail(written: string): SuppressionEntry | { reason: string } {
  const at = written.lastIndexOf("@");
  const local = written.slice(0, at);
  const host = readHost(written.slice(at + 1));
  if (!isLocal(local) || host === undefined || !host.includes(".")) {
    return { reason: "This is no e-mail address." };
  }
  return { kind: "email", entry: `${local}@${host}`, shown: `${local}@${readableName(host)}` };
}

function readPattern(written: string): SuppressionEntry | { reason: string } {
  for (const pattern of PATTERNS) {
    const [, before = "", rest = ""] = pattern.exec(written) ?? [];
    const at = before.indexOf("@");
    const local = before.slice(0, Math.max(at, 0));
    if (before === "" || (local !== "" && local !== "*" && !isLocal(local))) continue;
    if (local === "*" && rest === "*") continue;
    if (rest === "*" && before.endsWith("@"))
      return { kind: "pattern", entry: written, shown: written };
    const host = readHost(rest);
    if (host === undefined) continue;
    const shown = readableName(host);
    return { kind: "pattern", entry: `${before}${host}`, shown: `${before}${shown}` };
  }
  return { reason: GRAMMAR };
}

const isLocal = (local: string): boolean => local.length <= LOCAL_LENGTH_MAX && LOCAL.test(local);

/** A host, or the ending of many. */
function readHost(written: string): string | undefined {
  const host = hostKey(written);
  return host.split(".").every((label) => LABEL.test(label)) ? host : undefined;
}

/** An address or domain in all the letters that texts may have it in. */
export function spellingsOf(entry: string): string[] {
  const at = entry.lastIndexOf("@");
  const [local, host] = [entry.slice(0, at + 1), entry.slice(at + 1)];
  const readable = domainToUnicode(host) || host;
  const spellings = [`${local}${host}`, `${local}${readable}`];
  // Without a locale the database knows the capitals of a to z only.
  return [...new Set([...spellings, ...spellings.map((spelling) => spelling.toUpperCase())])];
}
