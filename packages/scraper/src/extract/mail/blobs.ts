import { decodeHTML } from "entities";
import { registrableOf } from "../../host.ts";
import { asciiHost } from "./accept.ts";
import { type Budget, findEmails } from "./find.ts";
import { isUnread } from "./roles.ts";
import { readMailto } from "./targets.ts";
import { findWritten } from "./written.ts";

const BLOB_MAX = 3_000_000;
/** Longer data is not looked through for addresses that are written out. */
const WRITTEN_MAX = 200_000;
/** Around an "@" in data: the text that it stands in. */
const REACH = 300;

/** Names of data fields that hold how to reach somebody. */
const MAIL_KEY =
  /(?:(?:e[-_]?)?mail|contact|kontakt|correo|courriel|replyto|reply_to)[\w-]{0,20}["']?\s*[:,=]\s*(?:\[(?:\d,)?\s*)?\\*["']?[^"']{0,80}$/i;
/** Names of those that hold people who are not the site's: customers, reviewers, authors of software. */
const OTHERS_KEY =
  /(?:review|customer|shopper|comment|maintainer|author|user|client|subscriber|buyer|bugs)[\w-]{0,16}["']?\s*[:,=]/i;

/**
 * Addresses in the data that a framework leaves for its scripts (JSON, or JSON within a literal): those of the site itself,
 * those under a name that says so, and those in a piece of HTML with a mailto link.
 */
export function readBlob(
  body: string,
  siteHost: string,
  budget: Budget,
  whose: "all" | "own" = "all",
): string[] {
  const blob = body.length > BLOB_MAX ? body.slice(0, BLOB_MAX) : body;
  const own = registrableOf(siteHost);
  const emails: string[] = [];
  let last = -1;
  for (const { index } of blob.matchAll(/@|\\u0040|%40|&#64;/g)) {
    if (index < last) continue;
    if (!budget.take()) break;
    const start = Math.max(0, index - REACH);
    const before = unescapeData(blob.slice(start, index));
    const window = before + unescapeData(blob.slice(index, index + REACH));
    for (const { email, start: place, end } of findEmails(window, siteHost, budget)) {
      // each window is read for its own sign only
      if (place > before.length || end < before.length) continue;
      const ahead = window.slice(0, place);
      const host = asciiHost(email.slice(email.lastIndexOf("@") + 1).toLowerCase());
      const isOwn = host !== undefined && registrableOf(host) === own;
      if (!isOwn && (whose === "own" || isUnread(email.slice(0, email.lastIndexOf("@"))))) continue;
      const isLinked = /mailto:[^"'<>\s]{0,10}$/i.test(ahead);
      if (isOwn || isLinked || (MAIL_KEY.test(ahead) && !OTHERS_KEY.test(ahead.slice(-120))))
        emails.push(email);
      last = index + 1;
    }
    const linked =
      whose === "own"
        ? null
        : /mailto:([^"'<>\s\\]{3,300})/i.exec(window.slice(Math.max(0, before.length - 80)));
    if (linked?.[1] !== undefined) emails.push(...readMailto(linked[1]).map(({ email }) => email));
  }
  if (blob.length < WRITTEN_MAX)
    for (const { email } of findWritten(blob, siteHost, budget))
      if (email.toLowerCase().endsWith(`@${own}`)) emails.push(email);
  return emails;
}

/** One or two levels of JSON escapes, percent signs and entities, as they come in data. */
function unescapeData(text: string): string {
  let plain = text;
  if (plain.includes("\\"))
    plain = plain
      .replace(/\\{1,3}u([0-9a-f]{4})/gi, (_, hex: string) =>
        String.fromCharCode(Number.parseInt(hex, 16)),
      )
      .replace(/\\{1,3}[nrt]/g, " ")
      .replace(/\\{1,3}(["'/])/g, "$1");
  if (plain.includes("%40")) plain = plain.replaceAll("%40", "@");
  return plain.includes("&") ? decodeHTML(plain) : plain;
}
