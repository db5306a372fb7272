import { decodeHTML } from "entities";
import type { EmailHiding } from "@scrapersky/outcome";
import { readBlob } from "./blobs.ts";
import { type Budget, findEmails } from "./find.ts";
import { type ScriptString, scriptStrings } from "./script-strings.ts";
import { readMailto, type Target } from "./targets.ts";
import { revealRot13 } from "./uncloak.ts";

/** An inline script, with its type in lower case and the place in the text at which it stands. */
export interface InlineScript {
  type: string;
  body: string;
  at: number;
}

export interface ScriptFinding {
  email: string;
  hidden: EmailHiding;
}

/** A script that writes an address is short; longer ones hold data. */
const WRITER_MAX = 60_000;
const HINTS = [
  "@",
  "mailto",
  "&#64",
  "\\x40",
  "\\u0040",
  "\\100",
  "%40",
  "(at)",
  "[at]",
  "fromCharCode",
  "znvygb",
  "atob(",
  "DeCrypt",
  "UnCryptMailto",
];

/** Whether it is worth to read a script for addresses: plain search rules most out. */
export const mayHoldMail = (body: string): boolean => HINTS.some((hint) => body.includes(hint));

/** Addresses that a script shows, or holds as data of what it shows. Those that it merely knows are no contacts. */
export function readScript(
  { type, body }: InlineScript,
  siteHost: string,
  budget: Budget,
): ScriptFinding[] {
  const data = isData(type, body);
  if (data || MAIL_FIELD.test(body)) {
    const emails = readBlob(body, siteHost, budget, data ? "all" : "own");
    if (data || emails.length > 0) return emails.map((email) => ({ email, hidden: "data" }));
  }
  if (body.length > WRITER_MAX || (type !== "" && !/javascript|module|ecmascript/.test(type)))
    return [];
  const found: ScriptFinding[] = [];
  const strings = scriptStrings(body);
  const writes = strings.filter(({ to }) => to === "write" || to === "writeln");
  // what is written piece by piece stands together
  if (writes.length > 1)
    strings.push({ value: writes.map(({ value }) => value).join(""), to: "write", built: true });
  for (const string of strings) {
    if (budget.isUsedUp) break;
    for (const email of shown(string, siteHost, budget)) found.push({ email, hidden: "encoded" });
  }
  return found;
}

/** A field of data that has mail in its name: in a script that is no data by itself the site's own addresses count. */
const MAIL_FIELD =
  /(?:"[\w-]{0,30}e-?mail[\w-]{0,30}"|(?<![\w$.-])'?[\w$]{0,30}mail[\w$]{0,30}'?)\s{0,3}:\s{0,3}["'`]/i;

/** Whether a script is data that a framework leaves in the page for its scripts. */
export const isData = (type: string, body: string): boolean =>
  type.includes("json") || isState(body);

const isState = (body: string): boolean =>
  /^\s*(?:(?:window|self)\.)?__[A-Z_]{4,}\w*__\s*=|self\.__next_f\.push\(|^\s*(?:var |let |const )?\w+\s*=\s*(?:JSON\.parse\(|\{\s*["'])|SQUARESPACE_CONTEXT\s*=|__(?:NUXT|INITIAL_STATE|PRELOADED_STATE|APOLLO_STATE|DATA|REMIX\w*|remixContext)__\s*=/.test(
    body.slice(0, 2_000),
  );

/** Ways for a text to the page: writing it, setting what an element holds or links to, cloaks of content systems. */
const SHOWS =
  /^(?:write|writeln|innerHTML|outerHTML|innerText|textContent|insertAdjacentHTML|html|text|append|prepend|before|after|appendChild|createTextNode|href|attr|setAttribute|location|open|assign|addy\w*|DeCryptX|linkTo_UnCryptMailto)$/;
const HAS_ENTITY = /&#(?:0*64|x0*40);|&commat;/i;

function shown({ value, to, built }: ScriptString, siteHost: string, budget: Budget): string[] {
  if (value.length < 6) return [];
  const isTurned = value.includes("znvygb:");
  const isEncoded = isTurned || HAS_ENTITY.test(value);
  const readable = isTurned ? revealRot13(value) : value;
  const plain = readable.includes("&") ? decodeHTML(readable) : readable;
  if (!plain.includes("@") && !/mailto:[^"']*%40/i.test(plain)) return [];
  if (!SHOWS.test(to) && !isEncoded && !built && !/mailto:|<a\s/i.test(plain)) return [];
  // a variable that is put together may hold anything: only an address by itself counts
  if (
    !SHOWS.test(to) &&
    !isEncoded &&
    !/mailto:|<a\s/i.test(plain) &&
    !/^[^\s@<>]+@[^\s@<>]+$/.test(plain)
  )
    return [];
  return emailsInMarkup(plain, siteHost, budget);
}

/** Addresses of a piece of HTML, in its links and its text. */
export function emailsInMarkup(html: string, siteHost: string, budget: Budget): string[] {
  const emails: string[] = [];
  for (const [, target = ""] of html.matchAll(/mailto:([^"'<>\s\\]{3,400})/gi)) {
    if (!budget.take()) return emails;
    emails.push(...readMailto(target).map(({ email }: Target) => email));
  }
  const text = html
    .replace(/<(?![^<>\s]{1,64}@[^<>\s]{1,250}>)[^<>]{0,1000}>/g, " ")
    .replace(/mailto:\S+/gi, " ");
  emails.push(...findEmails(text, siteHost, budget).map(({ email }) => email));
  return emails;
}
