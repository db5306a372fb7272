import type { TextMarks } from "../text-marks.ts";
import { registrableOf } from "../../host.ts";
import { INVISIBLE, JOINT, kindOf, LETTER, LOCAL, NONE, OTHER_SCRIPT } from "./characters.ts";
import { isFrontRole, isRole } from "./roles.ts";
import { trimHost, trimLocal } from "./trim.ts";

/** An address as it stands in a text, between two of its places. */
export interface Sighting {
  email: string;
  start: number;
  end: number;
}

/** How many places of one page are looked at closely, whatever it holds. */
export class Budget {
  #left: number;
  constructor(places: number) {
    this.#left = places;
  }

  /** False once all are used up. */
  take(): boolean {
    return this.#left-- > 0;
  }

  get isUsedUp(): boolean {
    return this.#left < 0;
  }
}

export const PLACES_MAX = 2_000;
const LOCAL_REACH = 100;
const HOST_REACH = 270;
const AT_SIGNS = ["@", "\uff20", "\ufe6b"] as const;
const isAt = (code: number): boolean => code === 0x40 || code === 0xff20 || code === 0xfe6b;

/** Places of "@" in any width, ascending; of a run of them the last. Plain search: most texts have a handful of one width. */
export function* atPlaces(text: string): Generator<number> {
  const nexts = AT_SIGNS.map((sign) => ({ sign, at: text.indexOf(sign) })).filter(
    ({ at }) => at !== -1,
  );
  for (let passed = -1; ;) {
    let place = text.length;
    for (const next of nexts) {
      if (next.at !== -1 && next.at <= passed) next.at = text.indexOf(next.sign, passed + 1);
      if (next.at !== -1 && next.at < place) place = next.at;
    }
    if (place === text.length) return;
    while (isAt(text.charCodeAt(place + 1))) place++;
    yield place;
    passed = place;
  }
}

/**
 * Addresses in a text, each with its place. Walks outwards from every "@"; neither walk passes another one, and both are
 * bounded, so the time is linear whatever the text. Edges of elements, where they are known, part words.
 */
export function findEmails(
  text: string,
  siteHost: string,
  budget: Budget = new Budget(PLACES_MAX),
  marks?: TextMarks,
): Sighting[] {
  const found: Sighting[] = [];
  for (const index of atPlaces(text)) {
    // of a run of them none can be in an address
    if (isAt(text.charCodeAt(index - 1))) continue;
    if (!budget.take()) break;
    const sighting = readAround(text, index, siteHost, marks) ?? readApart(text, index, siteHost);
    if (sighting !== undefined) found.push(sighting);
  }
  return found;
}

function readAround(
  text: string,
  at: number,
  siteHost: string,
  marks: TextMarks | undefined,
): Sighting | undefined {
  const reach = { start: localStart(text, at), end: hostEnd(text, at) };
  if (reach.start === at || reach.end === at + 1) return undefined;
  for (const { start, ends } of readings(at, reach, marks)) {
    const local = trimLocal(text.slice(start, at));
    if (local === "") continue;
    let best: { host: string; end: number } | undefined;
    for (const end of ends) {
      const host = trimHost(text.slice(at + 1, end), siteHost);
      if (host !== undefined) best = { host, end };
      // "laden.co" and ".uk" in two elements are one name
      if (best !== undefined && text[end] !== ".") break;
    }
    if (best === undefined) continue;
    const from = Math.max(start, at - local.length);
    const to = Math.min(best.end, at + 1 + best.host.length);
    if (isNoMailbox(text, from, to)) return undefined;
    return { email: `${local}@${best.host}`, start: from, end: to };
  }
  return undefined;
}

function localStart(text: string, at: number): number {
  let start = at;
  while (start > 0 && at - start < LOCAL_REACH) {
    const kind = kindOf(text.charCodeAt(start - 1));
    if (kind === NONE || kind === OTHER_SCRIPT) break;
    start--;
  }
  return start;
}

/** A label is of one script: where Latin letters meet others, a sentence goes on. */
function hostEnd(text: string, at: number): number {
  let end = at + 1;
  let script = NONE;
  for (; end < text.length && end - at < HOST_REACH; end++) {
    const code = text.charCodeAt(end);
    const kind = kindOf(code);
    if (kind === NONE || kind === LOCAL) break;
    if (kind === JOINT) {
      if (code !== 0x2d) script = NONE;
    } else if (kind !== INVISIBLE && (code < 0x30 || code > 0x39)) {
      if (script !== NONE && script !== kind) break;
      script = kind === LETTER ? LETTER : OTHER_SCRIPT;
    }
  }
  return end;
}

/**
 * Where an address may begin, and where it may end, the likeliest first: a link's edges always part it from what stands
 * beside, other edges only when the piece between them is whole.
 */
function readings(
  at: number,
  reach: { start: number; end: number },
  marks: TextMarks | undefined,
): { start: number; ends: number[] }[] {
  const edges = marks?.edgesWithin(reach.start, reach.end) ?? [];
  if (edges.length === 0) return [{ start: reach.start, ends: [reach.end] }];
  const links = edges.filter(({ isLink }) => isLink).map(({ place }) => place);
  const start = links.findLast((place) => place <= at) ?? reach.start;
  // editors make a link of the host alone
  const end = links.find((place) => place > at + 1) ?? reach.end;
  const inner = edges.map(({ place }) => place).filter((place) => place > start && place < end);
  const own = inner.findLast((place) => place <= at) ?? start;
  return [
    {
      start: own === at ? start : own,
      ends: [...inner.filter((place) => place > at + 1), end],
    },
  ];
}

const SCHEME_BEFORE =
  /(?:\b(?:acct|sips?|xmpp|jabber|skype|live|im|matrix|ssh|scp|message-id):\s?<?|\b(?:ssh|scp|sftp|rsync)\s+(?:-\w+\s+)?|:\/\/[^\s/@]*)$/i;
const PATH_BEHIND = /^:(?:\/(?!\/)|~[$#/]|[\w.~-]+\/)/;

/** Names of accounts and programs that look like addresses: @anna@server, acct:, user:word@host, git@host:path/. */
function isNoMailbox(text: string, start: number, end: number): boolean {
  if (start > 0 && text[start - 1] === "@") return true;
  return (
    SCHEME_BEFORE.test(text.slice(Math.max(0, start - 60), start)) ||
    PATH_BEHIND.test(text.slice(end, end + 40))
  );
}

const BEFORE = /([^\s@<>()[\]{}"',;:|/]{1,64})([ \u00a0]{0,2})$/;
const BEHIND = /^([ \u00a0]{0,2})([^\s@<>()[\]{}"',;:|/]{4,200})/;
/** What is written before an address, at the end of a line. */
export const MAIL_LABEL =
  /(?:e-?mails?|mail|e-?post|correo(?: electr[oó]nico)?|courriel|mél|posta elettronica|メール(?:アドレス)?|メアド|[✉📧📩📨])(?:[ -]?(?:address|adresse|adress|adres))?\s{0,3}[:：.]?\s{0,3}$/iu;

/** "info @ laden.de": believed after a label, or where nothing else could be meant, as blanks also part words. */
function readApart(text: string, at: number, siteHost: string): Sighting | undefined {
  const before = BEFORE.exec(text.slice(Math.max(0, at - 66), at));
  const behind = BEHIND.exec(text.slice(at + 1, at + 1 + HOST_REACH));
  if (before === null || behind === null || `${before[2]}${behind[1]}` === "") return undefined;
  const local = trimLocal(before[1] as string).toLowerCase();
  const host = trimHost(behind[2] as string, siteHost);
  if (local === "" || host === undefined) return undefined;
  const start = at - before[0].length;
  const end = at + 1 + behind[0].length;
  const window = text.slice(Math.max(0, start - 60), start);
  const ahead = window.slice(window.lastIndexOf("\n") + 1);
  const isLine = ahead.trim() === "" && /^\s*(?:\n|$)/.test(text.slice(end, end + 3));
  const own = registrableOf(host.toLowerCase()) === registrableOf(siteHost);
  const isMeant =
    MAIL_LABEL.test(ahead) ||
    (isLine && behind[1] !== "" && (isRole(local) || own || local.includes("."))) ||
    (behind[1] !== "" && own && isFrontRole(local));
  return isMeant ? { email: `${local}@${host}`, start, end } : undefined;
}
