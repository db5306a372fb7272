import type { EmailHiding } from "@scrapersky/outcome";
import { registrableOf } from "../../host.ts";
import { type Findings, MAIL_TARGETS_MAX } from "../findings.ts";
import type { StructuredPerson } from "../json-ld.ts";
import type { TextSigns } from "../read-text.ts";
import type { Range } from "../text-marks.ts";
import { isWriter } from "../writers.ts";
import { Collector, type EmailFinding } from "./collector.ts";
import { Budget, findEmails, PLACES_MAX, type Sighting } from "./find.ts";
import type { Mailboxes } from "./mailboxes.ts";
import { readScript } from "./scripts.ts";
import { findSigned, findWritten } from "./written.ts";

const SCRIPT_CHARS_MAX = 150_000;
const HIDDEN_REACH = { before: 100, behind: 270 };

/** A page while its addresses are gathered. */
interface Page {
  scan: Findings;
  /** Of its text. */
  signs: TextSigns;
  siteHost: string;
  budget: Budget;
  collector: Collector;
}

/** What a page says in its head and in structured data. */
export interface Structured {
  values: readonly string[];
  people: readonly StructuredPerson[];
}

/** The addresses of one page, each once, in all the ways that a visitor can read or click them. */
export function collectEmails(
  scan: Findings,
  signs: TextSigns,
  structured: Structured,
  siteHost: string,
  mailboxes: Mailboxes,
): { emails: EmailFinding[]; isCut: boolean } {
  const budget = new Budget(PLACES_MAX);
  const collector = new Collector(scan, siteHost, mailboxes);
  const page = { scan, signs, siteHost, budget, collector };
  takeTargets(page);
  takeText(page);
  takeReversed(page);
  takeNoscript(page);
  takeScripts(page);
  takeStructured(page, structured);
  const isCut = collector.isCut || budget.isUsedUp || scan.mailTargets.length >= MAIL_TARGETS_MAX;
  return { emails: collector.list(), isCut };
}

function takeTargets({ scan, siteHost, budget, collector }: Page): void {
  for (const { email, name, hidden, at } of scan.mailTargets) {
    if (scan.marks.touches("hidden", at, at + 1)) continue;
    // titles and labels hold words, too
    const emails = /\s/.test(email.trim())
      ? findEmails(email, siteHost, budget).map((sighting) => sighting.email)
      : [email];
    for (const found of emails) collector.add({ email: found, start: at, end: at }, hidden, name);
  }
}

function takeText({ scan, signs, siteHost, budget, collector }: Page): void {
  const { text, marks } = scan;
  const own = registrableOf(siteHost);
  for (const sighting of findEmails(text, siteHost, budget, marks)) {
    const { email, start, end } = sighting;
    if (marks.touches("hidden", start, end) || marks.touches("reversed", start, end)) continue;
    // code is full of samples
    if (marks.touches("code", start, end) && !email.toLowerCase().endsWith(own)) continue;
    collector.add(sighting, mannerOf(scan, sighting));
  }
  for (const sighting of [
    ...findWritten(text, siteHost, budget, signs),
    ...findSigned(text, siteHost, budget),
    ...besideHidden(scan, siteHost, budget),
  ])
    collector.add(sighting, "written");
}

function takeReversed({ scan, siteHost, budget, collector }: Page): void {
  for (const { start, end } of scan.marks.ranges("reversed")) {
    const seen = shown(scan.text, start, end, scan.marks.ranges("hidden"));
    const backwards = Array.from(seen).toReversed().join("");
    for (const { email } of [
      ...findEmails(backwards, siteHost, budget),
      ...findWritten(backwards, siteHost, budget),
    ])
      collector.add({ email, start, end }, "written");
  }
}

function takeNoscript({ scan, siteHost, budget, collector }: Page): void {
  for (const { email } of findEmails(scan.noscript, siteHost, budget))
    collector.add(email, "plain");
  for (const { email } of findWritten(scan.noscript, siteHost, budget))
    collector.add(email, "written");
}

function takeScripts({ scan, siteHost, budget, collector }: Page): void {
  let chars = 0;
  for (const script of scan.mailScripts) {
    const isData = script.type.includes("json");
    if (!isData) chars += script.body.length;
    if (!isData && chars > SCRIPT_CHARS_MAX) continue;
    const place = { start: script.at, end: script.at };
    for (const { email, hidden } of readScript(script, siteHost, budget))
      collector.add(hidden === "data" ? email : { email, ...place }, hidden);
  }
}

function takeStructured({ siteHost, budget, collector }: Page, { values, people }: Structured) {
  for (const { email, name, title, relation } of people)
    if (email !== null && !isWriter(relation)) collector.own(email, { name, title });
  for (const value of values) {
    for (const { email } of findEmails(value, siteHost, budget)) collector.add(email, "data");
    for (const { email } of findWritten(value, siteHost, budget)) collector.add(email, "written");
  }
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
