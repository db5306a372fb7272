import { parse } from "tldts";
import { registrableOf } from "../host.ts";
import type { EmailHiding, EmailKind } from "@scrapersky/outcome";
import { CAPS, detach, lineOrNull } from "../text.ts";

const EMAILS_PER_PAGE_MAX = 200;

/** 1 for characters of the part before "@", 2 for those of a host name, 3 for both. */
const KIND = new Uint8Array(128);
for (const character of "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-")
  KIND[character.charCodeAt(0)] = 3;
for (const character of "_+%&'*!#$=?^`{|}~") KIND[character.charCodeAt(0)] = 1;
const AT = "@".charCodeAt(0);
const isLocal = (code: number) => code < 128 && ((KIND[code] as number) & 1) !== 0;
const isHost = (code: number) => code < 128 && ((KIND[code] as number) & 2) !== 0;

/**
 * Addresses in a text, each with its place. Walks outwards from every "@"; neither walk passes another "@", so every
 * character is looked at twice at most, whatever the text.
 */
export function findEmails(text: string): { email: string; start: number; end: number }[] {
  const found: { email: string; start: number; end: number }[] = [];
  for (
    let at = text.indexOf("@");
    at !== -1 && found.length < EMAILS_PER_PAGE_MAX * 2;
    at = text.indexOf("@", at + 1)
  ) {
    // Of a run of them none can be in an address; to jump over it is quicker than to look at each.
    while (text.charCodeAt(at + 1) === AT) at++;
    let start = at;
    while (start > 0 && at - start < 65 && isLocal(text.charCodeAt(start - 1))) start--;
    let end = at + 1;
    while (end < text.length && end - at < 255 && isHost(text.charCodeAt(end))) end++;
    if (start === at || end === at + 1) continue;
    const email = text.slice(start, end);
    found.push({ email, start, end });
  }
  return found;
}

const DROPPED_HOSTS =
  /(?:^|\.)(?:sentry\.io|sentry-next\.wixpress\.com|wixpress\.com|sentry\.wixpress\.com|example\.(?:com|org|net)|domain\.(?:com|tld)|email\.(?:com|tld)|yourdomain\.com|mysite\.com|company\.com|website\.com|yoursite\.com|godaddy\.com|schema\.org|w3\.org|2x\.png)$/;
const FILE_ENDING =
  /\.(?:png|jpe?g|gif|svg|webp|avif|ico|css|js|mjs|json|woff2?|ttf|eot|mp4|webm|pdf|html?|php)$/;
const PLACEHOLDER =
  /^(?:you|your|youremail|your-?email|your\.name|name|user|username|email|someone|john\.?doe|jane\.?doe|test|example|xxx+)$/;

/** The address in lower case when it is one a person could write to, else undefined. */
export function acceptEmail(raw: string, siteHost: string): string | undefined {
  const at = raw.lastIndexOf("@");
  const local = raw.slice(0, at).replace(/^[.'\-*!#$=?^`{|}~/&]+|[.'`]+$/g, "");
  const host = raw
    .slice(at + 1)
    .replace(/^[^a-z0-9]+|[^a-z0-9]+$/gi, "")
    .toLowerCase();
  if (
    local === "" ||
    local.length > 64 ||
    host.length < 4 ||
    host.length > 253 ||
    !host.includes(".")
  )
    return undefined;
  if (local.includes("..") || host.includes("..") || /^[\d.]+$/.test(host)) return undefined;
  const email = `${local.toLowerCase()}@${host}`;
  if (FILE_ENDING.test(host) || DROPPED_HOSTS.test(host)) return undefined;
  if (/^[0-9a-f]{24,}$/.test(local)) return undefined;
  const own = registrableOf(host) === registrableOf(siteHost);
  if (!own && PLACEHOLDER.test(local.toLowerCase())) return undefined;
  if (!own) {
    const { isIcann, isPrivate, domain } = parse(host, { allowPrivateDomains: true });
    if (domain === null || !(isIcann || isPrivate || /\.(?:example|test)$/.test(host)))
      return undefined;
  }
  return detach(email);
}

/** The address of a mailto link; percent-encoding undone, subject and further recipients dropped. */
export function emailOfMailto(href: string): string | undefined {
  const target = href.slice(7, 600).split("?")[0]?.split(/[,;]/)[0] ?? "";
  let decoded = target;
  try {
    decoded = decodeURIComponent(target);
  } catch {
    // a stray "%" is part of the text
  }
  const [first] = findEmails(decoded.trim());
  return first?.email;
}

/** Undoes Cloudflare's hiding of addresses: hex, each byte xor the first one. */
export function revealEmail(code: string): string | undefined {
  if (!/^[0-9a-f]{6,400}$/i.test(code) || code.length % 2 !== 0) return undefined;
  const key = Number.parseInt(code.slice(0, 2), 16);
  let email = "";
  for (let index = 2; index < code.length; index += 2) {
    email += String.fromCharCode(Number.parseInt(code.slice(index, index + 2), 16) ^ key);
  }
  return email.includes("@") ? email : undefined;
}

const FREE =
  /^(?:gmail|googlemail|yahoo|ymail|rocketmail|hotmail|outlook|live|msn|aol|aim|icloud|me|mac|gmx|web|t-online|freenet|mail|email|proton|protonmail|pm|tutanota|tuta|zoho|yandex|comcast|verizon|att|sbcglobal|bellsouth|cox|charter|earthlink|orange|wanadoo|free|laposte|sfr|libero|virgilio|tiscali|alice|btinternet|btopenworld|sky|talktalk|ntlworld|bluewin|bigpond|optusnet|shaw|rogers|sympatico|qq|163|126|sina|naver|daum|hanmail|rediffmail|uol|bol|terra|telefonica|docomo|ezweb|softbank|nifty|fastmail|hushmail|seznam|wp|onet|interia|o2|mail\.ru)\.(?:[a-z]{2,3}|co\.[a-z]{2}|com\.[a-z]{2}|ne\.jp)$/;
const FREE_EXACT = new Set([
  "mail.ru",
  "yandex.ru",
  "bk.ru",
  "list.ru",
  "inbox.ru",
  "yahoo.co.uk",
  "yahoo.co.jp",
  "live.co.uk",
  "hotmail.co.uk",
]);
const SERVICE = new Set(
  "info infos information hello hi hola hallo bonjour ciao contact contacto contatto contato kontakt kontakte support help helpdesk service services customerservice customercare care sales vertrieb ventas office buero büro admin administration administrator team mail email enquiries enquiry inquiries inquiry reception frontdesk booking bookings reservations reservas reservierung orders order pedidos bestellung shop store billing accounts accounting rechnung invoice jobs careers bewerbung karriere hr press presse media marketing webmaster postmaster hostmaster abuse privacy datenschutz legal dpo noreply no-reply donotreply newsletter feedback events wholesale dispatch intake accueil secretariat direction general welcome ask questions quotes estimates appointments schedule scheduling members membership werkstatt verwaltung zentrale post yoyaku toiawase".split(
    " ",
  ),
);

/** Whether anybody gets a mailbox at this host. */
export const isFreeMail = (host: string): boolean => FREE.test(host) || FREE_EXACT.has(host);

/** What kind of mailbox it is, as far as its name tells. */
export function emailKindOf(email: string): EmailKind {
  const local = email.slice(0, email.lastIndexOf("@"));
  return SERVICE.has(local) || SERVICE.has(local.split(/[.+_-]/)[0] ?? "") ? "role" : "other";
}

/** An address on a page. */
export interface EmailFinding {
  email: string;
  hidden: EmailHiding;
  /** Words around it; null where it stands in no text. */
  context: string | null;
}

/** Gathers the addresses of one page, each once, with the words around its first appearance. */
export class EmailCollector {
  readonly #found = new Map<string, EmailFinding>();
  readonly #text: string;
  readonly #siteHost: string;
  /** Whether there were more than are kept. */
  isCut = false;

  constructor(text: string, siteHost: string) {
    this.#text = text;
    this.#siteHost = siteHost;
  }

  add(raw: string | undefined, hidden: EmailHiding, start = -1, end = start): void {
    if (raw === undefined || this.isCut) return;
    const email = acceptEmail(raw, this.#siteHost);
    if (email === undefined) return;
    const known = this.#found.get(email);
    if (known === undefined && this.#found.size >= EMAILS_PER_PAGE_MAX) {
      this.isCut = true;
      return;
    }
    if (known !== undefined && (known.context !== null || start < 0)) return;
    const context = start < 0 ? null : wordsAround(this.#text, start, end);
    this.#found.set(email, { email, hidden: known?.hidden ?? hidden, context });
  }

  list(): EmailFinding[] {
    return [...this.#found.values()];
  }
}

const AROUND = 90;

/** The whole words on both sides of a place in a text. */
function wordsAround(text: string, start: number, end: number): string | null {
  const before = text.slice(Math.max(0, start - AROUND), start);
  const after = text.slice(start, end + AROUND);
  const whole = `${start > AROUND ? before.replace(/^\S*\s/, "") : before}${end + AROUND < text.length ? after.replace(/\s\S*$/, "") : after}`;
  return lineOrNull(whole, CAPS.context);
}
