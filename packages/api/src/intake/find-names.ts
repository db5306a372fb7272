import { cleanDomainName } from "../domain/domain-name.ts";
import { DOT, EDGE, MEANING } from "./edges.ts";

/** A name of a line. `note` tells what was cleaned away; null when nothing was. */
export interface NamedEntry {
  input: string;
  domain: string;
  note: string | null;
}

/** A line, or a part of one, that names no web site, and why. */
export interface RefusedEntry {
  input: string;
  domain: null;
  reason: string;
}

export type ListEntry = NamedEntry | RefusedEntry;

/** Characters of an entry that are kept for showing it back. */
export const INPUT_LENGTH_MAX = 300;
/** A longer text is read in pieces. */
export const PIECE_LENGTH = 16_384;
/** A longer word is no address. */
export const WORD_LENGTH_MAX = 2000;
const PREFIXES_MAX = 3;
/** A word before the address: `Web:mueller.de`, `href=https://…`. A name before a port has a dot. */
const PREFIX = /^(?!(?:mailto|tel|javascript|data|file|about):)[^.:/=@]{1,40}[:=](?!\/\/)(?=.)/i;
const LOOSE_START = /^[*~@!#+&]+(?=[^.])/;
const LOOSE_END = /[!?:*~+&=]{1,40}$/;
const JOINED = /[+&=!~]/;
/** `foo.com/bar.com` without a scheme: two names, unless the second ends as files of web servers do. */
const PAIR = /^([^/?#:]+)\/([^/?#:]+)\/?$/;
const FILE_ENDING = /\.(?:pl|py|sh|do|so|md|zip|mov|ai|ps|rs|app|cc)$/i;
/** Abbreviations of everyday text whose last part is an ending in use. */
const ABBREVIATION =
  /^(?:co\.kg|co\.ltd|co\.llc|pty\.ltd|pvt\.ltd|dr\.med(?:\.[a-z]+)?|dr\.vet|dipl\.ing|prof\.dr\.med)\.?$/i;
/** A sentence that begins without a blank: `…in Bern.It was`. */
const SENTENCE = /\p{Ll}\.\p{Lu}\p{Ll}+$/u;
const HIDDEN_DOT = /\s?[[({](?:\.|dot|punkt)[\])}]\s?/gi;
const CONTROL = /[\u0000-\u001f\u007f-\u009f\ufeff]/;
const NOTHING_HERE = "There is no web address in this line.";
const FOUND = "found in the line";

/** The text as it is shown: without controls and lone surrogates, trimmed, and cut where it is long. */
export function shownInput(text: string): string {
  const trimmed = text.slice(0, INPUT_LENGTH_MAX * 4).trim();
  const plain = (
    CONTROL.test(trimmed)
      ? trimmed.replace(/[\u0000-\u001f\u007f-\u009f\ufeff]+/g, " ").trim()
      : trimmed
  ).toWellFormed();
  return plain.length <= INPUT_LENGTH_MAX ? plain : [...plain].slice(0, INPUT_LENGTH_MAX).join("");
}

/** Whether the text holds a letter or a digit; a short line without any is an ornament. */
export const saysSomething = (text: string): boolean =>
  text !== "" &&
  (text.length > PIECE_LENGTH || /[a-z0-9]/i.test(text) || /[\p{L}\p{N}]/u.test(text));

/** What one line or cell names: each name once, or one entry that says why there is none. */
export function readEntries(text: string): ListEntry[] {
  const input = shownInput(text);
  const names = isOneWord(input) ? readWord(input) : findNames(text);
  if (names.length === 0) return [refuseEntry(text)];
  const [only] = names;
  if (names.length > 1 || only === undefined || only.domain === null) return names;
  if (only.input === input) return [only];
  const marked = input.length - only.input.length;
  const note =
    marked > 0 && saysSomething(input.replace(only.input, "")) ? FOUND : "quotes or marks removed";
  return [{ ...only, input, note: only.note === null ? note : `${note}, ${only.note}` }];
}

/** Most lines are one address and nothing else. One that may have been cut is looked at in whole. */
function isOneWord(input: string): boolean {
  for (let at = 0; at < input.length; at++) {
    if (MEANING[input.charCodeAt(at)] === EDGE) return false;
  }
  return input.length < INPUT_LENGTH_MAX;
}

/** The entry of a text in which no name stands, with the reason that says most. */
export function refuseEntry(text: string): RefusedEntry {
  const input = shownInput(text);
  return { input, domain: null, reason: whyNone(text, input) };
}

function whyNone(text: string, input: string): string {
  if (!/\s/.test(input) || /^(?:https?|ftp):/i.test(input)) {
    const cleaned = cleanDomainName(text.slice(0, WORD_LENGTH_MAX));
    if ("reason" in cleaned) return cleaned.reason;
  }
  return /[^\s@]@[^\s@]+\./.test(input)
    ? "This is an e-mail address, not a web site."
    : NOTHING_HERE;
}

/** The names within a text. Reads every character a bounded number of times. */
export function findNames(written: string): ListEntry[] {
  const text = /[[({](?:\.|dot|punkt)[\])}]/i.test(written)
    ? written.replace(HIDDEN_DOT, ".")
    : written;
  const found = new NameSet();
  const doubtful = new NameSet();
  const broken: RefusedEntry[] = [];
  let pathEnd = -1;
  for (let at = nextDot(text, 0); at >= 0;) {
    const start = wordStart(text, at);
    const end = wordEnd(text, at);
    const word = end - start <= WORD_LENGTH_MAX ? text.slice(start, end) : "";
    at = nextDot(text, end);
    if (word === "" || found.has(word)) continue;
    const names = readWord(word);
    const list = isDoubtful(word, text) ? doubtful : found;
    for (const name of names) list.add(name);
    if (names.length === 0 && start !== pathEnd + 1) broken.push(...brokenName(word));
    if (/[^/]\/[^/]/.test(word)) pathEnd = end;
  }
  if (found.names.length === 0) return doubtful.names;
  return found.names.length > 1 && isBareList(text) ? [...found.names, ...broken] : found.names;
}

const FEW = 8;

/** Names in their order, each once. Most lines have one, for which nothing is set up. */
class NameSet {
  readonly names: NamedEntry[] = [];
  private domains: Set<string> | undefined;

  has(domain: string): boolean {
    return this.domains?.has(domain) ?? this.names.some((name) => name.domain === domain);
  }

  add(name: NamedEntry): void {
    if (this.has(name.domain)) return;
    this.names.push(name);
    if (this.domains !== undefined) this.domains.add(name.domain);
    else if (this.names.length > FEW)
      this.domains = new Set(this.names.map(({ domain }) => domain));
  }
}

function nextDot(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    if (MEANING[text.charCodeAt(at)] === DOT) return at;
  }
  return -1;
}

function wordStart(text: string, dot: number): number {
  let start = dot;
  while (start > 0 && MEANING[text.charCodeAt(start - 1)] !== EDGE) start--;
  return start;
}

function wordEnd(text: string, dot: number): number {
  let end = dot + 1;
  while (end < text.length && MEANING[text.charCodeAt(end)] !== EDGE) end++;
  return end;
}

function readWord(word: string): NamedEntry[] {
  const whole = readName(word);
  if (whole) {
    const pair = PAIR.exec(word);
    const second =
      pair?.[2] === undefined || FILE_ENDING.test(pair[2]) ? undefined : readName(pair[2]);
    return second && pair?.[1] !== undefined
      ? [{ ...whole, input: pair[1], note: null }, second]
      : [whole];
  }
  let rest = word.replace(LOOSE_START, "").replace(LOOSE_END, "");
  for (let prefixes = 0; prefixes < PREFIXES_MAX && PREFIX.test(rest); prefixes++) {
    rest = rest.replace(PREFIX, "");
  }
  if (rest !== word) {
    const name = readName(rest);
    if (name) return [{ ...name, note: name.note ?? "marks removed" }];
  }
  if (rest.includes("/") || rest.includes("@") || !JOINED.test(rest)) return [];
  return rest.split(/[+&=!~]/).flatMap((part) => readName(part) ?? []);
}

function readName(word: string): NamedEntry | undefined {
  const cleaned = cleanDomainName(word);
  if ("reason" in cleaned) return undefined;
  const note = cleaned.changes.length > 0 ? cleaned.changes.join(", ") : null;
  return { input: shownInput(word), domain: cleaned.domain, note };
}

/** In a text of several words; a word alone is what somebody meant to write. */
const isDoubtful = (word: string, text: string): boolean =>
  word.length < text.trim().length && (ABBREVIATION.test(word) || SENTENCE.test(word));

/** A word that was meant to be a name: letters around a dot, and nobody's mailbox. */
function brokenName(word: string): RefusedEntry[] {
  if (word.includes("@") || !/\p{L}[^.]*\.[^.]*\p{L}/u.test(word)) return [];
  const cleaned = cleanDomainName(word);
  return "reason" in cleaned
    ? [{ input: shownInput(word), domain: null, reason: cleaned.reason }]
    : [];
}

/** Single words between separators: what is no name there was meant to be one. */
const isBareList = (text: string): boolean =>
  !/[^\s,;|][^\S\t]+[^\s,;|]/.test(text.replace(/[^\S\t]*[,;|\t][^\S\t]*/g, ","));
