import { EDGE, fold } from "../phones/fold.ts";
import type { TextMarks } from "./text-marks.ts";
import { detach, narrow } from "../text.ts";

/** A line of visible text with digits, folded, as it stands between its neighbours. One object for all pages that show it. */
export interface DigitLine {
  text: string;
  /** Up to three lines above, the nearest last, and two below; "\n" between them. */
  before: string;
  after: string;
  digits: number;
  /** In the beginning of an article that stands elsewhere. */
  teased: boolean;
}

/** Something that an icon or a class says at a place of the text: what follows is called, or faxed. */
export interface Sign {
  at: number;
  sign: string;
}

const LINES_PER_PAGE_MAX = 400;
const LINES_PER_SITE_MAX = 6_000;
const TEXT_MAX = 1_000_000;
/** Longer lines are cut into pieces around their digits. */
const PIECE_CHARS = 500;
const NEIGHBOUR_CHARS = 90;
const LINES_BEFORE = 3;
const LINES_AFTER = 2;
/** Lines looked at for those: blank ones are passed over. */
const STEPS_MAX = 12;
/** A piece with more is a table of figures; a list of a dozen numbers has fewer. */
const PIECE_DIGITS_MAX = 170;

/** The lines of a site in which numbers, postcodes and registers can stand; menus and footers repeat and are kept once. */
export class DigitLines {
  readonly #known = new Map<string, DigitLine>();

  /** Lines of a page in reading order, at most 400; `cut` is told when there were more. @param from where digits begin */
  of(
    text: string,
    signs: readonly Sign[],
    marks: TextMarks,
    from = 0,
  ): { lines: DigitLine[]; cut: boolean } {
    const lines: DigitLine[] = [];
    const inserts = new Inserts(text, signs, marks);
    // most lines have no digit: it is looked for, not they
    for (let at = digitFrom(text, from); at !== -1;) {
      if (at >= TEXT_MAX) return { lines, cut: true };
      const { start, end } = lineAround(text, at);
      at = digitFrom(text, end + 1);
      const count = digitsIn(text, start, end);
      if (!isTelling(text, start, end, count)) continue;
      const before = neighboursBefore(text, start);
      const after = neighboursAfter(text, end);
      const teased = marks.isTeased(start);
      for (const [from, to] of piecesOf(text, start, end)) {
        if (lines.length >= LINES_PER_PAGE_MAX) return { lines, cut: true };
        const digits = to - from === end - start ? count : digitsIn(text, from, to);
        if (digits > PIECE_DIGITS_MAX) continue;
        const signsFrom = from === start ? text.lastIndexOf("\n", start - 1) + 1 : from;
        const piece = inserts.slice(from, to, signsFrom);
        const line = this.#intern(piece, before, after, digits, teased);
        if (line !== undefined) lines.push(line);
      }
    }
    return { lines, cut: false };
  }

  /** A text on its own: the label of a link, the description of an image. */
  aside(text: string): DigitLine | undefined {
    return this.#intern(text, "", "", text.replace(/\D/g, "").length);
  }

  #intern(
    text: string,
    before: string,
    after: string,
    digits: number,
    teased = false,
  ): DigitLine | undefined {
    const key = `${text}\n\n${before}\n\n${after}${teased ? "\n\n" : ""}`;
    const known = this.#known.get(key);
    if (known !== undefined || this.#known.size >= LINES_PER_SITE_MAX) return known;
    const line = {
      text: detach(narrow(fold(text))),
      before: detach(narrow(foldLines(before))),
      after: detach(narrow(foldLines(after))),
      digits,
      teased,
    };
    this.#known.set(detach(key), line);
    return line;
  }
}

const foldLines = (lines: string): string =>
  lines === "" ? "" : lines.split("\n").map(fold).join("\n");

const DIGIT = /[\d\uff10-\uff19]/g;

function digitFrom(text: string, place: number): number {
  if (place >= text.length) return -1;
  DIGIT.lastIndex = place;
  return DIGIT.exec(text)?.index ?? -1;
}

/** The line of a place, without the blanks at its ends. */
function lineAround(text: string, place: number): { start: number; end: number } {
  let start = text.lastIndexOf("\n", place) + 1;
  const next = text.indexOf("\n", place);
  let end = next === -1 ? text.length : next;
  while (isBlank(text.charCodeAt(start))) start++;
  while (end > start && isBlank(text.charCodeAt(end - 1))) end--;
  return { start, end };
}

const isBlank = (code: number): boolean => code <= 32 || code === 0xa0;

function neighboursBefore(text: string, start: number): string {
  let before = "";
  let end = text.lastIndexOf("\n", start - 1);
  for (let lines = 0, steps = 0; lines < LINES_BEFORE && steps < STEPS_MAX && end > 0; steps++) {
    const from = text.lastIndexOf("\n", end - 1) + 1;
    const line = text.slice(Math.max(from, end - NEIGHBOUR_CHARS), end).trim();
    if (line !== "") {
      before = lines === 0 ? line : `${line}\n${before}`;
      lines++;
    }
    end = from - 1;
  }
  return before;
}

function neighboursAfter(text: string, end: number): string {
  let after = "";
  let from = text.indexOf("\n", end);
  for (let lines = 0, steps = 0; lines < LINES_AFTER && steps < STEPS_MAX && from !== -1; steps++) {
    const next = text.indexOf("\n", from + 1);
    const to = next === -1 ? text.length : next;
    const line = text.slice(from + 1, Math.min(to, from + 1 + NEIGHBOUR_CHARS)).trim();
    if (line !== "") {
      after = lines === 0 ? line : `${after}\n${line}`;
      lines++;
    }
    from = next;
  }
  return after;
}

function digitsIn(text: string, from: number, to: number): number {
  let count = 0;
  for (let index = from; index < to; index++) {
    const code = text.charCodeAt(index);
    if (isDigit(code)) count++;
  }
  return count;
}

/** Prices and counts fill most lines of most shops; a postcode has letters beside it, a number seven digits. */
function isTelling(text: string, start: number, end: number, digits: number): boolean {
  if (digits >= 6 || digits < 2) return digits >= 6;
  const line = text.slice(start, Math.min(end, start + 200));
  if (digits >= 4) return /\p{L}{2}/u.test(line);
  return /\d[A-Z]{2}\b|\b[A-Z]\d[A-Z] ?\d[A-Z]\d\b/.test(line);
}

function* piecesOf(text: string, start: number, end: number): Generator<[number, number]> {
  if (end - start <= PIECE_CHARS) {
    yield [start, end];
    return;
  }
  const digit = /\d/g;
  for (let from = start; from < end;) {
    digit.lastIndex = from;
    const found = digit.exec(text)?.index ?? end;
    if (found >= end) return;
    let begin = Math.max(from, found - 80);
    // nor does a piece begin within one
    if (begin > start && /[\d./-]/.test(text[begin - 1] as string))
      while (begin < end && /[\d./-]/.test(text[begin] as string)) begin++;
    let stop = Math.min(end, begin + PIECE_CHARS);
    // not within a number, unless it goes on for ever
    for (let more = 0; more < 60 && stop < end && !/\p{L}/u.test(text[stop] as string); more++)
      stop++;
    yield [begin, stop];
    from = stop;
  }
}

/** Copies a stretch of the text with the signs of icons and the edges of elements in it. */
class Inserts {
  readonly #text: string;
  readonly #signs: readonly Sign[];
  readonly #marks: TextMarks;

  constructor(text: string, signs: readonly Sign[], marks: TextMarks) {
    this.#text = text;
    this.#signs = signs;
    this.#marks = marks;
  }

  /** Signs from `after` on stand before the stretch: blanks part them from it. */
  slice(from: number, to: number, after: number): string {
    const text = this.#text;
    const edges = this.#marks
      .edgesWithin(from, to)
      .filter(({ place }) => parts(text.charCodeAt(place - 1), text.charCodeAt(place)));
    let next = this.#firstSign(after);
    let sign = this.#signs[next];
    if (edges.length === 0 && (sign === undefined || sign.at >= to)) return text.slice(from, to);
    let piece = "";
    let at = from;
    for (let edge = 0; edge < edges.length || (sign !== undefined && sign.at < to);) {
      const place = edges[edge]?.place ?? to;
      const isSign = sign !== undefined && sign.at <= place && sign.at < to;
      const until = isSign ? Math.max(at, (sign as Sign).at) : place;
      piece += text.slice(at, until) + (isSign ? (sign as Sign).sign : EDGE);
      at = until;
      if (isSign) sign = this.#signs[++next];
      else edge++;
    }
    return piece + text.slice(at, to);
  }

  /** First sign at or after a place, by halving. */
  #firstSign(place: number): number {
    let low = 0;
    let high = this.#signs.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#signs[middle] as Sign).at < place) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** Whether a digit touches what another element holds. */
const parts = (left: number, right: number): boolean =>
  left > 32 && right > 32 && (isDigit(left) || isDigit(right));
const isDigit = (code: number): boolean =>
  (code >= 48 && code <= 57) || (code >= 0xff10 && code <= 0xff19);
