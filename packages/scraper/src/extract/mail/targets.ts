import { decodeHTML } from "entities";
import { asciiHost, isMailDomain } from "./accept.ts";
import { revealCloudflare, revealRot13, revealTypo3 } from "./uncloak.ts";

/** An address that something can be clicked for, with the name that was given with it. */
export interface Target {
  email: string;
  name: string | null;
}

const HREF_MAX = 4_000;
const TARGETS_MAX = 50;

/** "mailto:", and what people write in its place. */
const MAILTO =
  /^\s*(?:(?:https?:)?\/\/)?(?:mailto|malto|mailo|maito|mail-to|mailt0|e-?mail|mail)\s*(?::|%3a)\/{0,2}\s*/i;
/** "/mailto:info@laden.de": somebody's editor took the address for a page. */
const PATHED_MAILTO = /^(?:https?:\/\/[^/\s?#]{1,253})?\/(?:[\w-]{1,40}\/){0,3}mailto:/i;
const CALLED_MAIL = /^\s*tel:(?=[^@\d]{0,64}[a-z][^@]{0,64}@)/i;
const CLOUDFLARE = "/cdn-cgi/l/email-protection#";
const COMPOSE =
  /^https?:\/\/(?:mail\.google\.com|outlook\.(?:live|office|office365)\.com|compose\.mail\.yahoo\.com)\/.*[?&]to=([^&#]+)/i;
const FORM_SERVICE =
  /^https?:\/\/(?:www\.)?(?:formsubmit\.co|formspree\.io|formmail\.com)\/([^/?#]+@[^/?#]+)$/i;
const USER_INFO = /^https?:\/\/([^/@:?#\s]{1,64})@([^/@:?#\s]{4,253})\/?$/i;
const BARE = /^\s*([^\s/@:?#<>"]{1,64}@[^\s/@:?#<>"]{4,253})\s*$/;
const SCRIPT = /^\s*javascript:/i;

/**
 * The mailboxes that a click on this address writes to, and whether it hid them; undefined when it is none of mail.
 * Covers RFC 6068 and its misspellings, Cloudflare, TYPO3, ROT13, and forms that services or browsers send by mail.
 */
export function targetsOf(href: string): { targets: Target[]; encoded: boolean } | undefined {
  if (href.length > HREF_MAX) return undefined;
  const mailto = MAILTO.exec(href) ?? PATHED_MAILTO.exec(href) ?? CALLED_MAIL.exec(href);
  if (mailto !== null) return { targets: readMailto(href.slice(mailto[0].length)), encoded: false };
  const hidden = href.indexOf(CLOUDFLARE);
  if (hidden !== -1) {
    const plain = revealCloudflare(href.slice(hidden + CLOUDFLARE.length));
    return { targets: plain === undefined ? [] : readMailto(plain), encoded: true };
  }
  if (SCRIPT.test(href)) {
    const plain = revealTypo3(href);
    return plain === undefined ? undefined : { targets: readMailto(plain), encoded: true };
  }
  if (/^znvygb:/i.test(href))
    return { targets: readMailto(revealRot13(href).slice(7)), encoded: true };
  const composed = (COMPOSE.exec(href) ?? FORM_SERVICE.exec(href))?.[1];
  if (composed !== undefined) return { targets: readMailto(composed), encoded: false };
  const [, user, host] = USER_INFO.exec(href) ?? [];
  const bare = user === undefined ? BARE.exec(href)?.[1] : `${user}@${host}`;
  if (bare === undefined || !isComplete(bare)) return undefined;
  return { targets: [{ email: bare, name: null }], encoded: false };
}

function isComplete(email: string): boolean {
  const host = asciiHost(email.slice(email.lastIndexOf("@") + 1).toLowerCase());
  return host !== undefined && isMailDomain(host);
}

/** The recipients of what follows "mailto:": before the "?" and in its to, cc and bcc, parted by commas, or semicolons. */
export function readMailto(text: string): Target[] {
  const targets: Target[] = [];
  const mark = text.indexOf("?");
  const path = mark === -1 ? text : text.slice(0, mark);
  const lists = [mark === -1 && path.includes("&") ? path.slice(0, path.indexOf("&")) : path];
  // people write "?" again where "&" is meant
  for (const field of mark === -1 ? [] : text.slice(mark + 1).split(/&amp;|[&?]/, 40)) {
    const [, list] = /^\s*(?:to|cc|bcc)=(.*)$/is.exec(field) ?? [];
    if (list !== undefined) lists.push(list);
  }
  for (const list of lists) {
    // only after parting: an encoded comma belongs to a name
    for (const part of list.split(/[,;]/, TARGETS_MAX)) {
      for (const target of readRecipients(decode(part)))
        if (targets.length < TARGETS_MAX) targets.push(target);
    }
  }
  return targets;
}

/** `anna@laden.de`, `Anna Muster <anna@laden.de>`, and several in spite of the commas being encoded. */
function readRecipients(text: string): Target[] {
  const [, name = "", inner = text] = /^([^<]*)<([^<>]+)>/.exec(text) ?? [];
  const shown = name.replaceAll('"', "").trim();
  const addresses = spelt(inner)
    .replace(/\s*@\s*/g, "@")
    .split(/[\s,;]+/, TARGETS_MAX)
    .map((part) => part.replace(/^mailto:/i, "").replace(/^["'<]+|["'>.]+$/g, ""))
    // what browsers take for a part of the address, mail programs do not
    .map((part) => part.replace(/(@[^#/?&\\]+)[#/?&\\].*$/, "$1"))
    .filter((part) => /^[^\s@]+[@\uff20][^\s@]+$/.test(part));
  return addresses.map((email) => ({
    email,
    name: shown === "" || addresses.length > 1 ? null : shown,
  }));
}

/** With the signs that were written out in an attribute, where they stand for nothing else. */
export const spelt = (text: string): string =>
  text
    .replace(/\s?[[({]\s?(?:at|ät)\s?[\])}]\s?|\/at\/|\(a\)|\sAT\s/gi, "@")
    .replace(/\s?[[({]\s?(?:dot|punkt)\s?[\])}]\s?|\/dot\/|\sDOT\s/gi, ".");

function decode(text: string): string {
  const plain = text.includes("&#") ? decodeHTML(text) : text;
  try {
    const decoded = decodeURIComponent(plain);
    return decoded.includes("%40") ? decodeURIComponent(decoded) : decoded;
  } catch {
    // a stray "%" is part of the text
    return plain.replace(/%40/gi, "@").replace(/%20/g, " ");
  }
}
