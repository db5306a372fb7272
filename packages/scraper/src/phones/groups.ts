import { EDGE } from "./fold.ts";
import type { Calling } from "./label.ts";

/** Digits between two separators. */
export interface Group {
  digits: string;
  /** Place in the line, without brackets. */
  start: number;
  end: number;
  /** Belongs to a date, a time, a sum, a word: part of no number. */
  taken: boolean;
  /** What the words before it say, once somebody asked; null when they say nothing. */
  said: Calling | null;
}

const RUN = /\d[\d ()./+\-\u001f]*/g;
const GROUPS_MAX = 60;
/** What may stand between two groups of one number. */
const JOINT =
  /^(?:[ \u001f]?[-./][ \u001f]?|[ \u001f]|\)[ \u001f]?[-./]?[ \u001f]?|[ \u001f]?[-./]?[ \u001f]?\(|\)[ \u001f]?\()$/;

/** Stretches of a folded line that hold nothing but digits and what people put between them. */
export function runsOf(line: string): Group[][] {
  const runs: Group[][] = [];
  for (const match of line.matchAll(RUN)) {
    if (match[0].length < 5) continue;
    const groups: Group[] = [];
    for (const { 0: digits, index } of match[0].matchAll(/\d+/g)) {
      const start = match.index + index;
      groups.push({ digits, start, end: start + digits.length, taken: false, said: null });
      if (groups.length >= GROUPS_MAX) break;
    }
    let digits = 0;
    for (const group of groups) digits += group.digits.length;
    if (digits < 6) continue;
    takeNeighbours(line, groups);
    takeFigures(line, groups, match.index, match[0]);
    runs.push(groups);
  }
  return runs;
}

export const isJoint = (line: string, left: Group, right: Group): boolean => {
  const between = line.slice(left.end, right.start);
  return between.length <= 4 && JOINT.test(between);
};

/** "030 2312500/01": the last digits of a second number, the rest of which is that of the first. */
export function isOtherEnding(line: string, groups: Group[], first: number, at: number): boolean {
  const { digits, start } = groups[at] as Group;
  return (
    digits.length <= 2 &&
    /\/ ?$/.test(line.slice(start - 2, start)) &&
    groups.slice(first, at).some((group) => group.digits.length > 4)
  );
}

const UNIT_AFTER =
  /^ ?(?:[€$£¥₹%°‰]|(?:EUR|Euro|USD|CHF|GBP|SEK|NOK|DKK|INR|JPY|kr|km|kg|qm|mm|cm|dm|ml|cl|mg|kWh|MWh|kW|PS|hp|GB|MB|TB|kB|Hz|MHz|GHz|rpm|lbs?|oz|sq|ft|Stk|Stück|pcs|px|dpi|m²|m2|m³|ha|Besucher|Einwohner|Teilnehmer|Mitglieder|visitors|followers|subscribers|downloads|bytes|visiteurs|habitants|abonnés|visitantes|habitantes|seguidores|visitatori|abitanti|bezoekers|inwoners|besökare|invånare|円|元|平米|㎡|名|人)(?![\p{L}\p{N}]))/u;

/** What of an IBAN ends where its digits begin: "GB29 NWBK 6016 1331". */
const ACCOUNT_BEFORE = /(?:^|[^\p{L}\p{N}])[A-Z]{2}\d\d ?(?:[A-Z]{4}|[A-Z]) ?$/u;

/** The first and last group of a run may belong to what touches them. */
function takeNeighbours(line: string, groups: Group[]): void {
  const first = groups[0] as Group;
  const last = groups.at(-1) as Group;
  const before = line.slice(Math.max(0, first.start - 12), first.start);
  if (touchesBefore(before, first.digits.length)) first.taken = true;
  const after = line.slice(last.end, last.end + 14);
  // "612-555-0142 100%" ends in a share, "912 345 678 €" is one sum
  if (/^ ?%/.test(after) && (groups.at(-2)?.digits.length ?? 0) > 3) last.taken = true;
  else if (UNIT_AFTER.test(after)) for (const group of groups) group.taken = true;
  else if (touchesAfter(after, last.digits.length)) last.taken = true;
  if (
    ACCOUNT_BEFORE.test(before) ||
    (/(?:^|[^\p{L}])[A-Z]{2}$/u.test(before) &&
      /^\d\d(?:\d\d)?$/.test(first.digits) &&
      groups.length > 2)
  )
    for (const group of groups) if (group.digits.length <= 4) group.taken = true;
  if (/[$€£¥₹] ?$/.test(before)) takeSum(line, groups);
}

/** "$1 240 000": the first group and the thousands after it. */
function takeSum(line: string, groups: Group[]): void {
  for (const [index, group] of groups.entries()) {
    const isThousands =
      group.digits.length === 3 &&
      /^[ .]\d/.test(line.slice(group.start - 1, group.end)) &&
      line[group.end] !== "-";
    if (index > 0 && !isThousands) return;
    group.taken = true;
  }
}

const WORD_BEFORE =
  /(?:tel|tél|telf|tlf|tfn|fon|fone|phone|ph|fax|mobil|mobile|mob|cell|handy|call|whatsapp|☎|☏|✆|℡|℻)[+(]*$/iu;

function touchesBefore(before: string, length: number): boolean {
  const bare = before.replace(/[+(]+$/, "");
  if (bare === "" || bare.endsWith(EDGE)) return false;
  if (/[\p{L}\p{M}\p{N}_]$/u.test(bare)) {
    if (/(?:^|[^\p{L}])[TPMFtpmf]$/u.test(bare)) return false;
    return !(WORD_BEFORE.test(bare) || /[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]$/.test(bare));
  }
  if (/(?:tel|phone|ph|call|cell|mobile|fax) ?#$/i.test(bare)) return false;
  if (/[@=#%&?\\^~]$/.test(bare)) return true;
  if (/\d[:'’]$/.test(bare)) return true;
  if (/\d,$/.test(bare)) return length <= 2 || (length === 3 && /(?:^|\D)\d{1,3},$/.test(bare));
  return /[\p{L}\p{N}/]\/$/u.test(bare) && !/(?:fax|tel|mobil|phone)\.?\/$/i.test(bare);
}

function touchesAfter(after: string, length: number): boolean {
  if (/^[:'’]\d/.test(after)) return length <= 3;
  if (/^,\d/.test(after))
    return /^,\d\d?(?!\d)/.test(after) || (length <= 3 && /^,\d{3}(?!\d)/.test(after));
  if (/^[@_=%&\\]/.test(after)) return true;
  if (!/^\p{L}/u.test(after)) return false;
  return !/^(?:e?xt?\.? ?\d|ext|x ?\d|fax|tel|e-?mail|mobil|phone|mo-|mon|www|http|[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3])/i.test(
    after,
  );
}

const DAY = String.raw`(?:0?[1-9]|[12]\d|3[01])`;
const MONTH = String.raw`(?:0?[1-9]|1[0-2])`;
const YEAR = String.raw`(?:(?:19|20)\d\d|\d\d)`;
const CLOCK = String.raw`(?:[01]?\d|2[0-4])\.[0-5]\d`;
/** Dates, spans of years and hours, addresses of machines, versions. */
const FIGURES = new RegExp(
  [
    String.raw`(?:19|20)\d\d([-./])${MONTH}\1${DAY}(?!\1?\d)`,
    String.raw`${DAY}([-./]) ?${MONTH}\2 ?${YEAR}(?! ?\2 ?\d|\d)`,
    String.raw`${MONTH}([-./])${DAY}\3${YEAR}(?!\3\d|\d)`,
    String.raw`${DAY} ${MONTH} (?:19|20)\d\d(?![-./ ]?\d)`,
    String.raw`${MONTH}[-./](?:19|20)\d\d(?![-./]?\d)`,
    String.raw`(?:19|20)\d\d ?[-/] ?(?:(?:19|20)\d\d|\d\d)(?![-./ ]?\d)`,
    String.raw`${CLOCK} ?- ?${CLOCK}(?![.\d])`,
    String.raw`(?:\d{1,3}\.){3}\d{1,3}(?![.\d])`,
    String.raw`0\.\d+`,
  ]
    .map((figure) => `(?<![\\d][-./]?)${figure}`)
    .join("|"),
  "g",
);

function takeFigures(line: string, groups: Group[], offset: number, run: string): void {
  for (const match of run.slice(0, 400).matchAll(FIGURES)) {
    if (!isFigure(match[0])) continue;
    const from = offset + match.index;
    const to = from + match[0].length;
    for (const group of groups)
      if (group.start >= from && group.end <= to && !line.startsWith("(", group.start - 1))
        group.taken = true;
  }
}

/** Four numbers with dots are an address of a machine unless their lengths are those of a telephone number. */
function isFigure(figure: string): boolean {
  const parts = figure.split(".");
  if (parts.length !== 4 || !/^[\d.]+$/.test(figure)) return true;
  return (
    parts.some((part) => part.length === 1) || parts.filter((part) => part.length === 3).length > 1
  );
}
