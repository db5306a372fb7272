import type { EmailHiding } from "@scrapersky/outcome";
import { CAPS, lineOrNull } from "../../text.ts";
import type { Findings } from "../findings.ts";
import type { StructuredPerson } from "../json-ld.ts";
import type { Range } from "../text-marks.ts";
import { isWriter } from "../writers.ts";
import { acceptEmail } from "./accept.ts";
import { Budget, findEmails, PLACES_MAX, type Sighting } from "./find.ts";
import { fits, type Named, personBeside } from "./person.ts";
import { isRole } from "./roles.ts";
import { readScript } from "./scripts.ts";
import { findSigned, findWritten } from "./written.ts";

/** An address on a page. */
export interface EmailFinding {
  email: string;
  hidden: EmailHiding;
  /** Words around it; null where it stands in no text. */
  context: string | null;
  person: Named | null;
}

const EMAILS_PER_PAGE_MAX = 200;
/** To read the words around an address costs more than all else about it. */
const PERSONS_LOOKED_FOR_MAX = 120;
const SCRIPT_CHARS_MAX = 150_000;
const HIDDEN_REACH = { before: 100, behind: 270 };

/** Least hidden first. */
const HIDINGS: readonly EmailHiding[] = ["plain", "mailto", "encoded", "written", "data"];
export const lessHidden = (one: EmailHiding, other: EmailHiding): EmailHiding =>
  HIDINGS.indexOf(one) <= HIDINGS.indexOf(other) ? one : other;

/** The addresses of one page, each once, in all the ways that a visitor can read or click them. */
export function collectEmails(
  scan: Findings,
  structured: { values: readonly string[]; people: readonly StructuredPerson[] },
  siteHost: string,
): { emails: EmailFinding[]; isCut: boolean } {
  const budget = new Budget(PLACES_MAX);
  const collector = new Collector(scan, siteHost);
  const { text, marks } = scan;
  for (const { email, name, hidden, at } of scan.mailTargets) {
    if (marks.touches("hidden", at, at + 1)) continue;
    // titles and labels hold words, too
    const emails = /\s/.test(email.trim())
      ? findEmails(email, siteHost, budget).map((sighting) => sighting.email)
      : [email];
    for (const found of emails) collector.add({ email: found, start: at, end: at }, hidden, name);
  }
  for (const sighting of findEmails(text, siteHost, budget, marks)) {
    const { start, end } = sighting;
    if (marks.touches("hidden", start, end) || marks.touches("reversed", start, end)) continue;
    if (marks.touches("code", start, end) && !sighting.email.toLowerCase().endsWith(siteHost))
      continue;
    collector.add(sighting, mannerOf(scan, sighting));
  }
  for (const sighting of findWritten(text, siteHost, budget)) collector.add(sighting, "written");
  for (const sighting of findSigned(text, siteHost, budget)) collector.add(sighting, "written");
  for (const sighting of besideHidden(scan, siteHost, budget)) collector.add(sighting, "written");
  for (const { start, end } of marks.ranges("reversed")) {
    const seen = shown(text, start, Math.min(end, start + 300), marks.ranges("hidden"));
    const backwards = Array.from(seen).toReversed().join("");
    for (const { email } of [
      ...findEmails(backwards, siteHost, budget),
      ...findWritten(backwards, siteHost, budget),
    ])
      collector.add({ email, start, end }, "written");
  }
  for (const { email } of findEmails(scan.noscript, siteHost, budget))
    collector.add(email, "plain");
  for (const { email } of findWritten(scan.noscript, siteHost, budget))
    collector.add(email, "written");
  let chars = 0;
  for (const script of scan.mailScripts) {
    const isData = script.type.includes("json");
    if (!isData) chars += script.body.length;
    if (chars > SCRIPT_CHARS_MAX && !isData) continue;
    for (const { email, hidden } of readScript(script, siteHost, budget))
      collector.add(
        hidden === "data" ? email : { email, start: script.at, end: script.at },
        hidden,
      );
  }
  for (const { email, name, title, relation } of structured.people)
    if (email !== null && !isWriter(relation)) collector.own(email, { name, title });
  for (const value of structured.values) {
    for (const { email } of findEmails(value, siteHost, budget)) collector.add(email, "data");
    for (const { email } of findWritten(value, siteHost, budget)) collector.add(email, "written");
  }
  return { emails: collector.list(), isCut: collector.isCut || budget.isUsedUp };
}

/** How the "@" of an address came into the text. */
function mannerOf({ marks, text }: Findings, { start, end }: Sighting): EmailHiding {
  if (marks.encoded.size === 0 && marks.drawn.size === 0) return "plain";
  for (let place = start; place < end; place++) {
    if (marks.drawn.has(place)) return "written";
    if (marks.encoded.has(place) && text[place] === "@") return "encoded";
  }
  return "plain";
}

/** Addresses that something invisible was put into: what shows is what stands around it. */
function besideHidden({ text, marks }: Findings, siteHost: string, budget: Budget): Sighting[] {
  const found: Sighting[] = [];
  const ranges = marks.ranges("hidden");
  for (const { start, end } of ranges) {
    const before = shown(text, start - HIDDEN_REACH.before, start, ranges);
    const window = before + shown(text, end, end + HIDDEN_REACH.behind, ranges);
    const seam = before.length;
    for (const { email, start: from, end: to } of [
      ...findEmails(window, siteHost, budget),
      ...findWritten(window, siteHost, budget),
    ])
      if (from <= seam && seam <= to) found.push({ email, start, end: start });
  }
  return found;
}

/** A stretch of a text without what is hidden in it. */
function shown(text: string, from: number, to: number, hidden: readonly Range[]): string {
  let left = "";
  let place = Math.max(0, from);
  for (const { start, end } of hidden) {
    if (end <= place || start >= to) continue;
    left += text.slice(place, start);
    place = end;
  }
  return left + text.slice(place, Math.max(place, to));
}

class Collector {
  readonly #found = new Map<string, EmailFinding>();
  readonly #scan: Findings;
  readonly #siteHost: string;
  #personsLeft = PERSONS_LOOKED_FOR_MAX;
  /** Whether there were more than are kept. */
  isCut = false;

  constructor(scan: Findings, siteHost: string) {
    this.#scan = scan;
    this.#siteHost = siteHost;
  }

  add(
    raw: string | Sighting,
    hidden: EmailHiding,
    name: string | null = null,
  ): EmailFinding | undefined {
    const sighting = typeof raw === "string" ? undefined : raw;
    const email = acceptEmail(sighting?.email ?? (raw as string), this.#siteHost);
    if (email === undefined) return undefined;
    const known = this.#found.get(email);
    if (known === undefined && this.#found.size >= EMAILS_PER_PAGE_MAX) {
      this.isCut = true;
      return undefined;
    }
    const finding = known ?? { email, hidden, context: null, person: null };
    finding.hidden = lessHidden(finding.hidden, hidden);
    if (sighting !== undefined) {
      finding.context ??= wordsAround(this.#scan.text, sighting.start, sighting.end);
      finding.person ??= this.#personAt(sighting, email);
    }
    if (name !== null && finding.person === null && isNameOf(name, localOf(email)))
      finding.person = { name, title: null };
    this.#found.set(email, finding);
    return finding;
  }

  /** An address that structured data gives to a person. */
  own(email: string, person: Named): void {
    const accepted = this.add(email, "data");
    if (accepted !== undefined && !isRole(localOf(accepted.email))) accepted.person ??= person;
  }

  #personAt({ start, end }: Sighting, email: string): Named | null {
    const local = localOf(email);
    if (isRole(local) || this.#personsLeft-- <= 0) return null;
    return personBeside(this.#scan, { start, end }, local);
  }

  list(): EmailFinding[] {
    return [...this.#found.values()];
  }
}

const localOf = (email: string): string => email.slice(0, email.lastIndexOf("@"));

const isNameOf = (name: string, local: string): boolean =>
  name.length <= 80 &&
  /^\p{Lu}[\p{L}\p{M}'’.-]+(?:\s[\p{L}\p{M}'’.-]+){1,4}$/u.test(name) &&
  fits(name.split(" "), local);

const AROUND = 90;

/** The whole words on both sides of a place in a text. */
function wordsAround(text: string, start: number, end: number): string | null {
  const before = text.slice(Math.max(0, start - AROUND), start);
  const after = text.slice(start, end + AROUND);
  const whole = `${start > AROUND ? before.replace(/^\S*\s/, "") : before}${end + AROUND < text.length ? after.replace(/\s\S*$/, "") : after}`;
  return lineOrNull(whole, CAPS.context);
}
