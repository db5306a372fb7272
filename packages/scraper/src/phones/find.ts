import { callingAfter, callingBefore, type Calling } from "./label.ts";
import { type Group, isJoint, isOtherEnding, runsOf } from "./groups.ts";
import type { Numbers, PhoneNumber } from "./numbers.ts";
import { type Plan, planOf } from "./plans.ts";

/** A number in a line. */
export interface Hit {
  number: PhoneNumber;
  /** What the words beside it call it. */
  calling: Calling;
  /** Place in the folded line. */
  start: number;
  end: number;
  /** Written with the code of its country. */
  international: boolean;
  /** Ten digits in a row that are a number where the site is known to be from there, and else an id. */
  weak: boolean;
  /** Grouped as the plan of its country groups it. */
  styled: boolean;
}

/** Where the digits of a line are read. */
export interface Reading {
  numbers: Numbers;
  /** Where numbers without a country's code are from; undefined reads only those with one. */
  region: string | undefined;
}

const GROUPS_PER_NUMBER_MAX = 8;
const DIGITS_MIN = 6;
const DIGITS_MAX = 18;
/** How long the numbers of a country are that has no fixed length; plans allow more, people have less. */
const LONGEST: Readonly<Record<string, number>> = { DE: 12, AT: 13 };

/** Telephone and fax numbers of a folded line; `before` is the line above, which may name what stands alone below. */
export const findNumbers = (line: string, before: string, reading: Reading): Hit[] =>
  numbersOfRuns(line, before, runsOf(line), reading);

/** The same of runs that were found before: they are the same wherever the line is read. */
export function numbersOfRuns(
  line: string,
  before: string,
  runs: readonly Group[][],
  reading: Reading,
): Hit[] {
  const hits: Hit[] = [];
  for (const groups of runs) readRun(line, before, groups, reading, hits);
  return hits;
}

function readRun(
  line: string,
  before: string,
  groups: Group[],
  reading: Reading,
  hits: Hit[],
): void {
  for (let first = 0; first < groups.length;) {
    const group = groups[first] as Group;
    if (group.taken || !mayBegin(line, group, reading.region)) {
      first++;
      continue;
    }
    if (!isLong(line, groups, first)) {
      first++;
      continue;
    }
    const calling = callingOf(line, before, group, hits.at(-1));
    if (calling === "record") {
      first = isYear(line, group) ? first + 1 : afterRecord(line, groups, first);
      continue;
    }
    const window = longest(line, groups, first, calling !== undefined, reading);
    if (window === undefined) {
      // what is no number with its country's code is none without it
      first = isAbroad(line, group) ? afterRecord(line, groups, first) : first + 1;
      continue;
    }
    const { last, number, international } = window;
    const end = (groups[last] as Group).end;
    const after = callingAfter(line.slice(end));
    const isRow =
      calling === undefined &&
      after === undefined &&
      isOfRow(line, groups, first, last, hits.at(-1));
    if (!isRow)
      hits.push({
        number,
        calling: after === "fax" ? "fax" : (calling ?? after),
        start: group.start,
        end,
        international,
        styled: isStyled(line.slice(group.start, end), number.national),
        weak: calling === undefined && last === first && /^[1-9]/.test(group.digits),
      });
    first = last + 1;
  }
}

function isStyled(written: string, national: string): boolean {
  const groups = (text: string): string => (text.match(/\d+/g) ?? []).join(" ");
  return groups(written) === groups(national);
}

/** "12345 67890 12345" is a row of figures: all its groups are of one length, and one of them is left over. */
function isOfRow(
  line: string,
  groups: Group[],
  first: number,
  last: number,
  previous: Hit | undefined,
): boolean {
  const begin = groups[first] as Group;
  const { length } = begin.digits;
  if (begin.digits.startsWith("0") || isAbroad(line, begin) || last === first) return false;
  for (let index = first; index <= last; index++)
    if ((groups[index] as Group).digits.length !== length) return false;
  const [before, after] = [groups[first - 1], groups[last + 1]];
  const isLeft = before?.digits.length === length && previous?.end !== before.end;
  const isRight = after?.digits.length === length && last + 2 === groups.length;
  return (
    (isLeft && isJoint(line, before, begin)) ||
    (isRight && isJoint(line, groups[last] as Group, after))
  );
}

/** Told by its first digit: most groups of most lines begin no number. */
const mayBegin = (line: string, group: Group, region: string | undefined): boolean =>
  group.digits.startsWith(region === undefined ? "00" : "0") ||
  isAbroad(line, group) ||
  (region !== undefined && !planOf(region).beginsWithZero);

/** Whether enough digits follow for a number: most figures are told by it alone. */
function isLong(line: string, groups: Group[], first: number): boolean {
  let digits = 0;
  for (let index = first; index < groups.length; index++) {
    const group = groups[index] as Group;
    if (index > first && (group.taken || !isJoint(line, groups[index - 1] as Group, group))) break;
    digits += group.digits.length;
    if (digits >= DIGITS_MIN) return true;
  }
  return false;
}

const CONNECTS =
  /^[\s,;/&+()-]*(?:or|and|oder|und|bzw|ou|et|o|y|e|u|of|en|och|og|eller|または)?[\s.,;/&+(-]*$/i;

function callingOf(line: string, above: string, group: Group, previous: Hit | undefined): Calling {
  const before = line.slice(Math.max(0, group.start - 90), group.start).replace(/[+(]{1,3}$/, "");
  group.said ??= callingBefore(before) ?? null;
  if (group.said !== null) return group.said;
  if (previous?.calling !== undefined && CONNECTS.test(line.slice(previous.end, group.start)))
    return previous.calling;
  return /[\p{L}\p{N}]/u.test(before) ? undefined : callingBefore(above.slice(-90));
}

/** "Since 2001 612-555-0142": a year is told, and nothing of it goes on. */
const isYear = (line: string, { digits, start }: Group): boolean =>
  /^(?:19|20)\d\d$/.test(digits) &&
  /(?:since|seit|depuis|desde|dal|sinds|sedan|copyright)\W{0,3}$/i.test(
    line.slice(Math.max(0, start - 14), start),
  );

/** The digits of a record go on for as long as nothing begins anew. */
function afterRecord(line: string, groups: Group[], first: number): number {
  let next = first + 1;
  while (next < groups.length) {
    const { start } = groups[next] as Group;
    if (/[+(]$/.test(line.slice(start - 1, start))) break;
    if (!isJoint(line, groups[next - 1] as Group, groups[next] as Group)) break;
    next++;
  }
  return next;
}

interface Window {
  last: number;
  number: PhoneNumber;
  international: boolean;
}

/** The longest number that begins with a group, cut where a second number begins in it or a postcode ends it. */
function longest(
  line: string,
  groups: Group[],
  first: number,
  called: boolean,
  reading: Reading,
): Window | undefined {
  let reach = first;
  while (
    reach + 1 < groups.length &&
    reach - first < GROUPS_PER_NUMBER_MAX &&
    !(groups[reach + 1] as Group).taken &&
    isJoint(line, groups[reach] as Group, groups[reach + 1] as Group) &&
    !isOtherEnding(line, groups, first, reach + 1)
  )
    reach++;
  for (let last = reach; last >= first; last--) {
    const window = accept(line, groups, first, last, called, reading);
    if (window === undefined) continue;
    return shortened(line, groups, first, window, called, reading);
  }
  return undefined;
}

function shortened(
  line: string,
  groups: Group[],
  first: number,
  window: Window,
  called: boolean,
  reading: Reading,
): Window {
  const { last } = window;
  let digits = 0;
  for (let index = first; index < last; index++) {
    digits += (groups[index] as Group).digits.length;
    const next = groups[index + 1] as Group;
    if (digits < 7 || !/^0\d/.test(next.digits)) continue;
    const left = accept(line, groups, first, index, called, reading);
    if (left !== undefined && longest(line, groups, index + 1, called, reading) !== undefined)
      return left;
  }
  if (isPostcode(line, groups, first, last))
    return accept(line, groups, first, last - 1, called, reading) ?? window;
  return window;
}

/** "030 2312500 10115 Berlin" */
function isPostcode(line: string, groups: Group[], first: number, last: number): boolean {
  const { digits, start, end } = groups[last] as Group;
  return (
    last > first &&
    (digits.length === 4 || digits.length === 5) &&
    line[start - 1] === " " &&
    /^ \p{Lu}\p{Ll}/u.test(line.slice(end, end + 3))
  );
}

function accept(
  line: string,
  groups: Group[],
  first: number,
  last: number,
  called: boolean,
  { numbers, region }: Reading,
): Window | undefined {
  const start = groups[first] as Group;
  const end = groups[last] as Group;
  let digits = "";
  for (let index = first; index <= last; index++) digits += (groups[index] as Group).digits;
  if (digits.length < DIGITS_MIN || digits.length > DIGITS_MAX) return undefined;
  const text = windowText(line, start, end);
  if (text === undefined) return undefined;
  const plus = isAbroad(line, start);
  if (plus || /^00[1-9]/.test(digits)) {
    // Italy dials its 0 from abroad, too
    const kept = /^(?:00)?39/.test(digits) ? text : text.replace(/\(0\)/, "");
    const bare = kept.replace(/\D/g, "").replace(/^00/, "");
    if (bare.length < 7 || bare.length > 15) return undefined;
    const number = numbers.international(bare);
    if (number !== undefined) {
      const long = LONGEST[number.country ?? ""];
      return long !== undefined && number.e164.length - 3 > long
        ? undefined
        : { last, number, international: true };
    }
    return undefined;
  }
  if (region === undefined) return undefined;
  const plan = planOf(region);
  const national = text.replace(/^\(0\) ?|^0 (?=\d{2,4} ?\/)/, "0");
  if (!isWritten(national, digits, plan, called, isAlone(line, start, end))) return undefined;
  const number = numbers.national(digits, region);
  return number === undefined ? undefined : { last, number, international: false };
}

const isAbroad = (line: string, { start }: Group): boolean =>
  /\+ ?\(?$/.test(line.slice(Math.max(0, start - 3), start));

function isWritten(
  text: string,
  digits: string,
  plan: Plan,
  called: boolean,
  alone: boolean,
): boolean {
  const [min, max] = plan.digits;
  if (digits.length < min || digits.length > max || !plan.dialled.test(digits)) return false;
  if (plan.spelled.test(text)) return true;
  if (text === digits && (plan.solid.test(digits) || (alone && isSolidAlone(digits, plan))))
    return true;
  return called && (plan.called === undefined || plan.called.test(text));
}

/** A line of its own of as many digits as a number with its prefix 0 has. */
const isSolidAlone = (digits: string, plan: Plan): boolean =>
  digits.startsWith("0") && digits.length >= Math.max(plan.digits[0], 9) && digits.length <= 12;

const isAlone = (line: string, start: Group, end: Group): boolean =>
  !/[\p{L}\p{N}]/u.test(line.slice(0, start.start)) && !/[\p{L}\p{N}]/u.test(line.slice(end.end));

/** The window with its opening bracket, blanks where elements meet; undefined when a bracket does not close in it. */
function windowText(line: string, start: Group, end: Group): string | undefined {
  let from = start.start;
  if (line[from - 1] === "(" && line.indexOf(")", from) < end.end && line.indexOf(")", from) !== -1)
    from--;
  let to = end.end;
  const text = line.slice(from, to);
  if (text.includes("(") && text.lastIndexOf("(") > text.lastIndexOf(")")) {
    if (line[to] !== ")") return undefined;
    to++;
  }
  return line.slice(from, to).replaceAll("\u001f", " ").replace(/ {2,}/g, " ");
}
